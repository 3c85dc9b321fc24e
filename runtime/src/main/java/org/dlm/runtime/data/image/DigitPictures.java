package org.dlm.runtime.data.image;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;
import org.dlm.runtime.data.Selection;
import org.dlm.runtime.store.RandomStream;

/** The handwritten digits of MNIST as material for larger pictures: drawn at random and laid anywhere. */
final class DigitPictures {
  private static final int VALIDATED = 8;

  private final IndexedSource digits;
  private final Example digit;
  private final int height;
  private final int width;

  private DigitPictures(IndexedSource digits) {
    this.digits = digits;
    digit = new Example(digits.columns());
    int[] shape = digits.columns().getFirst().shape();
    height = shape[1];
    width = shape[2];
  }

  /** How many pictures the parts of a composed data set have. */
  record Counts(int train, int validation, int test) {
    static final List<String> OPTIONS = List.of("train", "validation", "test");

    static Counts of(DataSpec spec) {
      return new Counts(spec.count("train", 10_000, 1), spec.count("validation", 0, 0),
          spec.count("test", 1_000, 1));
    }
  }

  /** Which pictures digits are for. */
  enum Part {
    TRAIN, VALIDATION, TEST
  }

  /** Digits of MNIST's test images for testing; of every eighth of the others for validation, where that is wanted. */
  static DigitPictures of(DataSpec spec, Part part) {
    DataSet mnist = new MnistKind().open(new DataSpec("mnist", spec.place(), java.util.Map.of()));
    IndexedSource digits = (IndexedSource) (part == Part.TEST ? mnist.test() : mnist.train());
    if (part != Part.TEST && Counts.of(spec).validation() > 0) {
      digits = new Selection(digits, IntStream.range(0, digits.count())
          .filter(i -> (i % VALIDATED == VALIDATED - 1) == (part == Part.VALIDATION)).toArray());
    }
    DigitPictures pictures = new DigitPictures(digits);
    if (pictures.height != 28 || pictures.width != 28) {
      throw new InputProblem(spec.place() + ": its images are " + pictures.height + " by " + pictures.width,
          "Pictures are composed of images of 28 by 28.");
    }
    return pictures;
  }

  /** The random numbers of a picture: others in each epoch of training, always the same ones in tests. */
  static RandomStream random(Example into, int number) {
    return into.random() == null ? new RandomStream(number) : into.random();
  }

  /**
   * Lays any digit over a picture, its upper left corner at {@code top}, {@code left}; where it is dark enough, the
   * pixels of {@code labels} (unless null) become its value plus 1. Returns its value.
   */
  int lay(RandomStream random, float[] picture, int pictureWidth, int top, int left, int[] labels) throws IOException {
    synchronized (digit) {
      digits.read(random.below(digits.count()), digit);
      int value = digit.ints(1)[0];
      float[] pixels = digit.floats(0);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = (top + y) * pictureWidth + left + x;
          float shade = pixels[y * width + x];
          if (left + x >= 0 && left + x < pictureWidth && shade > 0) {
            picture[at] = Math.max(picture[at], shade);
            if (labels != null && shade > 0.3f) {
              labels[at] = value + 1;
            }
          }
        }
      }
      return value;
    }
  }
}
