package org.dlm.compiler.op;

import static org.dlm.compiler.op.Sample.bool;
import static org.dlm.compiler.op.Sample.i32;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Samples for every op. A new op gets its line here; {@link OpSamplesTests} says so if it has none. */
public final class OpSamples {
  private static final Map<String, Long> N = Map.of("N", 3L);

  private final List<Sample> all = new ArrayList<>();

  public static List<Sample> all() {
    OpSamples samples = new OpSamples();
    samples.pointwise();
    samples.sources();
    samples.shapes();
    samples.reductions();
    samples.contractions();
    samples.windows();
    samples.lookups();
    samples.all.addAll(ScanSamples.all());
    return samples.all;
  }

  private void sample(String name, List<Sample.Input> inputs, BiFunction<GraphBuilder, List<Value>, Value> build) {
    all.add(new Sample(name, N, inputs, build));
  }

  /** One op of f32 inputs. */
  private void op(String name, Op op, Object[]... shapes) {
    sample(name, inputs(shapes), (g, x) -> g.add(op, x));
  }

  private void prim(String name, Map<String, Object> attributes, Object[]... shapes) {
    sample(name + " " + new java.util.TreeMap<>(attributes), inputs(shapes),
        (g, x) -> Primitives.ALL.get(name).apply(g, x, new Attributes(new HashMap<>(attributes))));
  }

  private static List<Sample.Input> inputs(Object[]... shapes) {
    List<Sample.Input> inputs = new ArrayList<>();
    for (Object[] shape : shapes) {
      inputs.add(f32(shape));
    }
    return inputs;
  }

  private static Sample.Input f32(Object... shape) {
    return Sample.f32(shape.length * 7L + java.util.Arrays.hashCode(shape), N, shape);
  }

  private static Object[] s(Object... dims) {
    return dims;
  }

  private void pointwise() {
    op("add", new Pointwise(ScalarFn.ADD), s("N", 2), s("N", 2));
    prim("mul", Map.of(), s("N", 2, 4), s(2, 1));
    prim("div", Map.of(), s(4), s("N", 4));
    sample("select", List.of(bool(s(4), 1, 0, 0, 1), f32(4), f32("N", 4)),
        (g, x) -> new Operators(g).select(x.get(0), x.get(1), x.get(2)));
    op("cast to f32", new Cast(DType.F32), s(3));
    op("cast to i32", new Cast(DType.I32), s(3));
    op("cast to bool", new Cast(DType.BOOL), s(3));
    // Its gradient is not its derivative: BackwardTests look at that.
    sample("stop", List.of(i32(s(3), 1, 2, 3)), (g, x) -> g.add(new Stop(), x));
    sample("joint results", inputs(s(3)), (g, x) -> {
      Operators o = new Operators(g);
      Value square = o.mul(x.getFirst(), x.getFirst());
      Value all = g.add(new CustomGradient("squares", (h, self, d) -> {
        Operators p = new Operators(h);
        Value sum = p.add(p.slice(d, 0, Dim.ZERO, Dim.of(3)), p.mul(p.slice(d, 0, Dim.of(3), Dim.of(6)), 2));
        return List.of(p.mul(p.mul(sum, 2), self.input(1)));
      }), o.zeros(new TensorType(DType.F32, Sample.shape(6))), x.getFirst());
      Value first = g.add(new JointResult(Dim.ZERO), square, all);
      return o.mul(first, g.add(new JointResult(Dim.of(3)), o.mul(square, 2), all));
    });
    op("again", new Again(1), s("N", 3));
    sample("custom gradient", inputs(s(3)), (g, x) -> {
      Operators o = new Operators(g);
      Value square = o.mul(x.getFirst(), x.getFirst());
      return g.add(new CustomGradient("square", (h, self, d) ->
          List.of(new Operators(h).mul(new Operators(h).mul(d, 2), self.input(1)))), square, x.getFirst());
    });
  }

  private void sources() {
    op("full", new Full(DType.F32, 2.5, Sample.shape("N", 2)));
    op("iota", new Iota(Sample.shape("N", 2), 1));
    op("size", new DimSize(DType.F32, Dim.symbol("N").times(2)));
    sample("uniform", inputs(s("N", 2)), (g, x) ->
        new Operators(g).mul(x.getFirst(), g.add(new Random(Expr.Distribution.UNIFORM, 0, Sample.shape("N", 2)))));
    op("normal", new Random(Expr.Distribution.NORMAL, 1, Sample.shape("N", 2)));
  }

  private void shapes() {
    prim("reshape", Map.of("shape", List.of(Dim.of(2), Attributes.INFERRED)), s("N", 4));
    op("recast", new Recast(Sample.shape("N", 2)), s("N", 2));
    op("permute", new Permute(List.of(2, 0, 1)), s(2, "N", 4));
    prim("permute", Map.of("axes", List.of(-1L, 0L, 1L)), s(2, "N", 4));
    op("broadcast", new Broadcast(Sample.shape(2, "N", 4)), s("N", 1));
    prim("slice", Map.of("start", List.of(0L, 1L), "stop", List.of(Attributes.INFERRED, 4L)), s("N", 5));
    prim("slice", Map.of("start", List.of(0L, 1L), "stop", List.of(2L, -1L), "step", List.of(1L, 2L)), s(2, 7));
    prim("slice", Map.of("start", List.of(0L, 0L), "stop", Attributes.INFERRED, "step", List.of(2L, 3L)), s("N", 7));
    prim("pad", Map.of("low", List.of(1L, 0L), "high", List.of(0L, 2L), "value", 0.5), s("N", 2));
    prim("pad", Map.of("low", List.of(0L, -1L), "high", List.of(2L, -2L)), s("N", 5));
    prim("pad", Map.of("low", List.of(1L, -1L), "high", List.of(0L, 2L), "between", List.of(1L, 2L), "value", -1.5),
        s("N", 3));
    prim("concat", Map.of("axis", 1L), s("N", 2), s("N", 1), s("N", 3));
    prim("concat", Map.of("axis", 0L), s("N", 2), s(1, 2));
    prim("stack", Map.of("axis", 1L), s("N", 2), s("N", 2));
    prim("flip", Map.of("axes", List.of(0L, 2L)), s("N", 2, 3));
    prim("rearrange", Map.of("pattern", "n t (h c) -> n h t c", "h", 2L), s("N", 2, 6));
    prim("rearrange", Map.of("pattern", "... h c 1 -> ... (c h)"), s("N", 2, 3, 1));
  }

  private void reductions() {
    prim("sum", Map.of("axes", List.of(0L, -1L), "keep", false), s("N", 2, 4));
    prim("sum", Map.of("keep", true), s("N", 2));
    prim("amax", Map.of("axes", 1L, "keep", true), s("N", 4));
    prim("amin", Map.of("axes", List.of(0L), "keep", false), s("N", 4));
    prim("prod", Map.of("axes", 1L), s("N", 4));
    sample("prod with zeros", List.of(new Sample.Input(f32(3, 4).type(),
            new double[] {0, 2, 3, 4, 0, 0, 1, 5, 1.5, -2, 3, 0.5})),
        (g, x) -> g.add(new Reduce(Combiner.PRODUCT, List.of(1), false), x));
    sample("sum of squared deviations", inputs(s("N", 2, 64)), (g, x) -> {
      Operators o = new Operators(g);
      Value centred = o.sub(x.getFirst(), o.div(o.sum(x.getFirst(), List.of(0, 2), true),
          o.size(Dim.symbol("N").times(64))));
      return o.sum(o.mul(centred, centred), List.of(0, 2), false);
    });
    prim("argmax", Map.of("axis", -1L), s("N", 4));
    prim("argmin", Map.of("axis", 0L), s("N", 4));
    prim("cumsum", Map.of("axis", 1L), s(2, "N", 4));
    prim("count", Map.of("axes", List.of(0L)), s("N", 4));
  }

  private void contractions() {
    prim("matmul", Map.of(), s("N", 4), s(4, 5));
    prim("matmul", Map.of(), s("N", 2, 4), s("N", 4, 3));
    prim("einsum", Map.of("pattern", "... i, o i -> ... o"), s("N", 2, 4), s(5, 4));
    prim("einsum", Map.of("pattern", "n h i c, n h j c -> n h i j"), s("N", 2, 4, 3), s("N", 2, 5, 3));
    prim("einsum", Map.of("pattern", "a b, c -> c a"), s("N", 2), s(4));
    prim("einsum", Map.of("pattern", "a b c -> c a"), s("N", 2, 4));
    prim("einsum", Map.of("pattern", "a b, b c, c d -> d a"), s("N", 2), s(2, 3), s(3, 2));
    prim("einsum", Map.of("pattern", "i, i ->"), s("N"), s("N"));
  }

  private void windows() {
    prim("conv1d", Map.of("stride", 2L, "padding", 1L, "dilation", 2L), s("N", 2, 8), s(3, 2, 3));
    prim("conv2d", Map.of(), s("N", 2, 5, 4), s(3, 2, 3, 2));
    prim("conv2d", Map.of("stride", List.of(2L, 1L), "padding", List.of(1L, 0L), "groups", 2L), s(2, 4, 5, 4),
        s(6, 2, 3, 2));
    prim("conv2d", Map.of("stride", 3L, "padding", List.of(0L, 1L, 2L, 0L)), s(2, 1, 6, 5), s(2, 1, 2, 2));
    prim("conv3d", Map.of("padding", 1L), s(1, 2, 3, 2, 3), s(2, 2, 2, 2, 2));
    prim("conv_transpose2d", Map.of("stride", 2L, "padding", 1L, "output_padding", 1L), s("N", 2, 3, 2), s(2, 3, 3, 3));
    prim("conv_transpose1d", Map.of("stride", 2L, "dilation", 2L, "groups", 2L), s("N", 4, 3), s(4, 2, 3));
    Window window = new Window(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 0L), List.of(1L, 1L), List.of(1L, 2L));
    op("conv weight gradient", new ConvWeightGradient(window, false), s("N", 2, 5, 4), s("N", 3, 3, 3));
    prim("max_pool2d", Map.of("kernel", 2L), s("N", 2, 5, 4));
    prim("max_pool2d", Map.of("kernel", 3L, "stride", 2L, "padding", 1L), s("N", 2, 5, 4));
    prim("max_pool1d", Map.of("kernel", 2L, "stride", 1L, "dilation", 2L), s("N", 6));
    prim("sum_pool2d", Map.of("kernel", List.of(2L, 1L)), s("N", 2, 5, 4));
    prim("sum_pool2d", Map.of("kernel", 3L, "stride", 2L, "padding", 1L), s("N", 2, 5, 4));
    op("sum unpool", new SumUnpool(window, Sample.shape(5, 4).dims()), s("N", 3, 3));
    Window tiles = new Window(List.of(2L), List.of(2L), List.of(0L), List.of(0L), List.of(1L));
    sample("max unpool", List.of(f32(2, 3), i32(s(2, 3), 0, 1, 1, 0, 0, 1)),
        (g, x) -> g.add(new MaxUnpool(tiles, Sample.shape(7).dims()), x));
    Window overlapping = new Window(List.of(3L), List.of(2L), List.of(1L), List.of(1L), List.of(1L));
    sample("overlapping max unpool", List.of(f32(2, 3), i32(s(2, 3), 1, 2, 1, 2, 0, 0)),
        (g, x) -> g.add(new MaxUnpool(overlapping, Sample.shape(6).dims()), x));
    sample("max pool tap", inputs(s(2, 6)), (g, x) ->
        g.add(new MaxPoolTap(overlapping), x.getFirst(), g.add(new MaxPool(overlapping), x.getFirst())));
    sample("tap pool", List.of(f32(2, 6), i32(s(2, 3), 1, 2, 1, 2, 0, 0)), (g, x) ->
        g.add(new TapPool(overlapping), x));
  }

  private void lookups() {
    sample("take", List.of(f32(4, 2), i32(s(2, "N"), 0, 3, 3, 1, 3, 0)), (g, x) -> g.add(new Take(), x));
    sample("scatter_add", List.of(i32(s(2, 2), 0, 3, 3, 1), f32(2, 2, 5)), (g, x) ->
        g.add(new ScatterAdd(Dim.of(4)), x));
    sample("pick", List.of(f32("N", 4), i32(s("N"), 3, 0, 1)), (g, x) -> g.add(new Pick(), x));
  }
}
