package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * Convolution and pooling as the language calls them: window arguments for all axes or one each, groups as one
 * attribute.
 */
final class WindowPrimitives {
  private WindowPrimitives() {}

  /** {@code conv1d(x, w, stride, padding, dilation, groups)} and its relatives. */
  static Primitive conv(int rank) {
    return (g, tensors, a) -> {
      Value x = tensors.get(0);
      Value w = tensors.get(1);
      Require.rank(x, rank + 2, 0, "the input of a convolution over " + Require.axes(rank));
      Require.rank(w, rank + 2, 1, "the weights of a convolution over " + Require.axes(rank));
      Window window = window(a, rank, weightKernel(w, rank), Collections.nCopies(rank, 1L));
      long groups = groups(a);
      if (groups == 1) {
        return g.add(new Conv(window, false), x, w);
      }
      Operators o = new Operators(g);
      Value out = g.add(new Conv(window, true), split(o, x, 1, groups, "input channels"),
          split(o, w, 0, groups, "output channels"));
      return join(o, out, 1);
    };
  }

  /**
   * {@code conv_transpose1d(x, w, stride, padding, output_padding, dilation, groups)}; weights
   * {@code [in, out / groups, kernel...]}.
   */
  static Primitive convTranspose(int rank) {
    return (g, tensors, a) -> {
      Value x = tensors.get(0);
      Value w = tensors.get(1);
      Require.rank(x, rank + 2, 0, "the input of a transposed convolution over " + Require.axes(rank));
      Require.rank(w, rank + 2, 1, "the weights of a transposed convolution over " + Require.axes(rank));
      Require.equal(x.shape().dim(1), w.shape().dim(0), Code.E0301, 0,
          "a transposed convolution needs as many channels as its weights have on axis 0, " + w.shape().dim(0)
              + ", not the " + x.shape().dim(1) + " of " + x.type(), null);
      Window window = window(a, rank, weightKernel(w, rank), Collections.nCopies(rank, 1L));
      List<Long> extra = perAxis(a, "output_padding", rank, 0);
      List<Dim> spatial = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        if (extra.get(i) < 0 || extra.get(i) >= Math.max(window.stride().get(i), window.dilation().get(i))) {
          throw new ShapeProblem(Code.E0311, -1,
              "output_padding is 0 or more, and smaller than the stride or the dilation", null);
        }
        spatial.add(uncovered(x.shape().dim(i + 2), window, i, extra.get(i)));
      }
      long groups = groups(a);
      if (groups == 1) {
        return g.add(new ConvDataGradient(window, spatial, false), x, w);
      }
      Operators o = new Operators(g);
      Value out = g.add(new ConvDataGradient(window, spatial, true), split(o, x, 1, groups, "input channels"),
          split(o, w, 0, groups, "input channels"));
      return join(o, out, 1);
    };
  }

  /** How long an axis is that a window leaves {@code dim} long, and that has something left beside the padding. */
  private static Dim uncovered(Dim dim, Window window, int axis, long extra) {
    Dim length = dim.minus(1).times(window.stride().get(axis)).minus(window.low().get(axis))
        .minus(window.high().get(axis)).plus(window.reach(axis)).plus(extra);
    if (Require.surelyAtLeast(length.times(-1), 0)) {
      throw new ShapeProblem(Code.E0311, 0, "the result of a transposed convolution over " + dim
          + " elements would be " + length + " long", "use less padding or a larger kernel, or feed a larger input");
    }
    return length;
  }

  static Primitive maxPool(int rank) {
    return (g, tensors, a) -> g.add(new MaxPool(poolWindow(a, rank)), tensors.getFirst());
  }

  static Primitive sumPool(int rank) {
    return (g, tensors, a) -> g.add(new SumPool(poolWindow(a, rank)), tensors.getFirst());
  }

  private static long groups(Attributes a) {
    long groups = a.has("groups") ? a.integer("groups") : 1;
    if (groups < 1) {
      throw new ShapeProblem(Code.E0311, -1, "groups must be at least 1, not " + groups, null);
    }
    return groups;
  }

  private static Value split(Operators o, Value x, int axis, long groups, String what) {
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    Dim channels = dims.get(axis);
    dims.set(axis, Dim.of(groups));
    dims.add(axis + 1, channels.dividedBy(Dim.of(groups)).orElseThrow(() -> new ShapeProblem(Code.E0310, 0,
        channels + " " + what + " do not divide into " + groups + " groups", null)));
    return o.reshape(x, new Shape(dims));
  }

  private static Value join(Operators o, Value x, int axis) {
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    Dim groups = dims.remove(axis);
    dims.set(axis, dims.get(axis).times(groups));
    return o.reshape(x, new Shape(dims));
  }

  private static List<Long> weightKernel(Value w, int rank) {
    List<Long> kernel = new ArrayList<>();
    for (Dim dim : w.shape().dims().subList(2, rank + 2)) {
      if (!dim.isConstant()) {
        throw new ShapeProblem(Code.E0306, 1, "the window of a convolution must be a number, not " + dim, null);
      }
      kernel.add(dim.constant());
    }
    return kernel;
  }

  private static Window poolWindow(Attributes a, int rank) {
    List<Long> kernel = perAxis(a, "kernel", rank, 1);
    return window(a, rank, kernel, kernel);
  }

  /** {@code steps}: the stride where it is left out. */
  private static Window window(Attributes a, int rank, List<Long> kernel, List<Long> steps) {
    List<Long> stride = a.has("stride") ? perAxis(a, "stride", rank, 1) : steps;
    List<Long> dilation = perAxis(a, "dilation", rank, 1);
    List<Long> padding = a.has("padding") ? a.integers("padding") : List.of(0L);
    if (padding.size() != 2 * rank) {
      List<Long> both = perAxis(a, "padding", rank, 0);
      return new Window(kernel, stride, both, both, dilation);
    }
    List<Long> low = new ArrayList<>();
    List<Long> high = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      low.add(padding.get(2 * i));
      high.add(padding.get(2 * i + 1));
    }
    return new Window(kernel, stride, low, high, dilation);
  }

  private static List<Long> perAxis(Attributes a, String name, int rank, long otherwise) {
    if (!a.has(name)) {
      return Collections.nCopies(rank, otherwise);
    }
    List<Long> given = a.integers(name);
    if (given.size() != 1 && given.size() != rank) {
      throw new ShapeProblem(Code.E0311, -1,
          "`" + name + "` needs one number, or one for each axis (" + rank + "), not " + given, null);
    }
    return given.size() == rank ? given : Collections.nCopies(rank, given.getFirst());
  }
}
