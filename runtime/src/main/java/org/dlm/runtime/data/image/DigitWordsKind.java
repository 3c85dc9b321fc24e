package org.dlm.runtime.data.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.store.RandomStream;

/** Pictures of two or three handwritten digits, with what they say in English words. */
public final class DigitWordsKind implements DataKind {
  /** The letters of the words, numbered from 1; 0 ends a text. */
  static final String LETTERS = " efghinorstuvwxz";

  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final int HEIGHT = 28;
  private static final int WIDTH = 84;
  private static final int LONGEST = 18;

  @Override
  public String name() {
    return "digit-words";
  }

  @Override
  public String usage() {
    return "digit-words:DIR   pictures of two or three digits of MNIST's files in DIR: image [1, 28, 84], text [18]";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(DigitPictures.Counts.OPTIONS);
    DigitPictures.Counts counts = DigitPictures.Counts.of(spec);
    Source test = new Source(DigitPictures.of(spec, DigitPictures.Part.TEST), counts.test());
    Source validation = counts.validation() == 0 ? test
        : new Source(DigitPictures.of(spec, DigitPictures.Part.VALIDATION), counts.validation());
    Source train = new Source(DigitPictures.of(spec, DigitPictures.Part.TRAIN), counts.train());
    return new DataSet("digit-words", train, validation, test,
        "pixels 0 to 255 divided by 255", List.of(), Vocabulary.ofCharacters("\0" + LETTERS).facts());
  }

  private record Source(DigitPictures digits, int count) implements IndexedSource {
    @Override
    public String origin() {
      return "digit-words";
    }

    @Override
    public List<Column> columns() {
      return List.of(Column.floats("image", 1, HEIGHT, WIDTH), Column.ints("text", LETTERS.length() + 1, LONGEST));
    }

    @Override
    public void read(int example, Example into) throws IOException {
      RandomStream random = DigitPictures.random(into, example);
      float[] image = into.floats(0);
      Arrays.fill(image, 0);
      boolean three = random.below(2) == 1;
      // Three fill the picture; two stand anywhere, the second behind the first. Margins may overlap a little.
      int first = three ? random.below(4) - 2 : random.below(26);
      int second = three ? 26 + random.below(5) : first + 26 + random.below(WIDTH - 28 - 26 - first + 1);
      StringBuilder text = new StringBuilder(WORDS.get(digits.lay(random, image, WIDTH, 0, first, null)))
          .append(' ').append(WORDS.get(digits.lay(random, image, WIDTH, 0, second, null)));
      if (three) {
        text.append(' ').append(WORDS.get(digits.lay(random, image, WIDTH, 0, 54 + random.below(4), null)));
      }
      int[] letters = into.ints(1);
      for (int i = 0; i < LONGEST; i++) {
        letters[i] = i < text.length() ? 1 + LETTERS.indexOf(text.charAt(i)) : 0;
      }
    }
  }
}
