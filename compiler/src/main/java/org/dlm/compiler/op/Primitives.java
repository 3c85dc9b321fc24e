package org.dlm.compiler.op;

import static java.util.Map.entry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;

/**
 * Every primitive by its name in the language. One sorted line each; a test holds the prelude and this list together.
 */
public final class Primitives {
  private Primitives() {}

  public static final Map<String, Primitive> ALL = Collections.unmodifiableSortedMap(new TreeMap<>(Map.ofEntries(
      entry("abs", pointwise(ScalarFn.ABS)),
      entry("add", pointwise(ScalarFn.ADD)),
      entry("amax", ShapePrimitives.reduce(Combiner.MAXIMUM)),
      entry("amin", ShapePrimitives.reduce(Combiner.MINIMUM)),
      entry("argmax", ShapePrimitives.first(false)),
      entry("argmin", ShapePrimitives.first(true)),
      entry("bool", cast(DType.BOOL)),
      entry("broadcast", ShapePrimitives::broadcast),
      entry("concat", ShapePrimitives::concat),
      entry("conv1d", WindowPrimitives.conv(1)),
      entry("conv2d", WindowPrimitives.conv(2)),
      entry("conv3d", WindowPrimitives.conv(3)),
      entry("conv_transpose1d", WindowPrimitives.convTranspose(1)),
      entry("conv_transpose2d", WindowPrimitives.convTranspose(2)),
      entry("conv_transpose3d", WindowPrimitives.convTranspose(3)),
      entry("cos", pointwise(ScalarFn.COS)),
      entry("count", ShapePrimitives::count),
      entry("cumsum", ShapePrimitives::cumsum),
      entry("div", pointwise(ScalarFn.DIV)),
      entry("einsum", ShapePrimitives::einsum),
      entry("eq", pointwise(ScalarFn.EQ)),
      entry("erf", pointwise(ScalarFn.ERF)),
      entry("exp", pointwise(ScalarFn.EXP)),
      entry("expm1", pointwise(ScalarFn.EXPM1)),
      entry("flatten", ShapePrimitives::flatten),
      entry("flip", ShapePrimitives::flip),
      entry("float", cast(DType.F32)),
      entry("floor", pointwise(ScalarFn.FLOOR)),
      entry("full", ShapePrimitives::full),
      entry("full_like", ShapePrimitives::fullLike),
      entry("ge", swapped(ScalarFn.LE)),
      entry("gt", swapped(ScalarFn.LT)),
      entry("int", cast(DType.I32)),
      entry("iota", ShapePrimitives::iota),
      entry("le", pointwise(ScalarFn.LE)),
      entry("log", pointwise(ScalarFn.LOG)),
      entry("log1p", pointwise(ScalarFn.LOG1P)),
      entry("logical_and", pointwise(ScalarFn.AND)),
      entry("logical_not", pointwise(ScalarFn.NOT)),
      entry("logical_or", pointwise(ScalarFn.OR)),
      entry("lt", pointwise(ScalarFn.LT)),
      entry("matmul", ShapePrimitives::matmul),
      entry("max", pointwise(ScalarFn.MAX)),
      entry("max_pool1d", WindowPrimitives.maxPool(1)),
      entry("max_pool2d", WindowPrimitives.maxPool(2)),
      entry("max_pool3d", WindowPrimitives.maxPool(3)),
      entry("min", pointwise(ScalarFn.MIN)),
      entry("mul", pointwise(ScalarFn.MUL)),
      entry("ne", Primitives::ne),
      entry("neg", pointwise(ScalarFn.NEG)),
      entry("normal", ShapePrimitives.random(Expr.Distribution.NORMAL)),
      entry("normal_like", ShapePrimitives.randomLike(Expr.Distribution.NORMAL)),
      entry("pad", ShapePrimitives::pad),
      entry("permute", ShapePrimitives::permute),
      entry("pick", one(new Pick())),
      entry("pow", pointwise(ScalarFn.POW)),
      entry("prod", ShapePrimitives.reduce(Combiner.PRODUCT)),
      entry("rearrange", ShapePrimitives::rearrange),
      entry("rem", pointwise(ScalarFn.REM)),
      entry("reshape", ShapePrimitives::reshape),
      entry("round", pointwise(ScalarFn.ROUND)),
      entry("rsqrt", pointwise(ScalarFn.RSQRT)),
      entry("scatter_add", ShapePrimitives::scatterAdd),
      entry("select", Primitives::select),
      entry("sigmoid", pointwise(ScalarFn.SIGMOID)),
      entry("sign", pointwise(ScalarFn.SIGN)),
      entry("sin", pointwise(ScalarFn.SIN)),
      entry("slice", ShapePrimitives::slice),
      entry("sqrt", pointwise(ScalarFn.SQRT)),
      entry("squeeze", ShapePrimitives::squeeze),
      entry("stack", ShapePrimitives::stack),
      entry("stop", one(new Stop())),
      entry("sub", pointwise(ScalarFn.SUB)),
      entry("sum", ShapePrimitives.reduce(Combiner.SUM)),
      entry("sum_pool1d", WindowPrimitives.sumPool(1)),
      entry("sum_pool2d", WindowPrimitives.sumPool(2)),
      entry("sum_pool3d", WindowPrimitives.sumPool(3)),
      entry("take", one(new Take())),
      entry("tanh", pointwise(ScalarFn.TANH)),
      entry("transpose", ShapePrimitives::transpose),
      entry("uniform", ShapePrimitives.random(Expr.Distribution.UNIFORM)),
      entry("uniform_like", ShapePrimitives.randomLike(Expr.Distribution.UNIFORM)),
      entry("unsqueeze", ShapePrimitives::unsqueeze))));

  private static Primitive one(Op op) {
    return (g, tensors, attributes) -> g.add(op, tensors);
  }

  private static Primitive pointwise(ScalarFn function) {
    return (g, tensors, attributes) -> new Operators(g).apply(function, tensors);
  }

  /** {@code a > b} is {@code b < a}. */
  private static Primitive swapped(ScalarFn function) {
    return (g, tensors, attributes) -> new Operators(g).apply(function, tensors.reversed());
  }

  private static Primitive cast(DType to) {
    return (g, tensors, attributes) -> new Operators(g).cast(tensors.getFirst(), to);
  }

  private static Value ne(GraphBuilder g, List<Value> tensors, Attributes attributes) {
    Operators o = new Operators(g);
    return o.not(o.apply(ScalarFn.EQ, tensors));
  }

  private static Value select(GraphBuilder g, List<Value> tensors, Attributes attributes) {
    return new Operators(g).select(tensors.get(0), tensors.get(1), tensors.get(2));
  }
}
