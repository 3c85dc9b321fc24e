package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** What the pooling ops share: a window over the last axes, all axes before them kept. */
record Pooling(Window window) {
  TensorType output(Value x, DType element, String what) {
    Require.rankAtLeast(x, window.rank(), 0, what);
    return new TensorType(element, replaced(x.shape(), window.outputs(last(x.shape()))));
  }

  /** The shape of a tensor that this window pools to the shape of {@code y}. */
  TensorType input(Value y, List<Dim> spatial, DType element, String what) {
    Require.rankAtLeast(y, window.rank(), 0, what);
    Shape shape = replaced(y.shape(), spatial);
    List<Dim> back = window.outputs(spatial);
    for (int i = 0; i < window.rank(); i++) {
      Require.equal(back.get(i), last(y.shape()).get(i), Code.E0301, 0, what + " does not pool " + spatial + " to "
          + y.shape(), null);
    }
    return new TensorType(element, shape);
  }

  List<Dim> last(Shape shape) {
    return shape.dims().subList(shape.rank() - window.rank(), shape.rank());
  }

  List<Axis> last(List<Axis> axes) {
    return axes.subList(axes.size() - window.rank(), axes.size());
  }

  private Shape replaced(Shape shape, List<Dim> spatial) {
    List<Dim> dims = new ArrayList<>(shape.dims().subList(0, shape.rank() - window.rank()));
    dims.addAll(spatial);
    return new Shape(dims);
  }

  List<Axis> taps() {
    return Loops.axes("k", window.kernelDims());
  }

  /** The axes before the window's, then {@code spatial}. */
  List<Index> at(List<Axis> axes, List<Index> spatial) {
    List<Index> at = new ArrayList<>(Index.of(axes.subList(0, axes.size() - window.rank())));
    at.addAll(spatial);
    return at;
  }

  /** Whether the window's sources lie in the input, as a bool; null where they always do. */
  Expr inside(List<Index> sources, Shape input) {
    return window.padded() ? Loops.inside(sources, last(input)) : null;
  }
}
