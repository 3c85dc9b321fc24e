package org.dlm.compiler.loop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Arithmetic of indices: bounds, division where it comes out even, and the way between shapes of one size. */
public final class Indices {
  private Indices() {}

  /** Whether the two places are surely not the same: an axis has different fixed indices. */
  public static boolean differ(List<Index> a, List<Index> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (a.get(i) instanceof Index.Fixed(Dim left) && b.get(i) instanceof Index.Fixed(Dim right)
          && left.differsFrom(right)) {
        return true;
      }
    }
    return false;
  }

  /** {@code index / divisor}, taken apart where a part divides exactly and the rest stays below the divisor. */
  public static Index divided(Index index, Dim divisor) {
    return split(index, divisor).map(Split::quotient).orElseGet(() -> index.dividedBy(divisor));
  }

  /** {@code index % divisor}, without what divides exactly. */
  public static Index modulo(Index index, Dim divisor) {
    return split(index, divisor).map(Split::rest).orElseGet(() -> index.modulo(divisor));
  }

  private record Split(Index quotient, Index rest) {}

  private static Optional<Split> split(Index index, Dim divisor) {
    return Affine.of(index).flatMap(affine -> {
      Index quotient = Index.fixed(0);
      Map<Axis, Dim> rest = new java.util.LinkedHashMap<>();
      for (var term : affine.factors().entrySet()) {
        Optional<Dim> exact = term.getValue().dividedBy(divisor);
        if (exact.isPresent()) {
          quotient = quotient.plus(Index.of(term.getKey()).times(exact.get()));
        } else {
          rest.put(term.getKey(), term.getValue());
        }
      }
      Optional<Dim> exactConstant = affine.constant().dividedBy(divisor);
      Dim left = exactConstant.isPresent() ? Dim.ZERO : affine.constant();
      quotient = quotient.plus(new Index.Fixed(exactConstant.orElse(Dim.ZERO)));
      Affine remaining = new Affine(left, rest);
      return remaining.isInside(divisor) ? Optional.of(new Split(quotient, toIndex(remaining))) : Optional.empty();
    });
  }

  /** The sum as an index again. */
  public static Index toIndex(Affine affine) {
    Index sum = new Index.Fixed(affine.constant());
    for (var term : affine.factors().entrySet()) {
      sum = sum.plus(Index.of(term.getKey()).times(term.getValue()));
    }
    return sum;
  }

  /**
   * The place in a tensor of shape {@code from} that holds what a tensor of shape {@code to}, the same numbers in the
   * same order, has at {@code at}. Axes are matched in groups of equal size, so that most reshapes need no division.
   */
  public static List<Index> reshaped(List<Index> at, Shape to, Shape from) {
    List<Index> result = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < to.rank() || j < from.rank()) {
      int iStart = i;
      int jStart = j;
      Dim left = i < to.rank() ? to.dim(i++) : Dim.ONE;
      Dim right = j < from.rank() ? from.dim(j++) : Dim.ONE;
      // sizes that are equal by a `require` only stay different polynomials: then the last group takes all that is left
      while (!left.equals(right) && (i < to.rank() || j < from.rank())) {
        boolean takeLeft = i < to.rank() && (j == from.rank() || right.dividedBy(left).isPresent());
        if (takeLeft) {
          left = left.times(to.dim(i++));
        } else {
          right = right.times(from.dim(j++));
        }
      }
      group(result, at.subList(iStart, i), to.dims().subList(iStart, i), from.dims().subList(jStart, j));
    }
    return result;
  }

  private static void group(List<Index> result, List<Index> at, List<Dim> to, List<Dim> from) {
    if (at.size() == 1 && from.size() == 1) {
      result.add(at.getFirst());
      return;
    }
    Index linear = Index.fixed(0);
    List<Dim> strides = new Shape(to).strides();
    for (int k = 0; k < at.size(); k++) {
      linear = linear.plus(to.get(k).is(1) ? Index.fixed(0) : at.get(k).times(strides.get(k)));
    }
    List<Dim> fromStrides = new Shape(from).strides();
    for (int k = 0; k < from.size(); k++) {
      Index part = k == 0 ? linear : modulo(linear, fromStrides.get(k - 1));
      result.add(from.get(k).is(1) ? Index.fixed(0) : divided(part, fromStrides.get(k)));
    }
  }

  /** Whether the index lies in an axis of that length wherever the loops are. */
  public static boolean surelyInside(Index index, Dim size) {
    Optional<Affine> affine = Affine.of(index instanceof Index.Divided(Index of, Dim divisor) ? of : index);
    Dim limit = index instanceof Index.Divided(Index of, Dim divisor) ? size.times(divisor) : size;
    return affine.isPresent() && affine.get().isInside(limit);
  }

  /** The loop variables in an index. */
  public static Set<Axis> axes(Index index) {
    Set<Axis> found = new LinkedHashSet<>();
    collect(index, found);
    return found;
  }

  /** The loop variables in an expression. */
  public static Set<Axis> axes(Expr expr) {
    Set<Axis> found = new LinkedHashSet<>();
    collect(expr, found);
    return found;
  }

  /** The numbers that are looked up to find these elements, also inside other indices. */
  public static List<Index.Loaded> lookups(Index index) {
    return switch (index) {
      case Index.Of o -> List.of();
      case Index.Fixed f -> List.of();
      case Index.Plus(Index left, Index right) -> {
        List<Index.Loaded> both = new ArrayList<>(lookups(left));
        both.addAll(lookups(right));
        yield both;
      }
      case Index.Times(Index of, Dim f) -> lookups(of);
      case Index.Divided(Index of, Dim d) -> lookups(of);
      case Index.Exactly(Index of, Dim d) -> lookups(of);
      case Index.Modulo(Index of, Dim d) -> lookups(of);
      case Index.Loaded loaded -> List.of(loaded);
    };
  }

  /** The numbers that are looked up in an expression. */
  public static List<Index.Loaded> lookups(Expr expr) {
    List<Index.Loaded> found = new ArrayList<>();
    switch (expr) {
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position(Index index) -> found.addAll(lookups(index));
      case Expr.Element e -> e.at().forEach(i -> found.addAll(lookups(i)));
      case Expr.Call c -> c.args().forEach(a -> found.addAll(lookups(a)));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          List.of(condition, then, otherwise).forEach(e -> found.addAll(lookups(e)));
      case Expr.Cast(var type, Expr value) -> found.addAll(lookups(value));
      case Expr.Random r -> found.addAll(lookups(r.counter()));
    }
    return found;
  }

  private static void collect(Index index, Set<Axis> found) {
    switch (index) {
      case Index.Of(Axis axis) -> found.add(axis);
      case Index.Fixed f -> { }
      case Index.Plus(Index left, Index right) -> {
        collect(left, found);
        collect(right, found);
      }
      case Index.Times(Index of, Dim f) -> collect(of, found);
      case Index.Divided(Index of, Dim d) -> collect(of, found);
      case Index.Exactly(Index of, Dim d) -> collect(of, found);
      case Index.Modulo(Index of, Dim d) -> collect(of, found);
      case Index.Loaded(Expr value, var extent, var lookup) -> collect(value, found);
    }
  }

  private static void collect(Expr expr, Set<Axis> found) {
    switch (expr) {
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position(Index index) -> collect(index, found);
      case Expr.Element e -> e.at().forEach(i -> collect(i, found));
      case Expr.Call c -> c.args().forEach(a -> collect(a, found));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        collect(condition, found);
        collect(then, found);
        collect(otherwise, found);
      }
      case Expr.Cast(var type, Expr value) -> collect(value, found);
      case Expr.Random r -> collect(r.counter(), found);
    }
  }
}
