package org.dlm.runtime.data.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;
import org.dlm.runtime.store.RandomStream;

/** Pictures with two to four handwritten digits anywhere on a noisy ground, and for each pixel what it belongs to. */
public final class DigitScenesKind implements DataKind {
  private static final int SIZE = 64;
  private static final int DIGIT = 28;

  /** Nearer to each other two digits do not lie. */
  private static final int APART = 20;

  private static final int TRIES = 20;
  private static final List<String> CLASSES = List.of("ground", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final float NOISE = 0.2f;

  @Override
  public String name() {
    return "digit-scenes";
  }

  @Override
  public String usage() {
    return "digit-scenes:DIR  scenes of two to four digits of MNIST's files in DIR: x [1, 64, 64], label [64, 64]"
        + " (0 is the ground, 1 to 10 the digits)";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(DigitPictures.Counts.OPTIONS);
    DigitPictures.Counts counts = DigitPictures.Counts.of(spec);
    Source test = new Source(DigitPictures.of(spec, DigitPictures.Part.TEST), counts.test());
    Source validation = counts.validation() == 0 ? test
        : new Source(DigitPictures.of(spec, DigitPictures.Part.VALIDATION), counts.validation());
    Source train = new Source(DigitPictures.of(spec, DigitPictures.Part.TRAIN), counts.train());
    return new DataSet("digit-scenes", train, validation, test,
        "pixels 0 to 255 divided by 255", CLASSES, Map.of());
  }

  private record Source(DigitPictures digits, int count) implements IndexedSource {
    @Override
    public String origin() {
      return "digit-scenes";
    }

    @Override
    public List<Column> columns() {
      return List.of(Column.floats("x", 1, SIZE, SIZE), Column.ints("label", 11, SIZE, SIZE));
    }

    @Override
    public void read(int example, Example into) throws IOException {
      RandomStream random = DigitPictures.random(into, example);
      float[] x = into.floats(0);
      int[] label = into.ints(1);
      for (int i = 0; i < x.length; i++) {
        x[i] = NOISE * (float) random.uniform();
      }
      Arrays.fill(label, 0);
      int wanted = 2 + random.below(3);
      int[] tops = new int[wanted];
      int[] lefts = new int[wanted];
      int laid = 0;
      for (int tried = 0; laid < wanted && tried < TRIES; tried++) {
        tops[laid] = random.below(SIZE - DIGIT + 1);
        lefts[laid] = random.below(SIZE - DIGIT + 1);
        if (isFree(tops, lefts, laid)) {
          digits.lay(random, x, SIZE, tops[laid], lefts[laid], label);
          laid++;
        }
      }
    }

    private static boolean isFree(int[] tops, int[] lefts, int last) {
      for (int i = 0; i < last; i++) {
        if (Math.abs(tops[i] - tops[last]) < APART && Math.abs(lefts[i] - lefts[last]) < APART) {
          return false;
        }
      }
      return true;
    }
  }
}
