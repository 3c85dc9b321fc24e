package org.dlm.compiler.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.op.CustomGradient;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;

/** Which gradients a backward graph has, and what they are where that is a decision. */
class BackwardTests {
  private final GraphBuilder g = new GraphBuilder();
  private final Operators o = new Operators(g);

  private Value given(Given.Kind kind, String path) {
    return g.add(new Given(kind, path, new TensorType(DType.F32, Shape.of(2))));
  }

  private Value parameter(String path) {
    return given(Given.Kind.PARAMETER, path);
  }

  private Graph loss(Value value, Graph.Update... updates) {
    return g.build("loss", List.of(), List.of(new Graph.Result("out", o.sum(value, List.of(0), false))),
        List.of(updates), List.of());
  }

  /** Results by name; every given tensor is [2, 3]. */
  private static Map<String, double[]> evaluate(Graph graph) {
    Verify.check(graph);
    Map<Value, double[]> values = Interpret.run(graph, Interpret.Environment.of(Map.of(), v -> new double[] {2, 3}));
    Map<String, double[]> results = new HashMap<>();
    graph.results().forEach(r -> results.put(r.name(), values.get(r.value())));
    return results;
  }

  private static Map<String, double[]> gradients(Graph forward, String... trainable) {
    Graph backward = Backward.of(forward, 0, List.of(trainable), false);
    Map<String, double[]> results = evaluate(backward);
    Map<String, double[]> rewritten = evaluate(Rewrite.apply(backward));
    results.forEach((name, numbers) -> assertThat(rewritten.get(name)).containsExactly(numbers));
    return results;
  }

  @Test
  void usesAreSummedAndUnreachedParametersAreZero() {
    Value a = parameter("a");
    parameter("unused");
    Map<String, double[]> results = gradients(loss(o.mul(a, o.add(a, given(Given.Kind.INPUT, "x")))));
    assertThat(results).containsOnlyKeys("out", "grad.a", "grad.unused");
    assertThat(results.get("grad.a")).containsExactly(2 + 2 + 2, 3 + 3 + 3);
    assertThat(results.get("grad.unused")).containsExactly(0, 0);
  }

  @Test
  void oneParameterGivenTwiceHasOneGradient() {
    Map<String, double[]> results = gradients(loss(o.mul(parameter("a"), parameter("a"))));
    assertThat(results.get("grad.a")).containsExactly(4, 6);
  }

  @Test
  void patternsChooseWhatIsTrained() {
    Value value = o.mul(parameter("encoder.0.weight"), o.mul(parameter("encoder.1.weight"), parameter("head.weight")));
    Graph forward = loss(value);
    assertThat(gradients(forward, "encoder")).containsOnlyKeys("out", "grad.encoder.0.weight", "grad.encoder.1.weight");
    assertThat(gradients(forward, "*.1", "head")).containsOnlyKeys("out", "grad.encoder.1.weight", "grad.head.weight");
    assertThat(gradients(forward, "enc")).containsOnlyKeys("out");
  }

  @Test
  void nothingFlowsThroughStopOrBuffersOrIntegers() {
    Value a = parameter("a");
    Value buffer = given(Given.Kind.BUFFER, "b");
    Value rounded = o.cast(o.cast(a, DType.I32), DType.F32);
    Map<String, double[]> results = gradients(loss(o.add(o.mul(g.add(new Stop(), a), buffer), rounded)));
    assertThat(results).containsOnlyKeys("out", "grad.a");
    assertThat(results.get("grad.a")).containsExactly(0, 0);
  }

  @Test
  void aFunctionsOwnRuleReplacesItsDerivative() {
    Value a = parameter("a");
    CustomGradient doubled = new CustomGradient("f", (h, self, d) -> List.of(new Operators(h).mul(d, 10)));
    assertThat(gradients(loss(g.add(doubled, o.exp(a), a))).get("grad.a")).containsExactly(10, 10);
  }

  @Test
  void updatesAreKept() {
    Value a = parameter("a");
    Graph backward = Backward.of(loss(a, new Graph.Update("b", o.exp(a))), 0, List.of(), false);
    assertThat(backward.updates()).hasSize(1);
    assertThat(backward.values()).contains(backward.updates().getFirst().value());
  }

  @Test
  void onlyAScalarHasAGradient() {
    Graph forward = g.build("f", List.of(), List.of(new Graph.Result("out", parameter("a"))), List.of(), List.of());
    assertThatThrownBy(() -> Backward.of(forward, 0, List.of(), false)).hasMessageContaining("needs a scalar, not [2]");
  }

  @Test
  void theSameGraphGivesTheSameText() {
    Graph forward = loss(o.mul(parameter("a"), parameter("b")));
    assertThat(org.dlm.compiler.graph.Print.graph(Backward.of(forward, 0, List.of(), true)))
        .isEqualTo(org.dlm.compiler.graph.Print.graph(Backward.of(forward, 0, List.of(), true)))
        .contains("result grad.a = ", "result grad.b = ");
  }
}
