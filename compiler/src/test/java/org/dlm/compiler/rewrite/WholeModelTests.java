package org.dlm.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.dlm.compiler.build.Elaborate;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.junit.jupiter.api.Test;

/** Whole models, training and with their gradients: the rewritten graph is smaller and computes the same. */
class WholeModelTests {
  private static final Map<String, Long> DIMS = Map.of("N", 3L, "T", 4L);

  private static final String CONVOLUTIONAL = """
      package test

      layer Residual(out: int) {
        path  = [Conv2d(out, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, Conv2d(out, 3, padding = 1)]
        short = [Conv2d(out, 1), BatchNorm2d()]
        fn forward(x: [N, C, H, W]) -> _ = relu(path(x) + short(x))
      }

      layer Net() {
        net = [Conv2d(4, 3, padding = 1), tanh, MaxPool2d(2), Residual(6), AvgPool2d(2), flatten, Dropout(0.25),
            Linear(5)]
        fn loss(x: [N, 2, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }

      model Convolutional = Net()
      """;

  private static final String ATTENDING = """
      package test

      layer Attention(heads: int, d: int = _) {
        const dh = d / heads
        qkv = Linear(3 * d)
        fn by_head(x: [N, T, d]) -> [N, heads, T, dh] = rearrange(x, "n t (h c) -> n h t c", h = heads)
        fn forward(x: [N, T, d]) -> [N, T, d] {
          q, k, v = qkv(x) |> split(3, axis = -1)
          s = einsum(by_head(q), by_head(k), "n h i c, n h j c -> n h i j") / sqrt(dh)
          past = iota([T, T], axis = 0) >= iota([T, T], axis = 1)
          y = einsum(select(past, s, -inf) |> softmax, by_head(v), "n h i j, n h j c -> n h i c")
          return rearrange(y, "n h t c -> n t (h c)")
        }
      }

      layer Net() {
        embed = Embedding(7, 8)
        net = [LayerNorm(), Attention(2), LayerNorm(), Linear(16), gelu, Linear(7)]
        fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = embed(ids) |> net |> cross_entropy(next)
      }

      model Attending = Net()
      """;

  private static Graph training(String source) {
    Diagnostics diagnostics = new Diagnostics();
    var file = Parse.file(new SourceFile("model.dlm", source), diagnostics);
    List<ModelSpec> models = Elaborate.elaborate(List.of(file), List.of(), Set.of(), List.of(), Sightings.dropped(),
        diagnostics).models();
    assertThat(diagnostics.all()).isEmpty();
    return models.getFirst().functions().getFirst().training();
  }

  private static double[] numbers(Value value) {
    Given given = (Given) value.op();
    Random random = new Random(given.path().hashCode());
    double[] numbers = new double[(int) given.type().shape().size().evaluate(DIMS)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = given.type().element() == DType.I32 ? random.nextInt(5)
          : given.path().endsWith("running_var") ? 0.5 + random.nextDouble() : random.nextGaussian() * 0.5;
    }
    return numbers;
  }

  /** Results and updates by name. */
  private static Map<String, double[]> evaluate(Graph graph) {
    Map<Value, double[]> values = Interpret.run(graph, Interpret.Environment.of(DIMS, WholeModelTests::numbers));
    Map<String, double[]> results = new HashMap<>();
    graph.results().forEach(r -> results.put(r.name(), values.get(r.value())));
    graph.updates().forEach(u -> results.put("buffer." + u.path(), values.get(u.value())));
    return results;
  }

  private static void staysTheSame(String source) {
    Graph forward = training(source);
    Verify.check(forward);
    Graph before = Backward.of(forward, 0, List.of(), false);
    Verify.check(before);
    Graph after = Rewrite.apply(before);
    Verify.check(after);
    assertThat(after.values()).hasSizeLessThan(before.values().size() * 9 / 10);
    Map<String, double[]> expected = evaluate(before);
    Map<String, double[]> actual = evaluate(after);
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach((name, numbers) -> {
      double scale = 1e-3;
      for (double number : numbers) {
        scale = Math.max(scale, Math.abs(number));
      }
      for (int i = 0; i < numbers.length; i++) {
        assertThat(actual.get(name)[i]).as(name + " at " + i)
            .isCloseTo(numbers[i], org.assertj.core.data.Offset.offset(1e-10 * scale));
      }
    });
  }

  @Test
  void convolutionsAndBatchNormalisation() {
    staysTheSame(CONVOLUTIONAL);
  }

  /**
   * Mean, variance and the two sums of the backward half, of which one is the gradient of the shift: no other pass is
   * left.
   */
  @Test
  void aNormalisationSumsFourTimes() {
    String alone = """
        package test

        layer Net() {
          first = Conv2d(4, 1, use_bias = false)
          norm = BatchNorm2d()
          head = Conv2d(3, 1)
          fn loss(x: [N, 2, 8, 8]) -> [] = sum(head(norm(first(x))) ** 2)
        }

        model Alone = Net()
        """;
    long sums = Rewrite.apply(Backward.of(training(alone), 0, List.of(), false)).values().stream()
        .filter(v -> v.op().name().equals("sum") && v.input(0).shape().rank() == 4 && v.shape().equals(Shape.of(4)))
        .count();
    assertThat(sums).isEqualTo(4);
  }

  /** As above, over the last axis, whose length is a power of two here, so that its mean is a product. */
  @Test
  void aNormalisationOfRowsSumsThemFourTimes() {
    String alone = """
        package test

        layer Net() {
          norm = LayerNorm()
          first = Linear(8)
          fn loss(x: [N, 2]) -> [] = sum(norm(first(x)) ** 2)
        }

        model Alone = Net()
        """;
    long sums = Rewrite.apply(Backward.of(training(alone), 0, List.of(), false)).values().stream()
        .filter(v -> v.op().name().equals("sum") && v.input(0).shape().rank() == 2
            && v.shape().equals(Shape.of(Dim.symbol("N")))).count();
    assertThat(sums).isEqualTo(4);
  }

  @Test
  void attentionAndLayerNormalisation() {
    staysTheSame(ATTENDING);
  }
}
