package org.dlm.runtime.train;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;

/** A program that trains to the end, from its checkpoint where it left one, for {@link KilledRunTest}. */
final class KilledRun {
  private KilledRun() {}

  static Recipe recipe() {
    return new Recipe(() -> new SoftmaxRegression(64, 10), MomentumByHand::new).batch(64).epochs(8).seed(3)
        .rate(new ReduceOnPlateau(0.2, 0.5, 0, 0.2, 0, 0.001)).average(0.9).accumulate(2).clipNorm(1).saveSteps(5);
  }

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    DataSet digits = DataSources.open("digits");
    Recipe recipe = recipe();
    Trainer trainer = recipe.trainer(digits, file, new TrainingListener() {
      @Override
      public void started(TrainingStart start) {}

      @Override
      public void step(TrainingProgress progress) {
        System.out.println(progress.step());
      }

      @Override
      public void epoch(EpochReport report) {}
    });
    if (Files.exists(file)) {
      trainer.resume(file);
    } else {
      trainer.run();
    }
    System.out.println("done");
  }
}
