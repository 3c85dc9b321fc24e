package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Samples of loops over time: what is carried, walked, yielded and read from outside, in every mixture. */
final class ScanSamples {
  private static final Map<String, Long> DIMS = Map.of("N", 3L, "T", 5L);

  private final List<Sample> all = new ArrayList<>();

  static List<Sample> all() {
    ScanSamples samples = new ScanSamples();
    samples.cells();
    samples.carries();
    samples.nested();
    return samples.all;
  }

  private void sample(String name, List<Object[]> shapes, BiFunction<GraphBuilder, List<Value>, Value> build) {
    List<Sample.Input> inputs = new ArrayList<>();
    shapes.forEach(s -> inputs.add(Sample.f32(s.length * 7L + inputs.size(), DIMS, s)));
    all.add(new Sample("scan: " + name, DIMS, inputs, build));
  }

  private static Object[] s(Object... dims) {
    return dims;
  }

  private static Value matmul(GraphBuilder g, Value a, Value b) {
    return g.add(new Einsum("ab", "bc", "ac"), a, b);
  }

  private static final Dim T = Dim.symbol("T");

  private void cells() {
    sample("an Elman cell, all states", List.of(s("T", "N", 2), s("N", 4), s(2, 4), s(4, 4)),
        (g, x) -> rnn(g, x, T).get(1));
    sample("an Elman cell, the last state", List.of(s("T", "N", 2), s("N", 4), s(2, 4), s(4, 4)),
        (g, x) -> rnn(g, x, T).get(0));
    sample("an Elman cell, one step", List.of(s(1, "N", 2), s("N", 4), s(2, 4), s(4, 4)),
        (g, x) -> new Operators(g).add(rnn(g, x, Dim.ONE).get(1), rnn(g, x, Dim.ONE).get(0)));
    sample("a gated cell", List.of(s("T", "N", 2), s("N", 3), s("N", 3), s(2, 12), s(3, 12), s(12)), (g, x) -> {
      Operators o = new Operators(g);
      ScanStep step = new ScanStep(g);
      Value xt = step.walk(x.get(0));
      Value h = step.carry(x.get(1));
      Value c = step.carry(x.get(2));
      Value z = o.add(o.add(matmul(g, xt, x.get(3)), matmul(g, h, x.get(4))), x.get(5));
      List<Value> gates = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Value gate = o.slice(z, 1, Dim.of(3 * i), Dim.of(3 * i + 3));
        gates.add(o.apply(i == 2 ? ScalarFn.TANH : ScalarFn.SIGMOID, gate));
      }
      Value c1 = o.add(o.mul(gates.get(1), c), o.mul(gates.get(0), gates.get(2)));
      Value h1 = o.mul(gates.get(3), o.apply(ScalarFn.TANH, c1));
      List<Value> parts =
          step.scan(List.of(x.get(0)), List.of(x.get(1), x.get(2)), List.of(h1, c1), List.of(h1), T, "t");
      return o.add(parts.get(2), o.mul(parts.get(0), parts.get(1)));
    });
  }

  private static List<Value> rnn(GraphBuilder g, List<Value> x, Dim extent) {
    Operators o = new Operators(g);
    ScanStep step = new ScanStep(g);
    Value xt = step.walk(x.get(0));
    Value h = step.carry(x.get(1));
    Value h1 = o.apply(ScalarFn.TANH, o.add(matmul(g, xt, x.get(2)), matmul(g, h, x.get(3))));
    return step.scan(List.of(x.get(0)), List.of(x.get(1)), List.of(h1), List.of(h1), extent, "t");
  }

  private void carries() {
    sample("two carries change places", List.of(s("T", 2), s("T", 2), s(2), s(2)), (g, x) -> {
      Operators o = new Operators(g);
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value v = step.walk(x.get(1));
      Value a = step.carry(x.get(2));
      Value b = step.carry(x.get(3));
      List<Value> parts = step.scan(List.of(x.get(0), x.get(1)), List.of(x.get(2), x.get(3)),
          List.of(b, o.add(o.mul(a, u), v)), List.of(a, o.mul(b, u), v), T, "t");
      return o.add(o.add(o.add(parts.get(2), o.mul(parts.get(3), 2)), parts.get(4)), o.mul(parts.get(0), parts.get(1)));
    });
    sample("what is walked becomes the carry", List.of(s("T", 2), s(2)), (g, x) -> {
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value before = step.carry(x.get(1));
      Value product = new Operators(g).mul(u, before);
      return step.scan(List.of(x.get(0)), List.of(x.get(1)), List.of(u), List.of(product), T, "t").get(1);
    });
    sample("a carry that stays, one that nobody reads", List.of(s("T", 2), s(2), s(2)), (g, x) -> {
      Operators o = new Operators(g);
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value stays = step.carry(x.get(1));
      Value unread = step.carry(x.get(2));
      List<Value> parts = step.scan(List.of(x.get(0)), List.of(x.get(1), x.get(2)), List.of(stays, o.mul(unread, u)),
          List.of(o.mul(u, stays), o.exp(unread)), T, "t");
      return o.add(parts.get(2), parts.get(0));
    });
    sample("no carry", List.of(s("T", "N", 2), s(2, 3)), (g, x) -> {
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value y = new Operators(g).exp(matmul(g, u, x.get(1)));
      return step.scan(List.of(x.get(0)), List.of(), List.of(), List.of(y), T, "t").getFirst();
    });
    sample("an integer counts beside", List.of(s("T", 2), s(2)), (g, x) -> {
      Operators o = new Operators(g);
      Value zero = o.full(DType.I32, 0, Shape.SCALAR);
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value sum = step.carry(x.get(1));
      Value count = step.carry(zero);
      Value next = o.add(count, o.full(DType.I32, 1, Shape.SCALAR));
      Value scaled = o.mul(o.add(sum, u), o.mul(o.cast(next, DType.F32), 0.5));
      List<Value> parts = step.scan(List.of(x.get(0)), List.of(x.get(1), zero), List.of(scaled, next),
          List.of(o.mul(scaled, u)), T, "t");
      return o.add(parts.get(2), o.cast(parts.get(1), DType.F32));
    });
    sample("uniform random numbers", List.of(s("T", 4), s(4)), (g, x) -> {
      Operators o = new Operators(g);
      ScanStep step = new ScanStep(g);
      Value u = step.walk(x.get(0));
      Value sum = step.carry(x.get(1));
      Value drawn = g.add(new Random(org.dlm.compiler.loop.Expr.Distribution.UNIFORM, 0, Shape.of(4)));
      Value next = o.mul(o.add(sum, u), drawn);
      return step.scan(List.of(x.get(0)), List.of(x.get(1)), List.of(next), List.of(next), T, "t").get(1);
    });
  }

  private void nested() {
    sample("a loop in a loop", List.of(s("T", "N", 2), s(2), s(2)), (g, x) -> {
      Operators o = new Operators(g);
      ScanStep outer = new ScanStep(g);
      Value rows = outer.walk(x.get(0));
      Value total = outer.carry(x.get(1));
      ScanStep inner = new ScanStep(g);
      Value row = inner.walk(rows);
      Value sum = inner.carry(total);
      Value next = o.apply(ScalarFn.TANH, o.add(o.mul(sum, x.get(2)), row));
      List<Value> parts = inner.scan(List.of(rows), List.of(total), List.of(next), List.of(o.mul(next, total)),
          Dim.symbol("N"), "t2");
      Value last = o.sub(parts.get(0), o.sum(parts.get(1), List.of(0), false));
      List<Value> results =
          outer.scan(List.of(x.get(0)), List.of(x.get(1)), List.of(last), List.of(parts.get(1)), T, "t");
      return o.add(results.get(1), results.get(0));
    });
  }
}
