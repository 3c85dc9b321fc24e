package org.dlm.runtime.data.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.InputFile;
import org.dlm.runtime.data.Selection;
import org.dlm.runtime.data.StratifiedSplit;

/**
 * The data set inside this library: UCI "Optical Recognition of Handwritten Digits" (E. Alpaydin, C. Kaynak), CC BY
 * 4.0, as distributed in scikit-learn. Pixels 0 to 16 become 0 to 1; 20 % of each class are for testing.
 */
public final class DigitsKind implements DataKind {
  private static final int COUNT = 1797;
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final float BRIGHTEST = 16;
  private static final double TEST_SHARE = 0.2;

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String usage() {
    return "digits        1,797 handwritten digits of 8x8 pixels, embedded: x [1, 8, 8], label 0 to 9;"
        + " option: validation=0";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(List.of("validation"));
    spec.requireNoPlace();
    float[] pixels = new float[COUNT * PIXELS];
    int[] labels = new int[COUNT];
    try (InputStream raw = DigitsKind.class.getResourceAsStream("/org/dlm/runtime/data/digits.csv.gz")) {
      InputFile.read("digits", raw, in -> {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (int i = 0; i < COUNT; i++) {
          String[] cells = lines.readLine().split(",");
          for (int k = 0; k < PIXELS; k++) {
            pixels[i * PIXELS + k] = Integer.parseInt(cells[k]) / BRIGHTEST;
          }
          labels[i] = Integer.parseInt(cells[PIXELS]);
        }
        return null;
      });
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded digits cannot be read", e);
    }
    Examples all = new Examples("digits",
        List.of(new Column.Floats("x", pixels, 1, SIDE, SIDE), new Column.Ints("label", labels)));
    StratifiedSplit split = StratifiedSplit.of(labels, TEST_SHARE);
    return new DataSet("digits", all.select(split.train()), all.select(split.test()), "pixels 0 to 16 divided by 16",
        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
        .validatedOn(spec.share("validation", 0), IntStream.of(split.train()).map(i -> labels[i]).toArray());
  }
}
