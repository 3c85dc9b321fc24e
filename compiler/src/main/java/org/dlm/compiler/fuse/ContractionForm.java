package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Contraction;
import org.dlm.compiler.loop.Contraction.Term;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Recognises sums of products of two tensors by their form, whatever op they come from, and finds the part each axis
 * plays: einsum, convolution and their gradients all end here.
 */
record ContractionForm(Contraction contraction, Expr.Element left, Expr.Element right, Dim leftOffset,
    Dim rightOffset) {

  /** The two elements whose products are summed, where the reduction is of that kind. */
  static Optional<List<Expr.Element>> operands(Lowering.Reduce reduce) {
    return reduce.combiner() == Combiner.SUM && !reduce.over().isEmpty()
        && reduce.element() instanceof Expr.Call(var function, List<Expr> args) && function.name().equals("mul")
        && args.get(0) instanceof Expr.Element a && args.get(1) instanceof Expr.Element b
        && isMatrixLike(reduce, a, b) ? Optional.of(List.of(a, b)) : Optional.empty();
  }

  /**
   * Both operands move along an axis of the result that the other does not follow: else it is a plain reduction.
   * Windows of a picture are no plain reduction even where there is one filter only.
   */
  private static boolean isMatrixLike(Lowering.Reduce reduce, Expr.Element a, Expr.Element b) {
    boolean aOnly = false;
    boolean bOnly = false;
    for (Axis axis : reduce.axes()) {
      boolean inA = a.at().stream().anyMatch(i -> Indices.axes(i).contains(axis));
      boolean inB = b.at().stream().anyMatch(i -> Indices.axes(i).contains(axis));
      aOnly |= inA && !inB && !axis.extent().is(1);
      bOnly |= inB && !inA && !axis.extent().is(1);
    }
    return aOnly && bOnly || (aOnly || bOnly) && Stream.of(a, b).flatMap(e -> e.at().stream())
        .anyMatch(i -> Indices.axes(i).size() > 1);
  }

  /** {@code shape} gives the shape of the tensor that an element reads. */
  static Optional<ContractionForm> of(
      Lowering.Reduce reduce, Shape out, Expr.Element a, Expr.Element b,
      java.util.function.Function<Expr.Element, Shape> shape) {
    Optional<Side> first = Side.of(a, shape.apply(a));
    Optional<Side> second = Side.of(b, shape.apply(b));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    Side left = first.get();
    Side right = second.get();
    Axis innermost = null;
    for (Axis axis : reduce.axes()) {
      if (!axis.extent().is(1) && left.moves(axis) != right.moves(axis)) {
        innermost = axis;
      }
    }
    if (innermost == null) {
      return Optional.empty();
    }
    if (left.moves(innermost)) {
      Side swap = left;
      left = right;
      right = swap;
    }
    return Optional.of(assemble(reduce, out, left, right));
  }

  private static ContractionForm assemble(Lowering.Reduce reduce, Shape out, Side left, Side right) {
    List<Axis> batch = new ArrayList<>();
    List<Axis> row = new ArrayList<>();
    List<Axis> column = new ArrayList<>();
    List<Term.Stride> outTerms = new ArrayList<>();
    List<Dim> strides = out.strides();
    for (int i = 0; i < reduce.axes().size(); i++) {
      Axis axis = reduce.axes().get(i);
      if (axis.extent().is(1)) {
        continue;
      }
      outTerms.add(new Term.Stride(axis, strides.get(i)));
      if (left.moves(axis) && right.moves(axis)) {
        batch.add(axis);
      } else if (right.moves(axis)) {
        column.add(axis);
      } else {
        // Columns outside of a row axis do not lie together in the result: they repeat the product.
        if (row.isEmpty() && !isWindow(right, column)) {
          batch.addAll(column);
          column.clear();
        }
        row.add(axis);
      }
    }
    List<Axis> depth = new ArrayList<>(reduce.over().stream().filter(a -> !a.extent().is(1)).toList());
    for (Side side : List.of(left, right)) {
      side.terms.forEach(term -> {
        if (term instanceof Term.Window w && w.tap().extent().is(1)) {
          depth.add(w.tap());
        }
      });
    }
    return new ContractionForm(new Contraction(batch, row, column, depth, left.terms, right.terms, outTerms),
        left.element, right.element, left.offset, right.offset);
  }

  private static boolean isWindow(Side side, List<Axis> axes) {
    return side.terms.stream().anyMatch(t -> t instanceof Term.Window w
        && (axes.contains(w.position()) || axes.contains(w.tap())));
  }

  /** How one operand moves. */
  private record Side(Expr.Element element, List<Term> terms, Dim offset) {
    static Optional<Side> of(Expr.Element element, Shape shape) {
      List<Term> terms = new ArrayList<>();
      Dim offset = Dim.ZERO;
      List<Dim> strides = shape.strides();
      for (int i = 0; i < element.at().size(); i++) {
        Index index = element.at().get(i);
        Dim spread = index instanceof Index.Exactly(Index of, Dim divisor) ? divisor : Dim.ONE;
        Optional<Affine> affine = Affine.of(index instanceof Index.Exactly(Index of, Dim divisor) ? of : index);
        if (affine.isEmpty()) {
          return Optional.empty();
        }
        if (spread.is(1) && (!element.guarded() || affine.get().isInside(shape.dim(i)))) {
          Dim stride = strides.get(i);
          affine.get().factors().forEach((axis, factor) -> terms.add(new Term.Stride(axis, factor.times(stride))));
          offset = offset.plus(affine.get().constant().times(stride));
        } else {
          Optional<Term.Window> window = window(affine.get(), spread, shape.dim(i), strides.get(i));
          if (window.isEmpty()) {
            return Optional.empty();
          }
          terms.add(window.get());
        }
      }
      return Optional.of(new Side(element, terms, offset));
    }

    private static Optional<Term.Window> window(Affine affine, Dim spread, Dim size, Dim elements) {
      int axes = affine.factors().size();
      if (!spread.isConstant() || axes < 1 || axes > 2 || !affine.constant().isConstant()
          || !affine.factors().values().stream().allMatch(Dim::isConstant)) {
        return Optional.empty();
      }
      var both = List.copyOf(affine.factors().entrySet());
      Map.Entry<Axis, Dim> position = both.get(0);
      // A window of a single tap does not say where that is.
      Map.Entry<Axis, Dim> tap = axes == 2 ? both.get(1)
          : Map.entry(new Axis(position.getKey().name() + "Tap", Dim.ONE), Dim.ONE);
      return Optional.of(new Term.Window(position.getKey(), tap.getKey(), size, elements,
          position.getValue().constant(), tap.getValue().constant(), -affine.constant().constant(),
          spread.constant()));
    }

    boolean moves(Axis axis) {
      return terms.stream().anyMatch(t -> switch (t) {
        case Term.Stride s -> s.axis().equals(axis);
        case Term.Window w -> w.position().equals(axis) || w.tap().equals(axis);
      });
    }
  }
}
