package org.dlm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.dlm.runtime.InputProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourcesTest {
  @TempDir Path folder;

  private static void refused(String spec, String... parts) {
    assertThatThrownBy(() -> DataSources.open(spec)).isInstanceOf(InputProblem.class).hasMessageContainingAll(parts);
  }

  private static int[] labels(DataSource source) {
    return ((Column.Ints) Examples.of(source).columns().get(1)).data();
  }

  private static float[] x(DataSource source) {
    return ((Column.Floats) Examples.of(source).columns().getFirst()).data();
  }

  @Test
  void digitsAreEmbeddedAndSplitByClass() {
    DataSet digits = DataSources.open("digits");
    assertThat(digits.train().count() + digits.test().count()).isEqualTo(1797);
    assertThat(digits.test().count()).isBetween(355, 364);
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      assertThat(Arrays.stream(labels(digits.test())).filter(l -> l == wanted).count()).isBetween(34L, 37L);
    }
    assertThat(digits.train().columns().getFirst().shape()).containsExactly(1, 8, 8);
    float[] pixels = x(digits.train());
    double mean = IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).average().orElse(0);
    assertThat(mean).isCloseTo(4.884 / 16, within(0.005));
    assertThat(x(DataSources.open("digits").test())).isEqualTo(x(digits.test()));
  }

  @Test
  void anUnknownSourceIsAnsweredWithTheList() {
    assertThatThrownBy(() -> DataSources.open("digit")).isInstanceOfSatisfying(InputProblem.class, problem -> {
      assertThat(problem).hasMessage("no data source `digit` (did you mean `digits`?)");
      assertThat(problem.help()).contains("mnist:DIR", "csv:FILE");
    });
    refused("mnist", "needs a folder");
    refused("csv:", "needs a file");
  }

  // IDX

  private static byte[] idx(int type, int[] shape, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + bytes);
    buffer.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
    Arrays.stream(shape).forEach(buffer::putInt);
    for (int i = 0; i < bytes; i++) {
      buffer.put((byte) (i % 10));
    }
    return buffer.array();
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  @BeforeEach
  void smallMnist() throws IOException {
    put("train-images-idx3-ubyte.gz", zip(idx(8, new int[] {12, 3, 2}, 72)));
    put("train-labels-idx1-ubyte", idx(8, new int[] {12}, 12));
    put("t10k-images-idx3-ubyte", idx(8, new int[] {5, 3, 2}, 30));
    put("t10k-labels-idx1-ubyte.gz", zip(idx(8, new int[] {5}, 5)));
  }

  @Test
  void mnistIsReadZippedOrNot() {
    DataSet mnist = DataSources.open("mnist:" + folder);
    assertThat(mnist.train().count()).isEqualTo(12);
    assertThat(mnist.train().columns().getFirst().shape()).containsExactly(1, 3, 2);
    assertThat(labels(mnist.train())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
    assertThat(x(mnist.test())[9]).isEqualTo(9 / 255f);
    assertThat(mnist.classNames()).hasSize(10);
  }

  @Test
  void mnistMissingOrMixedUp() throws IOException {
    String spec = "mnist:" + folder;
    refused("mnist:" + folder.resolve("none"), "no such folder");
    refused("mnist:" + folder.resolve("train-labels-idx1-ubyte"), "is not a folder");
    put("t10k-labels-idx1-ubyte.gz", zip(idx(8, new int[] {5, 1, 1}, 5)));
    refused(spec, "t10k-labels", "3 axes, where 1");
    put("t10k-labels-idx1-ubyte.gz", zip(idx(8, new int[] {4}, 4)));
    refused(spec, "5 images", "4 labels");
    put("t10k-labels-idx1-ubyte.gz", zip(idx(0x0D, new int[] {5}, 20)));
    refused(spec, "0x0D");
    put("t10k-labels-idx1-ubyte.gz", zip(idx(8, new int[] {5}, 5)));
    put("t10k-images-idx3-ubyte", idx(8, new int[] {5, 2, 3}, 30));
    refused(spec, "training images are [1, 3, 2], test images [1, 2, 3]");
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    refused(spec, "no file t10k-images-idx3-ubyte");
  }

  @Test
  void mnistTruncatedOrLying() throws IOException {
    String spec = "mnist:" + folder;
    put("train-labels-idx1-ubyte", idx(8, new int[] {12}, 11));
    refused(spec, "train-labels-idx1-ubyte", "only 11 follow");
    put("train-labels-idx1-ubyte", idx(8, new int[] {12}, 13));
    refused(spec, "more bytes follow");
    put("train-labels-idx1-ubyte", Arrays.copyOf(idx(8, new int[] {12}, 12), 6));
    refused(spec, "within its header");
    put("train-labels-idx1-ubyte", new byte[0]);
    refused(spec, "not an IDX file");
    put("train-labels-idx1-ubyte", "rubbish, not numbers".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    refused(spec, "not an IDX file");
    byte[] zipped = zip(idx(8, new int[] {12, 3, 2}, 72));
    put("train-images-idx3-ubyte.gz", Arrays.copyOf(zipped, zipped.length / 2));
    refused(spec, "train-images-idx3-ubyte.gz", "ends too early");
    zipped[zipped.length - 6] ^= 0x55;
    put("train-images-idx3-ubyte.gz", zipped);
    refused(spec, "train-images-idx3-ubyte.gz", "damaged");
    put("train-images-idx3-ubyte.gz", idx(8, new int[] {28, 2_000_000, 2000}, 3));
    refused(spec, "28 x 2000000 x 2000", "cannot be");
    put("train-images-idx3-ubyte.gz", idx(8, new int[] {2_000_000, 1000, 28}, 3));
    refused(spec, "2000000 x 1000 x 28", "does not have");
    put("train-images-idx3-ubyte.gz", idx(8, new int[] {2_000_000, 1000, 1}, 3));
    refused(spec, "only 3 follow");
    put("train-images-idx3-ubyte.gz", idx(8, new int[] {-1, 28, 28}, 3));
    refused(spec, "4294967295 x 28 x 28");
  }

  // CSV

  private String csv(String text) throws IOException {
    return "csv:" + Files.writeString(folder.resolve("t.csv"), text);
  }

  @Test
  void csvWithHeaderAndNamedClasses() throws IOException {
    DataSet set = DataSources.open(csv("""
        kind;a;b
        "red one";1;10
        blue;2;20
        blue;3;30
        "red one";4;40
        """) + ",label=kind,test=0.5,scale=none");
    assertThat(set.classNames()).containsExactly("blue", "red one");
    assertThat(set.train().count()).isEqualTo(2);
    assertThat(set.train().columns().getFirst().shape()).containsExactly(2);
    assertThat(labels(set.train())).containsExactlyInAnyOrder(0, 1);
    float[] train = x(set.train());
    assertThat(train[1]).isEqualTo(10 * train[0]);
  }

  @Test
  void csvColumnsAreStandardisedByTheTrainingExamples() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append(i).append(",5,").append(i % 2).append('\n');
    }
    DataSet set = DataSources.open(csv(text.toString()));
    float[] train = x(set.train());
    double mean = IntStream.range(0, 80).mapToDouble(i -> train[2 * i]).average().orElse(1);
    double square = IntStream.range(0, 80).mapToDouble(i -> train[2 * i] * train[2 * i]).average().orElse(0);
    assertThat(mean).isCloseTo(0, within(1e-6));
    assertThat(square).isCloseTo(1, within(1e-5));
    assertThat(train[1]).isZero();
    assertThat(set.test().count()).isEqualTo(20);
  }

  @Test
  void csvLeavesOutAFirstLineThatIsNoData() throws IOException {
    DataSet set = DataSources.open(csv("4,2,setosa\n1,2,0\n2,1,1\n3,4,0\n4,3,1\n") + ",header=skip,test=0.5");
    assertThat(set.train().count()).isEqualTo(2);
    assertThat(set.classNames()).containsExactly("0", "1");
  }

  @Test
  void csvFoldsTestEachRowOnce() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 23; i++) {
      text.append(i).append(',').append(i % 3).append('\n');
    }
    String spec = csv(text.toString()) + ",scale=none,folds=4,fold=";
    List<Float> tested = new ArrayList<>();
    for (int fold = 1; fold <= 4; fold++) {
      DataSet set = DataSources.open(spec + fold);
      assertThat(set.train().count() + set.test().count()).isEqualTo(23);
      for (float x : x(set.test())) {
        tested.add(x);
      }
    }
    assertThat(tested).hasSize(23).doesNotHaveDuplicates();
    refused(spec + 5, "fold=5");
  }

  @Test
  void csvTargetIsANumber() throws IOException {
    DataSet set = DataSources.open(csv("a,price\n1,0.5\n2,1.5\n3,2.5\n4,3.5\n5,4.5\n") + ",target=price");
    assertThat(set.train().columns().get(1)).isInstanceOfSatisfying(Column.Floats.class, y -> {
      assertThat(y.name()).isEqualTo("y");
      assertThat(y.shape()).isEmpty();
    });
    assertThat(set.classNames()).isEmpty();
  }

  @Test
  void csvWordsAndMissingValues() throws IOException {
    String text = "size,colour,price,kind\n1,red,2,a\n?,blue,4,b\n3,red,NA,a\n5,,8,b\n7,blue,6,a\n9,red,7,b\n";
    refused(csv(text) + ",label=kind", "t.csv:3", "`size` is `?`");
    refused(csv("c,l\nx,0\n,1\ny,0\nx,1\n") + ",label=l", "t.csv:3", "`c` has nothing here");
    DataSet filled = DataSources.open(csv(text) + ",label=kind,missing=mean,scale=none,test=0.3,validation=0.5");
    assertThat(filled.facts()).containsEntry("columns", "size\ncolour=blue\ncolour=red\nprice");
    assertThat(filled.columns().getFirst().shape()).containsExactly(4);
    for (DataSource part : new DataSource[] {filled.train(), filled.validation(), filled.test()}) {
      assertThat(part.count()).isEqualTo(2);
      for (float value : x(part)) {
        assertThat(value).isBetween(0f, 9f);
      }
    }
    DataSet whole = DataSources.open(csv(text) + ",target=price,missing=drop,test=0.5");
    assertThat(whole.train().count() + whole.test().count()).isEqualTo(3);
  }

  @Test
  void csvMistakesAreNamedWithTheirLine() throws IOException {
    refused(csv("a,label\n1,0\n\n2,1,9\n"), "t.csv:4: 3 cells, but 2");
    refused(csv("a,label\n1,0\nx,1\n"), "t.csv:3", "column `a` is `x`");
    refused(csv("a,label\n1,0\nNaN,1\n"), "t.csv:3", "not a finite number");
    refused(csv("a,label\n1,0\n\"2,1\n"), "t.csv:3", "quote");
    refused(csv(""), "empty");
    refused(csv("1,2\n"), "at least two");
    refused(csv("a,kind\n1,0\n2,1\n") + ",label=knd", "no column `knd` (did you mean `kind`?)");
    refused(csv("a,kind\n1,0\n2,1\n") + ",lable=kind", "no option `lable` (did you mean `label`?)");
    refused(csv("a,kind\n1,0\n2,1\n") + ",test=2", "test=2");
    refused(csv("a,kind\n1,0\n2,1\n") + ",header=maybe", "header=maybe");
    refused(csv("1,0.25\n2,0.5\n3,0.75\n4,0.1\n"), "these are no classes");
    refused(csv("a,kind\n1,0\n2,1\n"), "2 rows leave 2 to train and 0 to test");
    refused("csv:" + folder.resolve("none.csv"), "no such file");
    refused("csv:" + folder, "directory");
    Files.write(folder.resolve("t.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2});
    refused("csv:" + folder.resolve("t.csv"), "not a text file");
  }
}
