package @package@;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.train.TrainingListener;

/** Trains the model where there are no weights yet, then asks it about one image. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Path weights = Path.of("digits.safetensors");
    if (Files.notExists(weights)) {
      train(weights);
    }
    Predictor predictor = Predictor.of(Digits::new, weights);
    FloatTensor image = FloatTensor.zeros(1, 1, 8, 8);
    for (int row = 1; row < 7; row++) {
      image.data()[row * 8 + 4] = 16; // a bar from the top to the bottom; pixels go from 0 to 16
    }
    System.out.println("a bar is taken for a " + predictor.classify(predictor.scaled(image)).getFirst().name());
  }

  private static void train(Path weights) {
    DataSet digits = DataSources.open("digits");
    new DigitsTrainer().trainer(digits, weights, TrainingListener.ofEpochs(epoch -> System.out.printf(
        "epoch %d  loss %.3f  %s accuracy %.3f%n", epoch.epoch(), epoch.loss(), epoch.part(), epoch.score().accuracy())))
        .run();
  }
}
