package org.dlm.runtime.train;

import java.nio.file.Path;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.data.DataSources;

/** A program that trains until it is interrupted, for {@link StopOnInterruptTest}. */
final class InterruptedRun {
  private InterruptedRun() {}

  public static void main(String[] arguments) {
    TrainingPlan plan = new TrainingPlan(1_000_000, 64, 1, Path.of(arguments[0]), "", null);
    Trainer trainer = new Trainer(new SoftmaxRegression(64, 10), new MomentumByHand(), DataSources.open("digits"), plan,
        new TrainingListener() {
          @Override
          public void started(TrainingStart start) {}

          @Override
          public void step(TrainingProgress progress) {
            if (progress.step() == 40) {
              System.out.println("running");
            }
          }

          @Override
          public void epoch(EpochReport report) {}
        });
    try (StopOnInterrupt guard = new StopOnInterrupt(trainer, () -> Runtime.getRuntime().halt(7))) {
      TrainingResult result = trainer.run();
      System.out.println("stopped " + result.stopped() + " " + result.steps());
    }
  }
}
