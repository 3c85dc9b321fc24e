package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code #remat}: the same numbers to the last bit, with less memory at once. */
class RematTests {
  private static final String BLOCKS = """
      package demo
      TAG
      layer Block(d: int = _) {
        norm = LayerNorm()
        up = Linear(4 * d)
        drop = Dropout(0.1)
        down = Linear(d)
        fn forward(x: [N, d]) -> [N, d] = x + (x |> norm |> up |> gelu |> drop |> down)
      }
      model Net {
        blocks = [Block() for _ in 0..<8]
        head = Linear(3)
        fn loss(x: [N, 16], y: i32[N]) -> [] = x |> blocks |> head |> cross_entropy(y)
      }
      """;

  private static final String FIELDS = """
      package demo
      model Net {
        TAG
        a = [[Linear(32), tanh] for _ in 0..<4]
        TAG
        b = [[Linear(32), tanh] for _ in 0..<4]
        TAG
        c = [Linear(32), tanh, Linear(32), tanh, Linear(32), tanh, Linear(32)]
        fn loss(x: [N, 32]) -> [] = x |> a |> b |> c |> mean
      }
      """;

  private static final String FUNCTIONS = """
      package demo
      TAG
      fn hot(x: [...], w: [D, D]) -> [...] = tanh(sin(x @ w) @ w)
      model Net {
        param w: [16, 16] = normal(0.0, 0.1)
        fn loss(x: [N, 16]) -> [] = x |> hot(w) |> hot(w) |> hot(w) |> mean
      }
      """;

  private static Graph gradient(String text) {
    Result result = Compiler.checkSources(List.of(new SourceFile("remat.dlm", text)), Options.DEFAULT);
    assertThat(result.hasErrors()).as(result.diagnostics().toString()).isFalse();
    ModelSpec.Function loss = result.models().getFirst().functions().getFirst();
    return WriteJava.gradient(loss, loss.training()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {BLOCKS, FIELDS, FUNCTIONS})
  void sameNumbers(String text) {
    Graph plain = gradient(text.replace("TAG", ""));
    Graph again = gradient(text.replace("TAG", "#remat"));
    Verify.check(again);
    assertThat(Rewrite.apply(again).values().size()).isGreaterThan(Rewrite.apply(plain).values().size());
    Map<Value, double[]> expected = run(plain);
    Map<Value, double[]> actual = run(again);
    for (int i = 0; i < plain.results().size(); i++) {
      assertThat(again.results().get(i).name()).isEqualTo(plain.results().get(i).name());
      assertThat(actual.get(again.results().get(i).value())).as(plain.results().get(i).name())
          .containsExactly(expected.get(plain.results().get(i).value()));
    }
  }

  private static Map<Value, double[]> run(Graph graph) {
    return Interpret.run(graph, Interpret.Environment.of(Map.of("N", 3L), value -> {
      int size = (int) value.shape().size().evaluate(Map.of("N", 3L));
      return IntStream.range(0, size).mapToDouble(i -> value.type().element().name().equals("I32") ? i % 3 : Math.sin(i)).toArray();
    }));
  }

  @Test
  void manyBlocksNeedLittleMoreMemoryThanOne() {
    Map<String, Long> dims = Map.of("N", 64L);
    long kept = WriteJava.plan(gradient(BLOCKS.replace("TAG", ""))).peak(dims);
    long again = WriteJava.plan(gradient(BLOCKS.replace("TAG", "#remat"))).peak(dims);
    assertThat(again).isLessThan(kept / 2);
  }

  @Test
  void functionsAndFieldsNeedLess() {
    for (String text : List.of(FIELDS, FUNCTIONS)) {
      Map<String, Long> dims = Map.of("N", 256L);
      Plan kept = WriteJava.plan(gradient(text.replace("TAG", "")));
      Plan again = WriteJava.plan(gradient(text.replace("TAG", "#remat")));
      assertThat(again.peak(dims)).isLessThan(kept.peak(dims));
    }
  }
}
