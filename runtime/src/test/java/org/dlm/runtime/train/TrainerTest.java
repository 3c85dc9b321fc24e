package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.IndexedSource;
import org.dlm.runtime.data.Selection;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.store.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final DataSet DIGITS = DataSources.open("digits");

  @TempDir Path folder;

  /** Remembers what it hears. */
  private static class Listener implements TrainingListener {
    final List<EpochReport> epochs = new ArrayList<>();
    TrainingStart start;

    @Override
    public void started(TrainingStart start) {
      this.start = start;
    }

    @Override
    public void step(TrainingProgress progress) {}

    @Override
    public void epoch(EpochReport report) {
      epochs.add(report);
    }
  }

  private Path checkpoint() {
    return folder.resolve("run.safetensors");
  }

  private TrainingPlan plan(int epochs, int batch) {
    return new TrainingPlan(epochs, batch, 1, checkpoint(), "MomentumByHand", null);
  }

  private static SoftmaxRegression digitsModel() {
    return new SoftmaxRegression(64, 10);
  }

  @Test
  void learnsTheDigits() {
    Listener listener = new Listener();
    SoftmaxRegression model = digitsModel();
    TrainingResult result = new Trainer(model, new MomentumByHand(), DIGITS, plan(15, 32), listener).run();
    assertThat(result.stopped()).isFalse();
    assertThat(result.test().orElseThrow().accuracy()).isGreaterThan(0.93);
    assertThat(result.steps()).isEqualTo(15L * ((DIGITS.train().count() + 31) / 32));
    assertThat(model.buffers[0]).isEqualTo(result.steps());
    assertThat(listener.start.stepsPerEpoch()).isEqualTo((DIGITS.train().count() + 31) / 32);
    assertThat(listener.epochs).hasSize(15);
    assertThat(listener.epochs.getLast().loss()).isLessThan(listener.epochs.getFirst().loss());
    assertThat(listener.epochs.getLast().accuracy()).isGreaterThan(0.9);
    Confusion confusion = result.test().orElseThrow().confusion().orElseThrow();
    assertThat(confusion.total()).isEqualTo(DIGITS.test().count());
    assertThat(confusion.table().lines()).hasSize(12);
    SoftmaxRegression loaded = digitsModel();
    Weights.load(loaded, checkpoint());
    assertThat(loaded.parameters).isEqualTo(model.parameters);
    assertThat(Checkpoint.peek(folder.resolve("run.best.safetensors")).epoch()).isBetween(1, 15);
  }

  @Test
  void theSameSeedGivesTheSameRunAndAResumedRunIsTheWholeRun() {
    SoftmaxRegression whole = digitsModel();
    new Trainer(whole, new MomentumByHand(), DIGITS, plan(3, 64), new Listener()).run();
    SoftmaxRegression first = digitsModel();
    new Trainer(first, new MomentumByHand(), DIGITS, plan(1, 64), new Listener()).run();
    SoftmaxRegression resumed = digitsModel();
    new Trainer(resumed, new MomentumByHand(), DIGITS, plan(3, 64), new Listener()).resume(checkpoint());
    assertThat(resumed.parameters).isEqualTo(whole.parameters);
    assertThat(first.parameters).isNotEqualTo(whole.parameters);
  }

  @Test
  void aStopInTheMiddleOfAnEpochLosesNothing() {
    SoftmaxRegression whole = digitsModel();
    new Trainer(whole, new MomentumByHand(), DIGITS, plan(2, 64), new Listener()).run();
    SoftmaxRegression stopped = digitsModel();
    Trainer[] trainer = new Trainer[1];
    trainer[0] = new Trainer(stopped, new MomentumByHand(), DIGITS, plan(2, 64), new Listener() {
      @Override
      public void step(TrainingProgress progress) {
        if (progress.step() == 30) {
          trainer[0].stop();
        }
      }
    });
    TrainingResult result = trainer[0].run();
    assertThat(result.stopped()).isTrue();
    assertThat(result.steps()).isEqualTo(30);
    assertThat(Checkpoint.peek(checkpoint()).step()).isEqualTo(30);
    SoftmaxRegression resumed = digitsModel();
    new Trainer(resumed, new MomentumByHand(), DIGITS, plan(2, 64), new Listener()).resume(checkpoint());
    assertThat(resumed.parameters).isEqualTo(whole.parameters);
  }

  @Test
  void aLossThatIsNoNumberEndsTheRunAndKeepsTheLastGoodCheckpoint() {
    SoftmaxRegression model = digitsModel();
    int perEpoch = (DIGITS.train().count() + 63) / 64;
    model.poisonedFrom = perEpoch + 3;
    assertThatThrownBy(() -> new Trainer(model, new MomentumByHand(), DIGITS, plan(5, 64), new Listener()).run())
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("epoch 2", "the loss is NaN at step " + (perEpoch + 3), "batch 3", checkpoint().toString());
    assertThat(Checkpoint.peek(checkpoint()).epoch()).isEqualTo(1);
    Weights.load(model, checkpoint());
    for (float p : model.parameters) {
      assertThat(p).isFinite();
    }
  }

  @Test
  void parametersThatAreNoNumbersAreNeverWritten() {
    Optimizer exploding = new MomentumByHand();
    exploding.set("lr", Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> new Trainer(digitsModel(), exploding, DIGITS, plan(1, TrainingPlan.WHOLE), new Listener()).run())
        .isInstanceOf(InputProblem.class).hasMessageContainingAll("no longer finite", "no checkpoint was written yet");
    assertThat(Files.exists(checkpoint())).isFalse();
  }

  @Test
  void aStepAllocatesNothing() {
    var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[1024];
    new Trainer(digitsModel(), new MomentumByHand(), DIGITS, plan(3, 32), new Listener() {
      @Override
      public void step(TrainingProgress progress) {
        allocated[(int) progress.step()] = bean.getCurrentThreadAllocatedBytes();
        assertWithoutAllocating(progress);
      }
    }).run();
    int perEpoch = (DIGITS.train().count() + 31) / 32;
    // The last epoch but for its smaller last batch, which makes a program plan anew.
    assertThat(allocated[3 * perEpoch - 1] - allocated[2 * perEpoch + 2]).isZero();
  }

  private static void assertWithoutAllocating(TrainingProgress progress) {
    if (progress.loss() < 0 || progress.secondsLeft() < 0 || progress.examplesPerSecond() < 0) {
      throw new AssertionError();
    }
  }

  @Test
  void labelsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new Trainer(new SoftmaxRegression(64, 9), new MomentumByHand(), DIGITS, plan(1, 64), new Listener()))
        .isInstanceOf(InputProblem.class).hasMessageContainingAll("digits: example", "label 9", "classes 0 to 8");
    Examples negative = new Examples("made", List.of(new Column.Floats("x", new float[8], 4), new Column.Ints("label", new int[] {0, -1})));
    assertThatThrownBy(() -> new Trainer(new SoftmaxRegression(4, 9), new MomentumByHand(),
        new DataSet("made", negative, negative, "", List.of()), plan(1, 64), new Listener()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("made: example 1 has the label -1");
  }

  @Test
  void plansThatCannotBeAreRefused() throws Exception {
    assertThatThrownBy(() -> plan(0, 1)).isInstanceOf(InputProblem.class);
    assertThatThrownBy(() -> plan(1, 0)).isInstanceOf(InputProblem.class);
    TrainingPlan typo = new TrainingPlan(1, 8, 1, checkpoint(), "", "los");
    assertThatThrownBy(() -> new Trainer(digitsModel(), new MomentumByHand(), DIGITS, typo, new Listener()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("did you mean `loss`");
    Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("run.safetensors");
    TrainingPlan unwritable = new TrainingPlan(1, 8, 1, blocked, "", null);
    assertThatThrownBy(() -> new Trainer(digitsModel(), new MomentumByHand(), DIGITS, unwritable, new Listener()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("cannot be written");
    new Trainer(digitsModel(), new MomentumByHand(), DIGITS, plan(1, 64), new Listener()).run();
    assertThatThrownBy(() -> new Trainer(digitsModel(), new MomentumByHand(), DIGITS, plan(1, 64), new Listener()).resume(checkpoint()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("has finished 1 epochs");
    assertThatThrownBy(() -> new Trainer(digitsModel(), new MomentumByHand(), DIGITS, plan(2, 32), new Listener()).resume(checkpoint()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("batch 64");
    DataSet fewer = new DataSet("fewer", new Selection((IndexedSource) DIGITS.train(), new int[] {5, 6, 7}), DIGITS.test(), "",
        List.of());
    assertThatThrownBy(() -> new Trainer(digitsModel(), new MomentumByHand(), fewer, plan(2, 64), new Listener()).resume(checkpoint()))
        .isInstanceOf(InputProblem.class).hasMessageContainingAll("trained on other data", "`digits`, 1438", "`fewer`, 3");
    assertThat(Checkpoint.peek(checkpoint()).data()).containsEntry("classes", String.join("\n", DIGITS.classNames()));
  }
}
