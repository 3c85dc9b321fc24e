package org.dlm.compiler.rewrite;

import java.util.List;
import java.util.stream.IntStream;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.DimSize;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Iota;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Permute;
import org.dlm.compiler.op.ScatterAdd;
import org.dlm.compiler.op.Take;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Rewrites of products with rows that are looked up: where a table has fewer rows than are asked for, its rows are
 * multiplied instead, each once. In the gradients, what belongs to one row is added up before it is multiplied.
 */
final class LookedUp {
  /** What stands for an open dim when a size is estimated. */
  private static final long TYPICAL_DIM = 32;

  /** What adding a number to where a row number points costs, in multiply-adds. */
  private static final double ADDED = 8;

  private LookedUp() {}

  // ------------------------------------------------------------------------------------------------ order of axes

  /** The numbers of rows are put in order, not the rows. */
  static Value permutedRows(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Permute(List<Integer> order)) || !(value.input(0).op() instanceof Take)) {
      return null;
    }
    Value take = value.input(0);
    int ids = take.input(1).shape().rank();
    return keepsRows(order, ids) ? take(g, take, take.input(0), o.permute(take.input(1), order.subList(0, ids))) : null;
  }

  /** As {@link #permutedRows}, where rows are added to a table. */
  static Value addedRowsPermuted(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof ScatterAdd) || !(value.input(1).op() instanceof Permute(List<Integer> order))) {
      return null;
    }
    Value ids = value.input(0);
    int rank = ids.shape().rank();
    if (!keepsRows(order, rank)) {
      return null;
    }
    List<Integer> back = IntStream.range(0, rank).mapToObj(order::indexOf).toList();
    return g.add(value.op(), o.permute(ids, back), value.input(1).input(0));
  }

  private static boolean keepsRows(List<Integer> order, int ids) {
    return IntStream.range(ids, order.size()).allMatch(i -> order.get(i) == i);
  }

  // ------------------------------------------------------------------------------------------------ products

  /** {@code einsum(take(table, ids), w) -> take(einsum(table, w), ids)}, the rows on either side. */
  static Value productOfRows(Operators o, GraphBuilder g, Value value) {
    if (!isContraction(value)) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Value take = value.input(side);
      Sides sides = Sides.of(value, side);
      if (take.op() instanceof Take && sides.rowsAreKept(take.input(1).shape().rank())) {
        Rows rows = Rows.of(take.input(1), take.input(0).shape().dim(0));
        return rows.areFewer() ? productOfRows(o, g, value, sides, rows) : null;
      }
    }
    return null;
  }

  private static Value productOfRows(Operators o, GraphBuilder g, Value value, Sides sides, Rows rows) {
    Value take = value.input(sides.side());
    String row = sides.newLetter();
    String ids = sides.own().substring(0, rows.rank());
    String rest = without(sides.result(), ids);
    Value table = rows.used(o, g, take, take.input(0));
    g.at(value.origin());
    Value products = sides.einsum(g, row + sides.own().substring(rows.rank()), sides.other(), row + rest, table,
        value.input(1 - sides.side()));
    Value all = take(g, take, products, rows.places(o, g, take));
    g.at(value.origin());
    return o.permute(all, sides.result().chars().mapToObj((ids + rest)::indexOf).toList());
  }

  /** {@code einsum(take(table, ids), y) over the ids -> einsum(table, scatter_add(ids, y))}: gradients of weights. */
  static Value sumOverRows(Operators o, GraphBuilder g, Value value) {
    if (!isContraction(value)) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Value take = value.input(side);
      Sides sides = Sides.of(value, side);
      int rank = take.op() instanceof Take ? take.input(1).shape().rank() : 0;
      if (rank > 0 && sides.rowsAreSummed(rank)) {
        Value other = value.input(1 - side);
        Rows rows = Rows.of(take.input(1), take.input(0).shape().dim(0));
        double width = estimate(take.shape().size()) / rows.count();
        return rows.areFewer() && rows.pays(estimate(other.shape().size()) / rows.count(), width, 0)
            ? sumOverRows(o, g, value, sides, rows) : null;
      }
    }
    return null;
  }

  private static Value sumOverRows(Operators o, GraphBuilder g, Value value, Sides sides, Rows rows) {
    Value take = value.input(sides.side());
    String row = sides.newLetter();
    String ids = sides.own().substring(0, rows.rank());
    Value table = rows.used(o, g, take, take.input(0));
    Value places = o.permute(rows.places(o, g, take), order(sides.other().substring(0, rows.rank()), ids));
    Value sums = g.add(new ScatterAdd(rows.different()), places, value.input(1 - sides.side()));
    g.at(value.origin());
    return sides.einsum(g, row + sides.own().substring(rows.rank()), row + sides.other().substring(rows.rank()),
        sides.result(), table, sums);
  }

  /** {@code scatter_add(ids, einsum(y, w)) -> einsum(scatter_add(ids, y), w)}: gradients of tables. */
  static Value addedProducts(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof ScatterAdd(Dim length)) || !isContraction(value.input(1))) {
      return null;
    }
    Value product = value.input(1);
    int rank = value.input(0).shape().rank();
    for (int side = 0; side < 2; side++) {
      Sides sides = Sides.of(product, side);
      if (sides.rowsComeFirst(rank)) {
        Value own = product.input(side);
        Rows rows = Rows.of(value.input(0), length);
        double width = estimate(product.shape().size()) / rows.count();
        return rows.areFewer() && rows.pays(estimate(own.shape().size()) / rows.count(), width, ADDED * width)
            ? addedProducts(o, g, value, sides, rows) : null;
      }
    }
    return null;
  }

  private static Value addedProducts(Operators o, GraphBuilder g, Value value, Sides sides, Rows rows) {
    Value product = value.input(1);
    String row = sides.newLetter();
    String ids = sides.result().substring(0, rows.rank());
    Value places = o.permute(rows.places(o, g, value), order(sides.own().substring(0, rows.rank()), ids));
    Value sums = g.add(new ScatterAdd(rows.different()), places, product.input(sides.side()));
    g.at(product.origin());
    Value products = sides.einsum(g, row + sides.own().substring(rows.rank()), sides.other(),
        row + sides.result().substring(rows.rank()), sums, product.input(1 - sides.side()));
    g.at(value.origin());
    return rows.always() ? products : g.add(value.op(), rows.used(o, g), products);
  }

  // ------------------------------------------------------------------------------------------------ examples

  /** Each of 18 places asks for one of 3 rows. */
  static Value exampleIds(GraphBuilder g) {
    return g.add(new Iota(Shape.of(2, 3, 3), 2));
  }

  /** 3 rows of 32 numbers. */
  static Value exampleTable(Operators o, Value x) {
    return o.reshape(o.broadcast(o.reshape(x, Shape.of(3, 4, 1)), Shape.of(3, 4, 8)), Shape.of(3, 32));
  }

  /** A row of 4 numbers for each place. */
  static Value exampleRows(Operators o, Value x) {
    return o.exp(o.broadcast(o.reshape(x, Shape.of(3, 4)), Shape.of(2, 3, 3, 4)));
  }

  static Value exampleTake(Operators o, GraphBuilder g, Value x) {
    return g.add(new Take(), exampleTable(o, x), exampleIds(g));
  }

  // ------------------------------------------------------------------------------------------------ words

  private static boolean isContraction(Value value) {
    return value.op() instanceof Einsum && value.op().lower(value) instanceof Lowering.Reduce;
  }

  private static Value take(GraphBuilder g, Value like, Value table, Value ids) {
    return g.at(like.origin()).add(new Take(), table, ids);
  }

  private static double estimate(Dim dim) {
    return dim.map(name -> Dim.of(TYPICAL_DIM)).constant();
  }

  /** Where each of the letters stands among the others. */
  private static List<Integer> order(String letters, String among) {
    return letters.chars().mapToObj(among::indexOf).toList();
  }

  private static String without(String letters, String gone) {
    StringBuilder left = new StringBuilder();
    letters.chars().filter(c -> gone.indexOf(c) < 0).forEach(c -> left.append((char) c));
    return left.toString();
  }

  /** The letters of an einsum as seen from input {@code side}. */
  private record Sides(int side, String own, String other, String result) {
    static Sides of(Value value, int side) {
      Einsum e = (Einsum) value.op();
      return new Sides(side, side == 0 ? e.left() : e.right(), side == 0 ? e.right() : e.left(), e.result());
    }

    private static boolean sameLetters(String a, String b) {
      return a.length() == b.length() && a.chars().allMatch(c -> b.indexOf(c) >= 0);
    }

    private boolean areOnly(String ids, String in, String notIn) {
      return ids.chars().allMatch(c -> in.indexOf(c) >= 0 && notIn.indexOf(c) < 0) && !letters().isEmpty();
    }

    boolean rowsAreKept(int rank) {
      return rank > 0 && areOnly(own.substring(0, rank), result, other);
    }

    boolean rowsAreSummed(int rank) {
      return areOnly(own.substring(0, rank), other, result) && sameLetters(other.substring(0, Math.min(rank,
          other.length())), own.substring(0, rank));
    }

    boolean rowsComeFirst(int rank) {
      return rank > 0 && own.length() >= rank && areOnly(result.substring(0, rank), own, other)
          && sameLetters(own.substring(0, rank), result.substring(0, rank));
    }

    /** Letters that the einsum does not use. */
    private String letters() {
      return without("rvwxyzabcdefghijklmnopqstuABCDEFGHIJKLMNOPQRSTUVWXYZ", own + other);
    }

    String newLetter() {
      return letters().substring(0, 1);
    }

    Value einsum(GraphBuilder g, String own, String other, String result, Value mine, Value others) {
      return side == 0 ? g.add(new Einsum(own, other, result), mine, others)
          : g.add(new Einsum(other, own, result), others, mine);
    }
  }

  /**
   * What is looked up by {@code ids} in a table of {@code length} rows. Where the sizes are open, there may turn out to
   * be fewer ids than rows: then the rows that are used are those of the ids, one after the other.
   */
  private record Rows(Value ids, Dim length) {
    static Rows of(Value ids, Dim length) {
      return new Rows(ids, length);
    }

    int rank() {
      return ids.shape().rank();
    }

    double count() {
      return estimate(ids.shape().size());
    }

    /** Whether it is likely that most rows are asked for more than once. */
    boolean areFewer() {
      return length.isConstant() && count() >= 2 * length.constant();
    }

    /** Whether adding up rows of {@code deep} numbers first is less work than {@code wide} products of each. */
    boolean pays(double deep, double wide, double saved) {
      return count() * deep * ADDED + length.constant() * deep * wide < count() * (deep * wide + saved);
    }

    /** Whether there are never fewer ids than rows. */
    boolean always() {
      return different().equals(length);
    }

    /** How many rows are used at most. */
    Dim different() {
      return length.min(ids.shape().size());
    }

    /** The rows of the table that are used. */
    Value used(Operators o, GraphBuilder g, Value take, Value table) {
      return always() ? table : take(g, take, table, used(o, g));
    }

    /** Their numbers. */
    Value used(Operators o, GraphBuilder g) {
      Shape shape = Shape.of(different());
      Value flat = o.reshape(ids, Shape.of(ids.shape().size()));
      return o.select(enough(o, g), g.add(new Iota(shape, 0)), o.slice(flat, 0, Dim.ZERO, different()));
    }

    /** For each id its place among these rows. */
    Value places(Operators o, GraphBuilder g, Value at) {
      g.at(at.origin());
      if (always()) {
        return ids;
      }
      Value counted = o.reshape(g.add(new Iota(Shape.of(ids.shape().size()), 0)), ids.shape());
      return o.select(enough(o, g), ids, counted);
    }

    private Value enough(Operators o, GraphBuilder g) {
      return o.le(o.full(DType.I32, length.constant(), Shape.SCALAR),
          g.add(new DimSize(DType.I32, ids.shape().size())));
    }
  }
}
