package org.dlm.compiler.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.loop.InterpretPlan;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.PrintPlan;
import org.dlm.compiler.loop.VerifyPlan;
import org.dlm.compiler.op.OpSamples;
import org.dlm.compiler.op.Random;
import org.dlm.compiler.op.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fusion changes how a graph is computed and nothing else: every op on its samples, forward and backward. */
class FusedSamplesTests {
  static List<Sample> samples() {
    return OpSamples.all().stream()
        .filter(s -> !s.name().contains("uniform"))
        .filter(s -> s.graph().values().stream().noneMatch(v -> v.op() instanceof Random)).toList();
  }

  static IntStream numbers() {
    return IntStream.range(0, samples().size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void fusedStepsGiveTheGraphsNumbers(int number) {
    Sample sample = samples().get(number);
    Graph backward = Backward.of(sample.graph(), 0, List.of(), true);
    Graph graph = new Graph(backward.name(), backward.values(), backward.inputs(), backward.results().stream()
        .map(r -> new Graph.Result(r.name().replace("grad.", "d_"), r.value())).toList(), List.of(), List.of());
    Map<String, double[]> expected = sample.evaluate(graph, Map.of());
    Plan plan = Fuse.of(graph);
    VerifyPlan.check(plan);
    Map<Integer, double[]> memory = InterpretPlan.run(plan, sample.dims(), buffer -> switch (buffer.place()) {
      case Place.Argument(int index) -> sample.inputs().get(index).numbers();
      default -> {
        double[] weights = new double[(int) buffer.shape().size().evaluate(sample.dims())];
        java.util.Arrays.setAll(weights, Sample::weight);
        yield weights;
      }
    });
    for (Plan.Result result : plan.results()) {
      double[] wanted = expected.get(result.name());
      double[] found = memory.get(result.buffer().id());
      assertThat(found).as(sample + ", " + result.name()).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.length; i++) {
        assertThat(Double.compare(found[i], wanted[i]) == 0 || Math.abs(found[i] - wanted[i]) <= 1e-9 * (1 + Math.abs(wanted[i])))
            .as("%s, %s[%d]: %s, not %s in%n%s", sample, result.name(), i, found[i], wanted[i], PrintPlan.of(plan)).isTrue();
      }
    }
  }
}
