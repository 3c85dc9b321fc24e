package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Variable;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.ParameterGroup;
import org.dlm.runtime.train.Recipe;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingPlan;
import org.dlm.runtime.train.TrainingProgress;
import org.dlm.runtime.train.TrainingStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several objectives in turn at each step, a whole run of them, against two optimizers of PyTorch. */
class TurnsTest {
  private static final Path GOLDEN = Path.of("golden", "cases", "turns.safetensors");
  private static final int STEPS = 20;

  private static final GeneratedCode CODE = GeneratedCode.compile(Compiler.compileSources(List.of(new SourceFile("gan.dlm", """
      package golden
      model Adversaries {
        g = [Linear(8), tanh, Linear(6)]
        d = [Linear(7), leaky_relu(0.2), Linear(1)]

        #train("d")
        fn loss_d(x: [N, 6], z: [N, 3]) -> [] =
          bce_with_logits(d(x), 0.9) + bce_with_logits(d(stop(g(z))), 0.0)

        #train("g")
        fn loss_g(z: [N, 3]) -> [] = bce_with_logits(d(g(z)), 1.0)
      }
      """)), Options.DEFAULT.withOptimizers(List.of("Adam"))).files());

  @TempDir Path folder;

  /** Both objectives along the steps, each an epoch of one batch. */
  private record Losses(List<Map<String, Double>> steps) implements TrainingListener {
    @Override
    public void started(TrainingStart start) {
      assertThat(start.objectives()).containsExactly("loss_d", "loss_g");
    }

    @Override
    public void step(TrainingProgress progress) {
      if (progress.batches() == 1) {
        assertThat(progress.lastLoss()).isEqualTo(progress.loss("loss_d") + progress.loss("loss_g"), within(1e-6));
      }
    }

    @Override
    public void epoch(EpochReport report) {
      steps.add(report.parts());
    }
  }

  @Test
  void aRunEqualsPyTorch() {
    check(TrainingPlan.WHOLE, 1);
  }

  /** Small batches taken together are the one that PyTorch had. */
  @Test
  void accumulatedBatchesEqualPyTorch() {
    check(4, 100);
  }

  private void check(int batch, int accumulate) {
    try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN)) {
      Model model = CODE.model("golden.Adversaries");
      SafetensorsWriter start = new SafetensorsWriter();
      for (Variable v : model.parameterList()) {
        start.add(v.path(), floats(golden, "param." + v.path()), 0, v.shape());
      }
      start.write(folder.resolve("start.safetensors"), Map.of());
      Examples examples = new Examples("golden", List.of(new Column.Floats("x", floats(golden, "input.x"), 6),
          new Column.Floats("z", floats(golden, "input.z"), 3)));
      Losses losses = new Losses(new ArrayList<>());
      Recipe recipe = new Recipe(() -> model, () -> CODE.optimizer("dlm.optim.Adam")).objective("loss_d", "loss_g")
          .set("lr", 0.01).set("beta1", 0.5).groups(ParameterGroup.rate("d", 2)).batch(batch).accumulate(accumulate)
          .epochs(STEPS);
      recipe.trainer(new DataSet("golden", examples, examples, "none", List.of()), folder.resolve("out.safetensors"), losses)
          .runFrom(folder.resolve("start.safetensors"), Renaming.NONE);
      GeneratedEngine.slices(model.parameterList(), model.parameters).forEach((path, actual) ->
          Closeness.check(path, actual, floats(golden, "trained/" + path), 1, Closeness.FORWARD, 0));
      float[] expected = floats(golden, "losses");
      for (int step = 0; step < STEPS; step++) {
        assertThat(losses.steps().get(step).get("loss_d")).isCloseTo(expected[2 * step], within(1e-5));
        assertThat(losses.steps().get(step).get("loss_g")).isCloseTo(expected[2 * step + 1], within(1e-5));
      }
    }
  }

  private static float[] floats(SafetensorsFile golden, String name) {
    return ((FloatTensor) golden.read(name, ElementType.F32)).data();
  }
}
