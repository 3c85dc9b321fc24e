package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** {@code grad (dy) = ...}: a clause that says what the compiler derives gives the same numbers, another one its own. */
class GradientClauseTests {
  private static final String TEXT = """
      package demo
      fn both(x: [N], y: [N]) -> (p: [N], q: [N]) = (x * y, x + y)
        GRAD (dp, dq) = FACTOR * (dp * y + dq), FACTOR * (dp * x + dq)
      fn dot(x: [N], y: [N], k: float) -> [] = sum(x * y) * k
        GRAD (d) {
          s = FACTOR * d * k
          return s * y, s * x
        }
      fn lines(table: [V, D], at: i32[N]) -> (rows: [N, D], at: i32[N], size: []) = (take(table, at), at, sum(table * table))
        GRAD (drows, dsize) = FACTOR * (scatter_add(at, drows, shape(table)[0]) + 2 * dsize * table)
      model Net {
        param a: [3] = ones
        param b: [3] = ones
        param t: [4, 3] = ones
        fn all(x: [3], i: i32[N]) -> [] {
          p, q = both(a * x, b)
          rows, at, size = lines(t, i)
          return sum(p * q) + dot(a, b, 2.0) + sum(rows * rows * a) + size
        }
        fn first(x: [3]) -> [] {
          p, _ = both(a * x, b)
          return sum(exp(p))
        }
        fn second(x: [3]) -> [] = sum(sin(both(a * x, b).q))
      }
      """;

  private static List<Graph> gradients(String text) {
    Result result = Compiler.checkSources(List.of(new SourceFile("grad.dlm", text)), Options.DEFAULT);
    assertThat(result.hasErrors()).as(result.diagnostics().toString()).isFalse();
    return result.models().getFirst().functions().stream()
        .map((ModelSpec.Function f) -> WriteJava.gradient(f, f.training()).orElseThrow()).toList();
  }

  private static Map<String, double[]> run(Graph graph) {
    Verify.check(graph);
    Map<String, Long> dims = Map.of("N", 5L);
    Map<Value, double[]> values = Interpret.run(graph, Interpret.Environment.of(dims, v ->
        IntStream.range(0, (int) v.shape().size().evaluate(dims))
            .mapToDouble(i -> v.type().element().name().equals("I32") ? (2 * i) % 4 : Math.cos(i + v.shape().rank())).toArray()));
    Map<String, double[]> results = new HashMap<>();
    graph.results().forEach(r -> results.put(r.name(), values.get(r.value())));
    return results;
  }

  private static void compare(String text, String other, double factor) {
    List<Graph> expected = gradients(text);
    List<Graph> actual = gradients(other);
    for (int f = 0; f < expected.size(); f++) {
      Map<String, double[]> wanted = run(expected.get(f));
      for (Graph graph : List.of(actual.get(f), Rewrite.apply(actual.get(f)))) {
        run(graph).forEach((name, numbers) -> {
          for (int i = 0; i < numbers.length; i++) {
            double times = name.startsWith("grad.") ? factor : 1;
            assertThat(numbers[i]).as(graph.name() + " " + name).isCloseTo(times * wanted.get(name)[i], within(1e-9));
          }
        });
      }
    }
  }

  @Test
  void aClauseThatSaysWhatIsDerived() {
    String derived = TEXT.replaceAll("(?m)^  GRAD.*= .*$", "").replaceAll("(?s)  GRAD \\(d\\) \\{.*?\\n  \\}", "");
    compare(derived, TEXT.replace("GRAD", "grad").replace("FACTOR", "1"), 1);
  }

  @Test
  void aClauseIsWhatCounts() {
    String doubled = TEXT.replace("sum(rows * rows * a)", "sum(rows * rows)").replace("GRAD", "grad");
    compare(doubled.replace("FACTOR", "1"), doubled.replace("FACTOR", "2"), 2);
  }
}
