package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.store.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, clipping, accumulation, averages and groups in whole runs, stopped and resumed. */
class ScheduledTrainingTest {
  private static final DataSet DIGITS = DataSources.open("digits");

  @TempDir Path folder;

  /** Stops the run after a step. */
  private static class StopAfter implements TrainingListener {
    final List<EpochReport> epochs = new ArrayList<>();
    final long step;
    Trainer trainer;

    StopAfter(long step) {
      this.step = step;
    }

    @Override
    public void started(TrainingStart start) {}

    @Override
    public void step(TrainingProgress progress) {
      if (progress.step() == step) {
        trainer.stop();
      }
    }

    @Override
    public void epoch(EpochReport report) {
      epochs.add(report);
    }
  }

  private static Recipe recipe() {
    return new Recipe(() -> new SoftmaxRegression(64, 10), MomentumByHand::new).batch(64).epochs(2).seed(1)
        .rate((step, steps, epochSteps) -> 0.2 * (1 - step / steps)).clipNorm(0.7).clipValue(0.05).accumulate(3)
        .average(0.9).decay().groups(ParameterGroup.rate("*.bias", 0.5));
  }

  private Path file() {
    return folder.resolve("run.safetensors");
  }

  private record Run(Model model, StopAfter heard, TrainingResult result) {}

  private Run run(Recipe recipe, long stopAfter, boolean resume) {
    Model model = recipe.model();
    StopAfter listener = new StopAfter(stopAfter);
    listener.trainer = new Trainer(model, recipe.optimizer(), DIGITS, recipe.plan(DIGITS, file()), listener);
    return new Run(model, listener, resume ? listener.trainer.resume(file()) : listener.trainer.run());
  }

  @Test
  void aStoppedRunThatIsResumedGivesTheSameBits() {
    int epochSteps = Math.ceilDiv(Math.ceilDiv(DIGITS.train().count(), 64), 3);
    for (int stop : new int[] {2, epochSteps, epochSteps + 3}) {
      Run whole = run(recipe(), -1, false);
      assertThat(whole.result().steps()).isEqualTo(2L * epochSteps);
      Run stopped = run(recipe(), stop, false);
      assertThat(stopped.result().stopped()).isTrue();
      assertThat(stopped.result().steps()).isEqualTo(stop);
      assertThat(stopped.model().parameters).isNotEqualTo(whole.model().parameters);
      assertThat(run(recipe(), -1, true).model().parameters).isEqualTo(whole.model().parameters);
    }
  }

  @Test
  void theFileAndTheModelHoldTheAverage() {
    Run averaged = run(recipe(), -1, false);
    Model plain = run(recipe().average(0), -1, false).model();
    assertThat(averaged.model().parameters).isNotEqualTo(plain.parameters);
    run(recipe(), -1, false);
    Model loaded = recipe().model();
    Weights.load(loaded, file());
    assertThat(loaded.parameters).isEqualTo(averaged.model().parameters);
    assertThatThrownBy(() -> run(recipe().average(0).epochs(3), -1, true)).isInstanceOf(InputProblem.class)
        .hasMessageContaining("averages its weights");
  }

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    Recipe plain = new Recipe(() -> new SoftmaxRegression(64, 10), MomentumByHand::new).epochs(2).seed(1);
    float[] large = run(plain.batch(96), -1, false).model().parameters;
    float[] small = run(plain.batch(32).accumulate(3), -1, false).model().parameters;
    for (int i = 0; i < large.length; i++) {
      assertThat(small[i]).isCloseTo(large[i], within(1e-5f));
    }
  }

  @Test
  void stepsEndARunInTheMiddleOfAnEpoch() {
    Run ended = run(recipe().epochs(0).steps(10).accumulate(1), -1, false);
    assertThat(ended.result().stopped()).isFalse();
    assertThat(ended.result().steps()).isEqualTo(10);
    assertThat(ended.heard().epochs).hasSize(1);
    assertThat(ended.result().test()).isPresent();
    assertThatThrownBy(() -> run(recipe().epochs(0).steps(10).accumulate(1), -1, true)).isInstanceOf(InputProblem.class)
        .hasMessageContaining("10 steps of 10");
  }

  @Test
  void aPlateauLowersTheRateAndIsRemembered() {
    Recipe still = recipe().epochs(5).average(0);
    Run whole = run(still.rate(new ReduceOnPlateau(0.1, 0.5, 0, 0.9, 1, 0.01)), -1, false);
    run(still.rate(new ReduceOnPlateau(0.1, 0.5, 0, 0.9, 1, 0.01)), 20, false);
    Run resumed = run(still.rate(new ReduceOnPlateau(0.1, 0.5, 0, 0.9, 1, 0.01)), -1, true);
    assertThat(resumed.model().parameters).isEqualTo(whole.model().parameters);
    Run high = run(still.rate((step, steps, epochSteps) -> 0.1), -1, false);
    assertThat(high.model().parameters).isNotEqualTo(whole.model().parameters);
  }

  @Test
  void whatDoesNotFitTheModelIsSaid() {
    assertThatThrownBy(() -> run(recipe().groups(ParameterGroup.rate("weigth", 0.1)), -1, false))
        .isInstanceOf(InputProblem.class).hasMessageContaining("no parameter of the model is selected by `weigth`");
    assertThatThrownBy(() -> run(recipe().groups(ParameterGroup.with("*.bias", "momentun", 0.1)), -1, false))
        .isInstanceOf(InputProblem.class).hasMessageContaining("no hyper-parameter `momentun`");
    assertThatThrownBy(() -> run(recipe().decay("*"), -1, false))
        .isInstanceOf(InputProblem.class).hasMessageContaining("no hyper-parameter `weight_decay`");
    assertThatThrownBy(() -> run(recipe().metrics("hitz"), -1, false))
        .isInstanceOf(InputProblem.class).hasMessageContaining("no function `hitz` that gives a single number");
    assertThatThrownBy(() -> run(recipe().average(1), -1, false)).hasMessageContaining("average = 1");
    assertThatThrownBy(() -> run(recipe().accumulate(0), -1, false)).hasMessageContaining("accumulate = 0");
  }
}
