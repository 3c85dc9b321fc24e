package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.store.SafetensorsWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data and options of data that are wrong: what is said, and that nothing is trained on them. */
class MisusedDataTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Files.writeString(folder.resolve("table.dlm"), """
        model Table {
          net = Linear(3)
          fn forward(x: [N, 2]) -> [N, 3] = net(x)
          fn loss(x: [N, 2], label: i32[N]) -> [] = cross_entropy(net(x), label)
        }
        """);
    Files.writeString(folder.resolve("sound.dlm"), """
        model Sound {
          head = Linear(2)
          fn forward(audio: [N, T, 8]) -> [N, 2] = head(mean(audio, axes = 1))
          fn loss(audio: [N, T, 8], label: i32[N]) -> [] = cross_entropy(forward(audio), label)
        }
        """);
    table("good", "a,b,label", -1, "");
    Files.createDirectory(folder.resolve("sounds"));
    for (String name : new String[] {"x_1", "x_2", "x_3", "y_1", "y_2", "y_3"}) {
      wave(folder.resolve("sounds").resolve(name + ".wav"), 2000);
    }
    wave(folder.resolve("silence.wav"), 0);
  }

  /** Thirty rows, of which one is another. */
  private static void table(String name, String head, int other, String row) throws IOException {
    StringBuilder text = new StringBuilder(head + "\n");
    for (int i = 0; i < 30; i++) {
      text.append(i == other ? row : i + "," + 3 * i % 7 + "," + "xyz".charAt(i % 3)).append('\n');
    }
    Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static void wave(Path file, int samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes()).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes()).putInt(16).putShort((short) 1)
        .putShort((short) 1).putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16).put("data".getBytes())
        .putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      bytes.putShort((short) (i * 7919));
    }
    Files.write(file, bytes.array());
  }

  private static void arrays(String name, float[] x, int[] label, Map<String, FloatTensor> more) {
    SafetensorsWriter writer = new SafetensorsWriter().add("x", new FloatTensor(x, x.length / 2, 2))
        .add("label", IntTensor.of(label, label.length));
    more.forEach(writer::add);
    writer.write(folder.resolve(name + ".safetensors"), Map.of());
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static String train(String model, String data) {
    Spoken spoken = dlm("train", file(model), "--data", data, "--epochs", "1", "--out", file("w.safetensors"));
    assertThat(spoken.code()).as(data + "\n" + spoken.err()).isEqualTo(1);
    return spoken.err();
  }

  private static String ofTable(String options) {
    return train("table.dlm", "csv:" + file("good.csv") + options);
  }

  @Test
  void cellsThatAreNoNumbers() throws IOException {
    table("nan", "a,b,label", 7, "1,NaN,x");
    assertThat(train("table.dlm", "csv:" + file("nan.csv"))).contains("nan.csv:9: column `b` is `NaN`", "missing=drop");
    table("endless", "a,b,label", 7, "inf,1,x");
    assertThat(train("table.dlm", "csv:" + file("endless.csv"))).contains("endless.csv:9: column `a` is `inf`");
    table("huge", "a,b,label", 7, "1e300,1,x");
    assertThat(train("table.dlm", "csv:" + file("huge.csv"))).contains("huge.csv:9: column `a` is `1e300`");
    table("wide", "a,b,label", 5, "1,2,3,x");
    assertThat(train("table.dlm", "csv:" + file("wide.csv"))).contains("wide.csv:7: 4 cells, but 3");
    table("open", "a,b,label", 5, "1,\"2,x");
    assertThat(train("table.dlm", "csv:" + file("open.csv"))).contains("open.csv:7: a quote is not closed");
    table("twice", "a,a,label", -1, "");
    assertThat(train("table.dlm", "csv:" + file("twice.csv"))).contains("twice.csv:1: two columns are called `a`");
  }

  @Test
  void classesThatAModelDoesNotKnow() throws IOException {
    table("four", "a,b,label", 5, "1,2,w");
    assertThat(train("table.dlm", "csv:" + file("four.csv"))).contains("has the label 3, but the model knows only 0 to 2");
    arrays("below", new float[20], new int[] {0, 1, 2, 0, 1, 2, 0, 1, -1, 0}, Map.of());
    assertThat(train("table.dlm", "arrays:" + file("below.safetensors"))).contains("has the label -1", "knows only 0 to 2");
    arrays("above", new float[20], new int[] {0, 1, 2, 0, 1, 2, 0, 1, 9, 0}, Map.of());
    assertThat(train("table.dlm", "arrays:" + file("above.safetensors"))).contains("has the label 9");
  }

  @Test
  void arraysThatDoNotFit() {
    int[] labels = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0};
    float[] numbers = new float[20];
    numbers[5] = Float.NaN;
    arrays("nan", numbers, labels, Map.of());
    assertThat(train("table.dlm", "arrays:" + file("nan.safetensors")))
        .containsPattern("the loss is NaN at step 1 .*`x` of training example \\d is NaN");
    arrays("short", new float[20], new int[] {0, 1}, Map.of());
    assertThat(train("table.dlm", "arrays:" + file("short.safetensors"))).contains("`label` has the shape [2]");
    arrays("wide", new float[20], labels, Map.of("test.x", FloatTensor.zeros(4, 3), "test.label", FloatTensor.zeros(4)));
    assertThat(train("table.dlm", "arrays:" + file("wide.safetensors")))
        .contains("examples of `test.x` are F32[3], those of `x` F32[2]");
    arrays("alone", new float[20], labels, Map.of("test.x", FloatTensor.zeros(4, 2)));
    assertThat(train("table.dlm", "arrays:" + file("alone.safetensors"))).contains("there is no `test.label` for `label`");
    assertThat(train("table.dlm", "arrays:" + file("good.csv"))).contains("good.csv: not a safetensors file");
  }

  /** Test tensors may lie in another order than those to train on. */
  @Test
  void testTensorsAreFoundByName() throws IOException {
    new SafetensorsWriter().add("test.label", IntTensor.of(new int[] {0, 1}, 2)).add("x", FloatTensor.zeros(4, 2))
        .add("label", IntTensor.of(new int[] {0, 1, 2, 0}, 4)).add("test.x", FloatTensor.zeros(2, 2))
        .write(folder.resolve("mixed.safetensors"), Map.of());
    Spoken spoken = dlm("train", file("table.dlm"), "--data", "arrays:" + file("mixed.safetensors"), "--epochs", "1",
        "--out", file("w.safetensors"));
    assertThat(spoken.err()).contains("on 4 examples, testing on 2");
    assertThat(spoken.code()).isZero();
  }

  @Test
  void optionsThatMakeNoSense() {
    Map<String, String> wrong = Map.ofEntries(Map.entry(",labl=a", "no option `labl` (did you mean `label`?)"),
        Map.entry(",label=nope", "no column `nope`"), Map.entry(",label=a,label=b", "`label` is given twice"),
        Map.entry(",test=1.5", "is not a share"), Map.entry(",test=NaN", "is not a share"),
        Map.entry(",test=half", "Write a number"), Map.entry(",test=0.001", "leave 30 to train and 0 to test"),
        Map.entry(",folds=1", "at least 2"), Map.entry(",folds=5,fold=6", "from 1 to 5"),
        Map.entry(",fold=2", "say how many with folds=5"), Map.entry(",folds=99", "only 30 rows"),
        Map.entry(",header=maybe", "header=auto"), Map.entry(",missing=zero", "missing=fail"),
        Map.entry(",scale=log", "scale=standard"), Map.entry(",target=label", "is `x`, not a finite number"),
        Map.entry(",augment=crop(2)", "is for images"), Map.entry(",augment=mixup(2", "is not known"),
        Map.entry(",normalize=maybe", "normalize=no"));
    wrong.forEach((options, said) -> assertThat(ofTable(options)).as(options).contains(said));
    assertThat(train("table.dlm", "digits:somewhere")).contains("`digits` is no file or folder");
    assertThat(train("table.dlm", "csv")).contains("`csv` needs a file");
    assertThat(train("table.dlm", "")).contains("no data source ``");
    assertThat(train("table.dlm", "csv:" + folder)).contains("is a directory");
  }

  @Test
  void recordings() throws IOException {
    String data = "audio:" + file("sounds") + ",mels=8";
    assertThat(train("sound.dlm", data + ",heldout=[")).contains("heldout=[ is not understood", "*_[0-4].wav");
    assertThat(train("sound.dlm", data + ",heldout=no*")).contains("0 to test");
    assertThat(train("sound.dlm", data + ",hop=-1")).contains("times in seconds");
    assertThat(train("sound.dlm", "audio:" + file("sounds") + ",mels=5000")).contains("mels=5000 is not understood");
    assertThat(train("sound.dlm", data + ",names=a")).contains("gives 1 names to 2 classes");
    assertThat(dlm("train", file("sound.dlm"), "--data", data, "--epochs", "1", "--out", file("sound.safetensors")).code())
        .isZero();
    Files.write(folder.resolve("cut.wav"), Arrays.copyOf(Files.readAllBytes(folder.resolve("sounds").resolve("x_1.wav")), 90));
    List<String> said = new ArrayList<>();
    for (String name : new String[] {"silence.wav", "cut.wav", "nowhere.wav", "good.csv"}) {
      Spoken spoken = dlm("predict", file("sound.dlm"), "--weights", file("sound.safetensors"), "--input", file(name));
      assertThat(spoken.code()).as(name).isEqualTo(1);
      said.add(spoken.err());
    }
    assertThat(said.get(0)).contains("silence.wav: cannot be read as a recording: there is no sound in it");
    assertThat(said.get(1)).contains("cut.wav: cannot be read as a recording");
    assertThat(said.get(2)).contains("nowhere.wav");
    assertThat(said.get(3)).contains("do not know the columns of a table");
  }

  @Test
  void inputsOfACall() {
    arrays("in", new float[] {1, 2, 3, 4}, new int[] {0, 5}, Map.of());
    assertThat(run("in")).contains("in.safetensors: element 1 of `label` is 5, but the model knows only 0 to 2");
    arrays("uneven", new float[] {1, 2, 3, 4}, new int[] {0, 1, 2}, Map.of());
    assertThat(run("uneven")).contains("input `label` of `loss` is i32[3]", "axis 0 must be 2", "table.dlm:4");
    arrays("none", new float[0], new int[0], Map.of());
    assertThat(run("none")).contains("input `x` of `loss` is [0, 2]", "axis 0 is empty", "table.dlm:4");
  }

  private static String run(String inputs) {
    Spoken spoken = dlm("run", file("table.dlm"), "--fn", "loss", "--inputs", file(inputs + ".safetensors"), "--outputs",
        file("out.safetensors"));
    assertThat(spoken.code()).isEqualTo(1);
    return spoken.err();
  }

  @Test
  void timesAndDimsOfMeasurements() {
    String model = file("table.dlm");
    for (String command : new String[] {"bench", "tune"}) {
      for (String seconds : new String[] {"0", "-1", "NaN"}) {
        assertThat(dlm(command, model, "--seconds", seconds).code()).as(command + " " + seconds).isEqualTo(2);
      }
      assertThat(dlm(command, model, "--seconds", "0.1", "--fn", "lss").err()).contains("no function `lss` (did you mean `loss`?)");
      assertThat(dlm(command, model, "--seconds", "0.1", "--infer", "forwad").err()).contains("did you mean `forward`?");
      assertThat(dlm(command, model, "--seconds", "0.1", "--dims", "M=3").err()).contains("have no open dim `M`");
      assertThat(dlm(command, model, "--seconds", "0.1", "--dims", "N=0").err()).contains("a dim is a positive whole number");
    }
    assertThat(dlm("bench", model, "--fn", "forward", "--seconds", "0.1").err()).contains("`forward` has no gradient");
    assertThat(dlm("bench", file("sound.dlm"), "--dims", "N=99999,T=99999", "--seconds", "0.1").err())
        .contains("has more elements than one array holds");
  }

  @Test
  void filesToWrite() throws IOException {
    arrays("weights", new float[4], new int[2], Map.of());
    String weights = file("weights.safetensors");
    assertThat(dlm("weights", weights, "-o", weights).err()).contains("is the checkpoint itself");
    assertThat(dlm("weights", weights, "-o", folder.toString()).err()).contains("is a directory");
    assertThat(dlm("export", file("table.dlm"), "-o", file("x.onnx"), "--rename", weights).err()).contains("--rename needs --weights");
    Path empty = Files.createFile(folder.resolve("empty.dlm"));
    assertThat(dlm("inspect", empty.toString()).err()).contains("there is no model in these files");
    assertThat(dlm("compile", empty.toString(), "-o", file("made")).err()).contains("there is nothing to compile");
  }
}
