package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * {@code xs[i]}, {@code xs[1:3]} of lists and tensors. A number in an index of a tensor takes the axis away, a range
 * keeps it.
 */
final class Indexing {
  private final Elaboration elaboration;

  Indexing(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Meaning evaluate(Syntax.Index index, Scope scope) {
    Meaning target = elaboration.expressions.evaluate(index.target(), scope);
    return switch (target) {
      case Meaning.Tensor(Value value) -> new Meaning.Tensor(tensor(value, index, scope));
      case Meaning.Items items -> list(items.items(), items.spans(), index, scope);
      case Meaning.Several several -> list(several.items(), new Meaning.Items(several.items()).spans(), index, scope);
      case Meaning.Dims d ->
          list(elaboration.expressions.items(d, index.span()), java.util.Collections.nCopies(d.dims().size(), null),
              index, scope);
      default -> throw elaboration.fail(Code.E0206, index.target().span(), "only lists and tensors have items",
          "this is " + target.kind());
    };
  }

  // ------------------------------------------------------------------------------------------------ lists

  private Meaning list(List<Meaning> items, List<Span> spans, Syntax.Index index, Scope scope) {
    if (index.items().size() != 1) {
      throw elaboration.fail(Code.E0302, index.span(), "a list has one axis", index.items().size() + " indices");
    }
    return switch (index.items().getFirst()) {
      case Syntax.At(Span span, Syntax.Expr value) -> {
        long at = number(value, scope);
        long from = at < 0 ? at + items.size() : at;
        if (from < 0 || from >= items.size()) {
          throw elaboration.fail(Code.E0308, span, "item " + at + " of a list of " + items.size(), "");
        }
        yield items.get((int) from);
      }
      case Syntax.Slice(Span span, Syntax.Expr from, Syntax.Expr to) -> {
        int start = bound(from, 0, items.size(), span, scope);
        int stop = bound(to, items.size(), items.size(), span, scope);
        yield new Meaning.Items(items.subList(Math.min(start, stop), stop), spans.subList(Math.min(start, stop), stop));
      }
      case Syntax.Dots d -> throw elaboration.fail(Code.E0206, d.span(), "`...` belongs in the index of a tensor", "");
    };
  }

  private int bound(Syntax.Expr written, int otherwise, int size, Span span, Scope scope) {
    if (written == null) {
      return otherwise;
    }
    long at = number(written, scope);
    long from = at < 0 ? at + size : at;
    if (from < 0 || from > size) {
      throw elaboration.fail(Code.E0308, span, "bound " + at + " of a list of " + size, "");
    }
    return (int) from;
  }

  private long number(Syntax.Expr written, Scope scope) {
    Meaning value = elaboration.expressions.evaluate(written, scope);
    if (value instanceof Meaning.Int(Dim d) && d.isConstant()) {
      return d.constant();
    }
    throw elaboration.fail(Code.E0401, written.span(), "an index of a list must be an int known while compiling",
        "this is " + value.kind());
  }

  // ------------------------------------------------------------------------------------------------ tensors

  private Value tensor(Value value, Syntax.Index index, Scope scope) {
    int rank = value.shape().rank();
    int written = (int) index.items().stream().filter(i -> !(i instanceof Syntax.Dots)).count();
    if (written > rank || index.items().size() - written > 1) {
      throw elaboration.fail(Code.E0302, index.span(), written + " indices for " + value.type(),
          "the tensor has " + rank + (rank == 1 ? " axis" : " axes"));
    }
    Value result = value;
    List<Dim> kept = new ArrayList<>();
    int axis = 0;
    for (Syntax.IndexItem item : index.items()) {
      switch (item) {
        case Syntax.Dots d -> {
          for (int skip = rank - written; skip > 0; skip--) {
            kept.add(result.shape().dim(axis++));
          }
        }
        case Syntax.At(Span span, Syntax.Expr expr) -> {
          Dim at = fromBack(dim(expr, scope), result.shape().dim(axis));
          result = slice(result, axis++, at, at.plus(1), span);
        }
        case Syntax.Slice(Span span, Syntax.Expr from, Syntax.Expr to) -> {
          Dim length = result.shape().dim(axis);
          Dim start = from == null ? Dim.ZERO : fromBack(dim(from, scope), length);
          Dim stop = to == null ? length : fromBack(dim(to, scope), length);
          result = from == null && to == null ? result : slice(result, axis, start, stop, span);
          kept.add(result.shape().dim(axis++));
        }
      }
    }
    while (axis < rank) {
      kept.add(result.shape().dim(axis++));
    }
    Value sliced = result;
    return elaboration.tensors.add(index.span(), o -> o.reshape(sliced, new Shape(kept)));
  }

  private Value slice(Value value, int axis, Dim from, Dim to, Span span) {
    requireInside(value, axis, from, to, span);
    return elaboration.tensors.add(span, o -> o.slice(value, axis, from, to));
  }

  private void requireInside(Value value, int axis, Dim from, Dim to, Span span) {
    Dim length = value.shape().dim(axis);
    if (from.isConstant() && to.isConstant() && length.isConstant()
        && (from.constant() < 0 || to.constant() > length.constant() || to.constant() < from.constant())) {
      throw elaboration.fail(Code.E0308, span, Elaboration.oneLine(span.text()) + " is outside axis " + axis + " of "
          + value.type(), "the axis is " + length + " long");
    }
  }

  private Dim dim(Syntax.Expr written, Scope scope) {
    return elaboration.signatures.dim(written, scope);
  }

  /** A negative number counts from the end. */
  private static Dim fromBack(Dim at, Dim length) {
    return at.isConstant() && at.constant() < 0 ? length.plus(at) : at;
  }
}
