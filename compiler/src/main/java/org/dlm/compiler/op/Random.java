package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Random f32 numbers, the same for the same seed, step, {@code site} and position: they need not be kept for the
 * backward pass, which computes them again. Two calls in one function differ in {@code site}.
 *
 * @param first the position of the first number: another one in every step of a loop over time
 * @param count how many numbers all steps of the loops around draw
 */
public record Random(Expr.Distribution distribution, int site, Shape shape, Dim first, Dim count) implements Op {
  public Random(Expr.Distribution distribution, int site, Shape shape) {
    this(distribution, site, shape, Dim.ZERO, shape.size());
  }

  /** The site for the next random op of a graph: how many it has. */
  static int nextSite(GraphBuilder g) {
    return sites(g.values());
  }

  private static int sites(List<Value> values) {
    return values.stream().mapToInt(v -> v.op() instanceof Random ? 1
        : v.op() instanceof Scan scan ? sites(scan.body().values()) : 0).sum();
  }

  /** The op for one of the steps that {@code counter} counts: no step draws the numbers of another. */
  Random inStep(String counter, Dim extent) {
    return new Random(distribution, site, shape, first.plus(Dim.symbol(counter).times(count)), count.times(extent));
  }

  @Override
  public String name() {
    return distribution.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(DType.F32, shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of();
  }

  @Override
  public String toString() {
    return "Random[site=" + site + (first.is(0) ? "" : ", first=" + first) + "]";
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(shape);
    return new Lowering.Map(axes, new Expr.Random(distribution, Dim.of(site), Loops.linear(axes)
        .plus(new Index.Fixed(first))));
  }
}
