package org.dlm.runtime.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Composed of images that are one shade all over, 100 more than their digit, so that a picture tells what it is made of. */
class DigitPicturesTest {
  private static final int PIXELS = 28 * 28;
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  @TempDir Path folder;

  @BeforeEach
  void writeDigits() throws IOException {
    for (String part : List.of("train", "t10k")) {
      write(part, 20, 28);
    }
  }

  private void write(String part, int count, int size) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * size * size).putInt(0x803).putInt(count).putInt(size).putInt(size);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 10));
      for (int p = 0; p < size * size; p++) {
        images.put((byte) (100 + i % 10));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  private static float[] floats(Examples examples) {
    return ((Column.Floats) examples.columns().getFirst()).data();
  }

  private static int[] ints(Examples examples) {
    return ((Column.Ints) examples.columns().get(1)).data();
  }

  private static String text(int[] letters, int example) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(letters, example * 18, example * 18 + 18).filter(l -> l > 0)
        .forEach(l -> text.append(DigitWordsKind.LETTERS.charAt(l - 1)));
    return text.toString();
  }

  private static List<String> texts(DataSource source) {
    int[] letters = ints(Examples.of(source));
    return IntStream.range(0, source.count()).mapToObj(i -> text(letters, i)).toList();
  }

  private static int digit(float shade) {
    return Math.round(shade * 255) - 100;
  }

  @Test
  void aPictureOfDigitsComesWithTheirWordsFromLeftToRight() {
    DataSet set = DataSources.open("digit-words:" + folder + ",train=30,test=40");
    Examples test = Examples.of(set.test());
    int[] counts = new int[4];
    for (int example = 0; example < 40; example++) {
      float[] row = Arrays.copyOfRange(floats(test), example * 28 * 84, example * 28 * 84 + 84);
      List<String> words = List.of(text(ints(test), example).split(" "));
      int first = IntStream.range(0, 84).filter(x -> row[x] > 0).findFirst().orElseThrow();
      int last = IntStream.range(0, 84).filter(x -> row[x] > 0).max().orElseThrow();
      assertThat(words.getFirst()).isEqualTo(WORDS.get(digit(row[first])));
      assertThat(words.getLast()).isEqualTo(WORDS.get(digit(row[last])));
      counts[words.size()]++;
    }
    assertThat(counts[2]).isBetween(8, 32);
    assertThat(counts[2] + counts[3]).isEqualTo(40);
    assertThat(set.train().count()).isEqualTo(30);
    assertThat(floats(Examples.of(set.test()))).isEqualTo(floats(test));
  }

  @Test
  void theLabelsOfASceneAreWhereItsDigitsAre() {
    DataSet set = DataSources.open("digit-scenes:" + folder + ",train=3,test=12");
    Examples test = Examples.of(set.test());
    float[] x = floats(test);
    int[] label = ints(test);
    for (int i = 0; i < x.length; i++) {
      // Where two overlap, the later one names the pixel and the lighter one shows.
      assertThat(label[i] > 0).isEqualTo(digit(x[i]) >= 0);
    }
    for (int scene = 0; scene < 12; scene++) {
      long marked = Arrays.stream(label, scene * 4096, scene * 4096 + 4096).filter(l -> l > 0).count();
      assertThat(marked).isGreaterThanOrEqualTo(PIXELS);
    }
    assertThat(Arrays.stream(label).distinct().count()).isGreaterThan(6);
  }

  @Test
  void onlyImagesOfTheSizeOfMnistAreTaken() throws IOException {
    write("train", 3, 20);
    write("t10k", 3, 20);
    assertThatThrownBy(() -> DataSources.open("digit-words:" + folder)).isInstanceOf(InputProblem.class)
        .hasMessageContainingAll(folder.toString(), "20 by 20");
    assertThatThrownBy(() -> DataSources.open("digit-scenes:" + folder + ",train=0")).isInstanceOf(InputProblem.class)
        .hasMessageContaining("train=0");
  }

  @Test
  void picturesForValidationHaveDigitsOfTheirOwn() throws IOException {
    DataSet words = DataSources.open("digit-words:" + folder + ",train=60,validation=20,test=40");
    assertThat(texts(words.validation())).hasSize(20).allMatch(t -> t.matches("(five|seven)( (five|seven)){1,2}"));
    assertThat(texts(words.train())).hasSize(60).anyMatch(t -> t.contains("five"));
    assertThat(words.test().count()).isEqualTo(40);
    assertThat(DataSources.open("digit-scenes:" + folder + ",validation=3").validation().count()).isEqualTo(3);
  }
}
