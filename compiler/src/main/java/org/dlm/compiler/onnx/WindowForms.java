package org.dlm.compiler.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Window;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** What slides a window, in ONNX: always over a tensor of examples, channels and the axes of the window. */
final class WindowForms {
  private WindowForms() {}

  private static List<Attribute> attributes(Window window) {
    return new ArrayList<>(List.of(Attribute.of("kernel_shape", window.kernel()),
        Attribute.of("strides", window.stride()), pads(window)));
  }

  private static Attribute pads(Window window) {
    List<Long> pads = new ArrayList<>(window.low());
    pads.addAll(window.high());
    return Attribute.of("pads", pads);
  }

  private static List<Dim> spatial(Value v, Window window) {
    return v.shape().dims().subList(v.shape().rank() - window.rank(), v.shape().rank());
  }

  private static String reshaped(ExportOnnx w, String value, List<Dim> dims) {
    return w.node("Reshape", List.of(value, w.sizes(dims)));
  }

  /** The groups of {@code [N, G, C, ...]} or {@code [G, O, C, ...]} joined with the axis that ONNX joins them with. */
  private static String joined(ExportOnnx w, String name, Value v, int first) {
    List<Dim> dims = new ArrayList<>(v.shape().dims());
    dims.set(first, dims.get(first).times(dims.remove(first + 1)));
    return reshaped(w, name, dims);
  }

  static String convolution(ExportOnnx w, Window window, boolean grouped, Value v) {
    List<Attribute> all = attributes(window);
    all.add(Attribute.of("dilations", window.dilation()));
    return convolved(w, "Conv", grouped, v, all);
  }

  private static String convolved(ExportOnnx w, String node, boolean grouped, Value v, List<Attribute> all) {
    if (!grouped) {
      return w.node(node, List.of(w.in(v, 0), w.in(v, 1)), all.toArray(Attribute[]::new));
    }
    all.add(Attribute.of("group", v.input(0).shape().dim(1).constant()));
    String x = joined(w, w.in(v, 0), v.input(0), 1);
    String weight = joined(w, w.in(v, 1), v.input(1), 0);
    return reshaped(w, w.node(node, List.of(x, weight), all.toArray(Attribute[]::new)), v.shape().dims());
  }

  static String transposed(ExportOnnx w, Window window, boolean grouped, Value v) {
    return convolved(w, "ConvTranspose", grouped, v, transposing(window, v));
  }

  private static List<Attribute> transposing(Window window, Value v) {
    List<Attribute> all = attributes(window);
    all.add(Attribute.of("dilations", window.dilation()));
    List<Dim> from = spatial(v.input(0), window);
    List<Dim> to = spatial(v, window);
    List<Long> more = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      Dim usual = from.get(i).minus(1).times(window.stride().get(i)).plus(window.reach(i))
          .minus(window.low().get(i) + window.high().get(i));
      Dim rest = to.get(i).minus(usual);
      if (!rest.isConstant()) {
        throw new NotInOnnx("the length of this transposed convolution depends on an open dim in a way that ONNX"
            + " cannot say", null);
      }
      more.add(rest.constant());
    }
    all.add(Attribute.of("output_padding", more));
    return all;
  }

  static String maximum(ExportOnnx w, Window window, Value v) {
    List<Long> none = Collections.nCopies(window.rank(), 0L);
    boolean wide = IntStream.range(0, window.rank()).anyMatch(i -> Math.max(window.low().get(i), window.high().get(i))
        >= window.kernel().get(i));
    // A runtime may refuse padding as wide as the window; then a node of its own pads.
    Window inside = wide ? new Window(window.kernel(), window.stride(), none, none, window.dilation()) : window;
    List<Attribute> all = attributes(inside);
    all.add(Attribute.of("dilations", inside.dilation()));
    UnaryOperator<String> padded = x -> wide ? withLowest(w, x, window) : x;
    return pooled(w, "MaxPool", List.of(), window, v, all, padded);
  }

  /** With what no maximum is around the window's axes. */
  private static String withLowest(ExportOnnx w, String x, Window window) {
    List<Long> pads = new ArrayList<>(List.of(0L, 0L));
    pads.addAll(window.low());
    pads.addAll(List.of(0L, 0L));
    pads.addAll(window.high());
    return w.node("Pad", List.of(x, w.graph().longs(pads),
        w.graph().constant(DType.F32, Double.NEGATIVE_INFINITY, List.of())));
  }

  /** A sum is a convolution with ones over one channel. */
  static String sum(ExportOnnx w, Window window, Value v) {
    List<Attribute> all = attributes(window);
    all.add(Attribute.of("dilations", window.dilation()));
    return pooled(w, "Conv", List.of(ones(w, window)), window, v, all, x -> x);
  }

  static String spread(ExportOnnx w, Window window, Value v) {
    return pooled(w, "ConvTranspose", List.of(ones(w, window)), window, v, transposing(window, v), x -> x);
  }

  private static String ones(ExportOnnx w, Window window) {
    List<Long> shape = new ArrayList<>(List.of(1L, 1L));
    shape.addAll(window.kernel());
    return w.graph().constant(DType.F32, 1, shape);
  }

  /** Everything before the window's axes counts as examples of one channel. */
  private static String pooled(ExportOnnx w, String node, List<String> weights, Window window, Value v,
      List<Attribute> all, UnaryOperator<String> prepared) {
    List<Dim> front = v.shape().dims().subList(0, v.shape().rank() - window.rank());
    List<Dim> dims = new ArrayList<>(List.of(front.stream().reduce(Dim.ONE, Dim::times), Dim.ONE));
    dims.addAll(spatial(v.input(0), window));
    List<String> from = new ArrayList<>(Collections.singletonList(prepared.apply(reshaped(w, w.in(v, 0), dims))));
    from.addAll(weights);
    return reshaped(w, w.node(node, from, all.toArray(Attribute[]::new)), v.shape().dims());
  }
}
