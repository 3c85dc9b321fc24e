package org.dlm.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.op.Take;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rewrite applies to its example and keeps the numbers, whatever they are. */
class RuleTests {
  static List<Rule> rules() {
    return Rules.ALL;
  }

  private static Graph graph(Rule.Example example) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, Shape.of(3, 1, 4))));
    Value y = example.apply(new Operators(g), g, x);
    return g.build("example", List.of(x), List.of(new Graph.Result("out", y)), List.of(), List.of());
  }

  private static double[] evaluate(Graph graph, double[] x) {
    Map<Value, double[]> values = Interpret.run(graph, Interpret.Environment.of(Map.of(), value -> x));
    return values.get(graph.results().getFirst().value());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keepsTheNumbers(Rule rule) {
    Graph before = graph(rule.example());
    List<Rule> fired = new ArrayList<>();
    Graph after = Simplify.apply(before, List.of(rule), fired::add);
    Verify.check(after);
    assertThat(fired).as("the rule applies to its example").isNotEmpty();
    assertSame(before, after);
    assertSame(before, Rewrite.apply(before));
  }

  private static void assertSame(Graph before, Graph after) {
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      double[] x = random.doubles(12).map(RuleTests::sometimesWhole).toArray();
      double[] expected = evaluate(before, x);
      double[] actual = evaluate(after, x);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i],
            org.assertj.core.data.Offset.offset(1e-12 * (1 + Math.abs(expected[i]))));
      }
    }
  }

  /** Between -3 and 3, and now and then a whole number, where kinks and ties are. */
  private static double sometimesWhole(double u) {
    double x = 6 * u - 3;
    return u * 100 % 1 < 0.2 ? Math.rint(x) : x;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 3, 4, 0.5, -0.5, -1, 1.5})
  void powersOfConstants(double exponent) {
    Graph before = graph((o, g, x) -> o.pow(o.exp(x), o.constant(exponent)));
    assertSame(before, Rewrite.apply(before));
  }

  @Test
  void sharesWhatIsEqualAndDropsWhatIsUnused() {
    Graph before = graph((o, g, x) -> {
      o.exp(o.neg(x));
      return o.add(o.exp(x), o.exp(x));
    });
    Graph after = Rewrite.apply(before);
    assertThat(after.values()).extracting(v -> v.op().name()).containsExactly("input", "exp", "add");
    assertSame(before, after);
  }

  @Test
  void openDimsStayOpen() {
    GraphBuilder g = new GraphBuilder();
    Operators o = new Operators(g);
    Value x = g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, Shape.of(Dim.of(4)))));
    Value sum = o.sum(o.broadcast(x, Shape.of(Dim.symbol("N"), Dim.of(4))), List.of(0), false);
    Graph before = g.build("open", List.of(x), List.of(new Graph.Result("out", sum)), List.of(), List.of());
    Graph after = Rewrite.apply(before);
    assertThat(after.values()).extracting(v -> v.op().name()).doesNotContain(ScalarFn.ADD.name(), "sum");
    Map<Value, double[]> values =
        Interpret.run(after, Interpret.Environment.of(Map.of("N", 5L), value -> new double[] {1, 2, 3, 4}));
    assertThat(values.get(after.results().getFirst().value())).containsExactly(5, 10, 15, 20);
  }

  /** A table's rows are multiplied where more are asked for, also where sizes are open; never those of a large one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 4, 12, 13, 40})
  void rowsThatAreLookedUp(long n) {
    assertThat(products(rows(12))).containsExactly("[min(12, N), 5]");
    assertThat(products(rows(5000))).containsExactly("[N, 5]");
    double[] x = new Random(2).doubles(12 * 20, -1, 1).toArray();
    Graph before = rows(12);
    assertThat(result(Rewrite.apply(before), n, x)).usingComparatorWithPrecision(1e-12)
        .containsExactly(result(before, n, x));
  }

  private static Graph rows(long count) {
    GraphBuilder g = new GraphBuilder();
    Value table = g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, Shape.of(count, 20))));
    Value ids = g.add(new Given(Given.Kind.INPUT, "ids", new TensorType(DType.I32, Shape.of(Dim.symbol("N")))));
    Value weights = new Operators(g).slice(table, 0, Dim.ZERO, Dim.of(5));
    Value product = g.add(new Einsum("nd", "kd", "nk"), g.add(new Take(), table, ids), weights);
    return g.build("rows", List.of(table, ids), List.of(new Graph.Result("out", product)), List.of(), List.of());
  }

  private static List<String> products(Graph graph) {
    return Rewrite.apply(graph).values().stream().filter(v -> v.op() instanceof Einsum).map(v -> v.shape().toString())
        .toList();
  }

  private static double[] result(Graph graph, long n, double[] x) {
    double[] ids = LongStream.range(0, n).mapToDouble(i -> 7 * i % 12).toArray();
    return Interpret.run(graph,
        Interpret.Environment.of(Map.of("N", n), v -> v.type().element() == DType.I32 ? ids : x)).get(graph.results().getFirst().value());
  }
}
