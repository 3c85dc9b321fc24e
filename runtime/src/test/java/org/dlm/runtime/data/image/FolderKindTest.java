package org.dlm.runtime.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.Normalization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderKindTest {
  @TempDir Path folder;

  private void picture(String name, int type, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
          image.getRaster().setSample(x, y, 0, rgb);
        } else {
          image.setRGB(x, y, rgb);
        }
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.endsWith(".jpg") ? "jpg" : "png", file.toFile());
  }

  @BeforeEach
  void catsAndDogs() throws IOException {
    for (int i = 0; i < 5; i++) {
      picture("cat/" + i + ".png", BufferedImage.TYPE_BYTE_GRAY, 4, 3, 100);
      picture("dog/" + i + (i == 0 ? ".jpg" : ".png"), BufferedImage.TYPE_INT_RGB, 8, 6, 0xFF8040);
    }
    Files.writeString(folder.resolve("cat/notes.txt"), "not a picture, and not meant to be one");
  }

  private String spec(String options) {
    return "images:" + folder + options;
  }

  private static float[] x(Examples examples) {
    return ((Column.Floats) examples.columns().getFirst()).data();
  }

  private static void refused(String spec, String... parts) {
    assertThatThrownBy(() -> DataSources.open(spec)).isInstanceOf(InputProblem.class).hasMessageContainingAll(parts);
  }

  @Test
  void foldersAreClassesAndPicturesHaveTheSizeOfTheFirst() {
    DataSet set = DataSources.open(spec(""));
    assertThat(set.classNames()).containsExactly("cat", "dog");
    assertThat(set.train().count()).isEqualTo(8);
    assertThat(set.columns().getFirst().shape()).containsExactly(3, 3, 4);
    Examples test = Examples.of(set.test());
    assertThat(((Column.Ints) test.columns().get(1)).data()).containsExactly(0, 1);
    float[] x = x(test);
    assertThat(x[0]).as("greys as they are in the file").isEqualTo(100 / 255f);
    assertThat(new float[] {x[36], x[48], x[60]}).as("a dog, perhaps from a JPEG")
        .containsExactly(new float[] {1, 0x80 / 255f, 0x40 / 255f}, within(0.03f));
    assertThat(set.facts()).containsEntry("size", "3x4");
  }

  @Test
  void sizeAndColoursAsAskedFor() throws IOException {
    DataSet set = DataSources.open(spec(",size=2x5,channels=1,validation=0.25"));
    assertThat(set.columns().getFirst().shape()).containsExactly(1, 2, 5);
    assertThat(set.validation().count()).isEqualTo(2);
    assertThat(new TreeSet<>(Arrays.asList(boxed(x(Examples.of(set.train())))))).hasSizeBetween(2, 3);
    picture("wide/ramp.png", BufferedImage.TYPE_BYTE_GRAY, 2, 1, 0);
    Picture made = new Picture(1, 1, 4, new float[] {0, 0, 80, 80}).resized(1, 2);
    // A triangle of the width of two pixels on each side: 1/8, 3/8, 3/8, 1/8 where there is no edge.
    assertThat(made.planes()[0] + made.planes()[1]).isCloseTo(80, within(1e-4f));
    assertThat(made.planes()[0]).isCloseTo(80 / 7f, within(1e-4f));
    assertThat(new Picture(1, 1, 2, new float[] {0, 80}).resized(1, 4).planes())
        .containsExactly(new float[] {0, 20, 60, 80}, within(1e-4f));
  }

  private static Float[] boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }

  @Test
  void partsMayHaveFoldersOfTheirOwn() throws IOException {
    for (String part : List.of("train", "validation", "test")) {
      picture(part + "/b/1.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0);
      picture(part + "/a/1.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0xFFFFFF);
    }
    DataSet set = DataSources.open(spec(""));
    assertThat(List.of(set.train().count(), set.validation().count(), set.test().count())).containsExactly(2, 2, 2);
    assertThat(set.classNames()).containsExactly("a", "b");
    picture("test/c/1.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0);
    refused(spec(""), "test/c", "no folder");
  }

  @Test
  void aDamagedPictureIsNamedOrLeftOut() throws IOException {
    Path broken = folder.resolve("dog/3.png");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    Files.writeString(folder.resolve("dog/2.png"), "rubbish");
    refused(spec(",corrupt=never"), "corrupt=never");
    refused(spec(""), "dog/", "cannot be read");
    DataSet set = DataSources.open(spec(",corrupt=skip"));
    assertThat(set.train().count() + set.test().count()).isEqualTo(8);
    assertThat(set.scaling()).contains("2 left out", "dog/3.png");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    refused("images:" + folder.resolve("none"), "no such folder");
    refused(spec(",size=big"), "size=big");
    refused("images:" + folder.resolve("cat"), "0 folders with pictures");
    refused(spec(",augment=flop"), "`flop` is not known");
    refused(spec(",augment=mask_time(3)"), "for spectrograms");
    refused("digits,normalise=yes", "no option `normalise`");
  }

  @Test
  void normalisedToTheMeanOfTheTrainingPictures() {
    DataSet set = DataSources.open(spec(",normalize=yes,augment=crop(1)+flip+rotate(20)"));
    float[] x = x(Examples.of(set.train()));
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 8; i++) {
        for (int k = 0; k < 12; k++) {
          float value = x[i * 36 + c * 12 + k];
          sum += value;
          squares += value * value;
        }
      }
      assertThat(sum / 96).isCloseTo(0, within(1e-5));
      assertThat(squares / 96).isCloseTo(1, within(1e-4));
    }
    assertThat(Normalization.of(set.facts()).mean()[0]).isCloseTo((100 / 255f + 1) / 2, within(0.02f));
  }
}
