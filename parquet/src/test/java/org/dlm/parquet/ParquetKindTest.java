package org.dlm.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that another program wrote (hyparquet-writer 0.17): numbers of four types, words, truth values; with holes. */
class ParquetKindTest {
  @TempDir Path folder;

  private static Path file(String name) throws URISyntaxException {
    return Path.of(ParquetKindTest.class.getResource("/" + name).toURI());
  }

  private static DataSet open(Path file, String options) {
    return DataSources.open("parquet:" + file + options);
  }

  private static float[] x(DataSet data) {
    return ((Column.Floats) Examples.of(data.train()).columns().getFirst()).data();
  }

  @Test
  void columnsBecomeExamples() throws Exception {
    DataSet data = open(file("plain.parquet"), ",scale=none");
    assertThat(data.classNames()).containsExactly("setosa", "versicolor", "virginica");
    assertThat(data.train().count() + data.test().count()).isEqualTo(60);
    assertThat(data.test().count()).isEqualTo(12);
    assertThat(data.facts().get("columns")).isEqualTo("length\nwidth\ncount\ncolour=blue\ncolour=grün\ncolour=red\nflag");
    Examples train = Examples.of(data.train());
    int[] labels = ((Column.Ints) train.columns().get(1)).data();
    float[] x = x(data);
    for (int i = 0; i < labels.length; i++) {
      float[] row = Arrays.copyOfRange(x, i * 7, i * 7 + 7);
      assertThat((int) row[0]).as("length begins with the number of its kind").isEqualTo(new int[] {0, 2, 1}[labels[i]]);
      assertThat(row[3] + row[4] + row[5]).isEqualTo(1);
      assertThat(row[6]).isIn(0f, 1f);
    }
  }

  @Test
  void compressedOrNotTheNumbersAreTheSame() throws Exception {
    assertThat(x(open(file("snappy.parquet"), ""))).isEqualTo(x(open(file("plain.parquet"), "")));
    float[] scaled = x(open(file("snappy.parquet"), ""));
    double mean = 0;
    for (int i = 0; i < scaled.length; i += 7) {
      mean += scaled[i];
    }
    assertThat(mean).isCloseTo(0, within(1e-4));
  }

  @Test
  void whatSnappyWroteOnceIsReadAsOftenAsItWas() throws Exception {
    // 400 rows in 919 bytes: lengths repeat after 3 rows but for every 50th, widths after 7
    DataSet data = open(file("repeats.parquet"), ",scale=none,test=0.5");
    List<List<Float>> rows = new ArrayList<>();
    for (DataSource part : List.of(data.train(), data.test())) {
      float[] x = ((Column.Floats) Examples.of(part).columns().getFirst()).data();
      for (int i = 0; i < x.length; i += 2) {
        rows.add(List.of(x[i], x[i + 1]));
      }
    }
    List<List<Float>> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      expected.add(List.of((float) (1.25 * (1 + i % 3) + (i % 50 == 0 ? i / 7.0 : 0)), 0.5f + i % 7));
    }
    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whatOnlyNativeCodeReadsIsRefused() throws Exception {
    String text = Files.readString(file("snappy.parquet"), StandardCharsets.ISO_8859_1);
    // the number of the codec, between the path of a column and the number of its values
    Path zstd = Files.writeString(folder.resolve("zstd.parquet"), text.replace("\u0015\u0002\u0016", "\u0015\f\u0016"),
        StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> open(zstd, "")).isInstanceOf(InputProblem.class)
        .hasMessageContaining("zstd.parquet: is compressed with ZSTD, which is read by native code only");
  }

  @Test
  void aNumberToPredict() throws Exception {
    DataSet data = open(file("plain.parquet"), ",target=width,test=0.5");
    assertThat(data.train().columns()).extracting(Column::name).containsExactly("x", "y");
    assertThat(data.train().count()).isEqualTo(30);
  }

  @Test
  void whatIsMissingIsNamedLeftOutOrFilled() throws Exception {
    assertThatThrownBy(() -> open(file("holes.parquet"), "")).isInstanceOf(InputProblem.class)
        .hasMessageContaining("holes.parquet:5: column `length` is ``, not a finite number");
    assertThat(open(file("holes.parquet"), ",missing=drop")).satisfies(d ->
        assertThat(d.train().count() + d.test().count()).isEqualTo(59));
    assertThat(x(open(file("holes.parquet"), ",missing=mean"))).doesNotContain(Float.NaN);
  }

  @Test
  void whatCannotBeReadIsTold() throws Exception {
    assertThatThrownBy(() -> open(file("nested.parquet"), "")).isInstanceOf(InputProblem.class)
        .hasMessageContaining("column `tags").hasMessageContaining("is no column of single values");
    assertThatThrownBy(() -> open(file("dates.parquet"), "")).isInstanceOf(InputProblem.class)
        .hasMessageContaining("column `day` is ");
    assertThatThrownBy(() -> open(folder, "")).isInstanceOf(InputProblem.class).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> open(folder.resolve("none"), "")).hasMessageContaining("no such file");
    assertThatThrownBy(() -> open(file("plain.parquet"), ",header=yes")).hasMessageContaining("no option `header`");
  }

  @Test
  void damagedFilesAreTold() throws Exception {
    byte[] whole = Files.readAllBytes(file("snappy.parquet"));
    for (int length : new int[] {0, 3, 8, 200, whole.length / 2, whole.length - 1}) {
      damaged(Arrays.copyOf(whole, length));
    }
    byte[] changed = whole.clone();
    changed[whole.length - 6] ^= 0x7F;
    damaged(changed);
    Arrays.fill(changed, 10, 60, (byte) 0xA5);
    damaged(changed);
  }

  private void damaged(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.parquet"), bytes);
    assertThatThrownBy(() -> open(file, "")).isInstanceOf(InputProblem.class).hasMessageContaining("damaged.parquet");
  }
}
