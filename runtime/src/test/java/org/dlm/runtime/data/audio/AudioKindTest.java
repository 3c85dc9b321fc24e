package org.dlm.runtime.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.PassOrder;
import org.dlm.runtime.data.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioKindTest {
  @TempDir Path folder;

  private static byte[] wav(int kind, int bits, int channels, int rate, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(54 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(46 + data.length).put("WAVE".getBytes(StandardCharsets.US_ASCII));
    out.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(1).putShort((short) 7);
    out.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) kind).putShort((short) channels);
    out.putInt(rate).putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8)).putShort((short) bits);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return out.array();
  }

  private float[] read(byte[] bytes) throws IOException {
    return Wave.read(Files.write(folder.resolve("one.wav"), bytes)).samples();
  }

  @Test
  void everyUsualKindOfWavIsRead() throws IOException {
    assertThat(read(wav(1, 8, 1, 8000, new byte[] {0, (byte) 128, (byte) 192}))).containsExactly(-1, 0, 0.5f);
    assertThat(read(wav(1, 16, 1, 8000, new byte[] {0, (byte) 0x80, 0, 0x40}))).containsExactly(-1, 0.5f);
    assertThat(read(wav(1, 24, 1, 8000, new byte[] {0, 0, (byte) 0x80, 0, 0, 0x40, 1, 0, 0})))
        .containsExactly(-1, 0.5f, 1 / 8388608f);
    byte[] floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.25f).putFloat(-0.75f).array();
    assertThat(read(wav(3, 32, 1, 8000, floats))).containsExactly(0.25f, -0.75f);
    assertThat(read(wav(3, 32, 2, 8000, floats))).as("the mean of two channels").containsExactly(-0.25f);
    byte[] doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.125).array();
    assertThat(read(wav(3, 64, 1, 8000, doubles))).containsExactly(0.125f);
    new Wave(4000, new float[] {0.5f, -2, 1}).write(folder.resolve("out.wav"));
    Wave back = Wave.read(folder.resolve("out.wav"));
    assertThat(back.rate()).isEqualTo(4000);
    assertThat(back.samples()).containsExactly(0.5f, -1, 32767 / 32768f);
  }

  @Test
  void whatIsNoWavIsSaid() throws IOException {
    assertThatThrownBy(() -> read(wav(6, 8, 1, 8000, new byte[4]))).hasMessageContaining("format 6 with 8 bits");
    assertThatThrownBy(() -> read(Arrays.copyOf(wav(1, 16, 1, 8000, new byte[40]), 60))).hasMessageContaining("announces 40 bytes");
    assertThatThrownBy(() -> read(Arrays.copyOf(wav(1, 16, 1, 8000, new byte[40]), 30))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(new byte[100])).hasMessageContaining("not a WAV");
  }

  @Test
  void aSpectrumIsThatOfTheDefinitionAndBack() {
    double[] real = {1, 2, -3, 4, 0.5, 0, 7, -1};
    double[] imaginary = new double[8];
    double[] before = real.clone();
    new Fourier(8).transform(real, imaginary);
    for (int k = 0; k < 8; k++) {
      double r = 0;
      double i = 0;
      for (int n = 0; n < 8; n++) {
        r += before[n] * Math.cos(2 * Math.PI * k * n / 8);
        i -= before[n] * Math.sin(2 * Math.PI * k * n / 8);
      }
      assertThat(real[k]).isCloseTo(r, within(1e-12));
      assertThat(imaginary[k]).isCloseTo(i, within(1e-12));
    }
    new Fourier(8).invert(real, imaginary);
    assertThat(real).containsExactly(before, within(1e-12));
  }

  @Test
  void spectrogramsAreThoseOfTheReference() throws IOException {
    float[] wave = new float[1000];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = (float) (0.5 * Math.sin(0.05 * i) + (i > 500 ? 0.25 * Math.sin(0.9 * i) : 0));
    }
    float[] computed = new MelSpectrogram(8000, 8, 200, 80).of(wave);
    List<String> lines;
    try (var in = AudioKindTest.class.getResourceAsStream("logmel.csv")) {
      lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
    assertThat(computed).hasSize(8 * lines.size());
    for (int t = 0; t < lines.size(); t++) {
      String[] cells = lines.get(t).split(",");
      for (int m = 0; m < 8; m++) {
        assertThat(computed[t * 8 + m]).isCloseTo(Float.parseFloat(cells[m]), within(2e-4f));
      }
    }
  }

  private void recording(String name, int samples) throws IOException {
    float[] wave = new float[samples];
    for (int i = 0; i < samples; i++) {
      wave[i] = (float) Math.sin(i * 0.1 * name.charAt(0));
    }
    Files.createDirectories(folder.resolve(name).getParent());
    new Wave(8000, wave).write(folder.resolve(name));
  }

  @Test
  void recordingsWithTheLettersOfTheirWords() throws IOException {
    for (int i = 0; i < 10; i++) {
      recording("0_ann_" + i + ".wav", 800 + 80 * i);
      recording("1_bob_" + i + ".wav", 400);
    }
    DataSet set = DataSources.open("audio:" + folder + ",mels=10,target=letters,names=zero+one,heldout=*_[0-2].wav,normalize=yes,"
        + "augment=mask_time(3)");
    assertThat(set.train().count()).isEqualTo(14);
    assertThat(set.test().count()).isEqualTo(6);
    assertThat(set.columns()).extracting(Column::name).containsExactly("audio", "text", "speaker", "audio_length", "text_length");
    assertThat(set.columns().getFirst().longest()).isEqualTo(1520 / 80 + 1);
    Example example = new Example(set.train().columns());
    try (DataSource.Pass pass = set.test().pass(PassOrder.AS_THEY_COME)) {
      pass.skip(1);
      pass.next(example);
    }
    assertThat(example.length(0)).isEqualTo((800 + 80) / 80 + 1);
    Vocabulary letters = Vocabulary.of(set.facts()).orElseThrow();
    assertThat(letters.decode(Arrays.copyOf(example.ints(1), example.length(1)))).isEqualTo("zero");
    assertThat(letters.size()).isEqualTo("0 enorz".length());
    assertThat(example.ints(2)[0]).isZero();
    assertThat(set.facts()).containsEntry("speakers", "ann\nbob");
    DataSet classes = DataSources.open("audio:" + folder + ",features=wave");
    assertThat(classes.classNames()).containsExactly("0", "1");
    assertThat(classes.columns().getFirst().longest()).isEqualTo(1520);
  }

  private void refused(String options, String... parts) {
    assertThatThrownBy(() -> DataSources.open("audio:" + folder + options)).isInstanceOf(InputProblem.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void damagedRecordingsAreNamedOrLeftOut() throws IOException {
    refused("", "no WAV files");
    for (int i = 0; i < 5; i++) {
      recording("yes/" + i + ".wav", 300);
      recording("no/" + i + ".wav", 300);
    }
    Path broken = folder.resolve("no/3.wav");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 100));
    refused("", "no/3.wav", "announces 600 bytes");
    DataSet set = DataSources.open("audio:" + folder + ",corrupt=skip");
    assertThat(set.train().count() + set.test().count()).isEqualTo(9);
    assertThat(set.scaling()).contains("1 left out", "no/3.wav");
    new Wave(16000, new float[100]).write(broken);
    refused("", "no/3.wav", "16000 samples a second, those before 8000");
    refused(",corrupt=skip,names=a+b+c", "3 names to 2 classes");
    refused(",corrupt=skip,hop=0", "hop");
  }

  @Test
  void otherRecordingsForATrainedModel() throws IOException {
    for (int i = 0; i < 10; i++) {
      recording("0_ann_" + i + ".wav", 800);
      recording("1_ann_" + i + ".wav", 900);
    }
    DataSet learnt = DataSources.open("audio:" + folder, "mels=4,names=zero+one,normalize=yes,validation=0.2");
    Path made = Files.createDirectory(folder.resolve("made"));
    Files.move(folder.resolve("1_ann_0.wav"), made.resolve("one_eve_0.wav"));
    DataSet others = DataSources.open("audio:" + made + ",heldout=*", learnt.facts());
    assertThat(others.train().count()).isZero();
    assertThat(others.test().count()).isEqualTo(1);
    assertThat(others.facts()).containsEntry("mean", learnt.facts().get("mean"));
    Example example = new Example(others.columns());
    try (DataSource.Pass pass = others.test().pass(PassOrder.AS_THEY_COME)) {
      pass.next(example);
    }
    assertThat(example.ints(1)[0]).as("`one` is the second name").isEqualTo(1);
    assertThatThrownBy(() -> DataSources.open("audio:" + made + ",heldout=*,normalize=yes"))
        .hasMessageContaining("no examples to train");
  }
}
