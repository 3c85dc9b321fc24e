package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dlm predict}, {@code dlm eval} and {@code dlm sample} on models that are trained here. */
class TrainedModelTest {
  private static final String MODELS = """
      model Digits {
        net = [flatten, Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
        fn missed(x: [N, 1, 8, 8], label: i32[N]) -> [] = 1 - accuracy(net(x), label)
      }

      model Letters {
        e = Embedding(4, 8)
        r = RNN(16)
        h = Linear(4)
        fn forward(ids: i32[N, T]) -> [N, T, 4] = ids |> e |> r |> h
        fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
      }

      model Table {
        net = Linear(2)
        fn forward(x: [N, 4]) -> [N, 2] = net(x)
        fn loss(x: [N, 4], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }

      model Parts {
        net = Conv2d(3, 1)
        fn forward(x: [N, 1, 6, 8]) -> [N, 3, 6, 8] = net(x)
        fn loss(x: [N, 1, 6, 8], label: i32[N, 6, 8]) -> [] =
          -mean(pick(log_softmax(rearrange(net(x), "n c h w -> n h w c")), label))
      }

      model Painter {
        net = [Linear(64), sigmoid, reshape([_, 1, 8, 8])]
        fn sample(z: [N, 3]) -> [N, 1, 8, 8] = net(z)
        fn loss(x: [N, 1, 8, 8]) -> [] = mse(sample(normal([N, 3])), x)
      }
      """;

  @TempDir static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = Files.writeString(folder.resolve("models.dlm"), MODELS).toString();
    Files.writeString(folder.resolve("abc.txt"), "abc\n".repeat(300));
    assertThat(Spoken.dlm("train", model, "--model", "Digits", "--data", "digits", "--epochs", "5", "--optimizer",
        "Adam(lr=0.01)", "--out", out("digits.safetensors")).code()).isZero();
    Spoken letters = Spoken.dlm("train", model, "--model", "Letters", "--data", "text:" + folder.resolve("abc.txt")
        + ",sequence=8", "--steps", "60", "--batch", "16", "--optimizer", "Adam(lr=0.02)", "--out",
        out("letters.safetensors"));
    assertThat(letters.code()).as(letters.err()).isZero();
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void linesThatWereExamplesAreWrittenOneByOne() {
    Spoken trained = Spoken.dlm("train", model, "--model", "Letters", "--data", "text:" + folder.resolve("abc.txt")
        + ",lines=each", "--steps", "80", "--batch", "16", "--optimizer", "Adam(lr=0.03)", "--out", out("lines.safetensors"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(Spoken.dlm("sample", model, "--model", "Letters", "--weights", out("lines.safetensors"), "--count", "40",
        "--temperature", "0").out()).isEqualTo("abc\n".repeat(10) + "\n");
    assertThat(Spoken.dlm("sample", model, "--model", "Letters", "--weights", out("lines.safetensors"), "--count", "6",
        "--temperature", "0", "--prompt", "ab").out()).isEqualTo("abc\nabc\n\n");
  }

  @Test
  void rowsOfATableAreScaledAsTheyWereInTraining() throws IOException {
    StringBuilder table = new StringBuilder("size,colour,weight,kind\n");
    for (int i = 0; i < 60; i++) {
      table.append(5000 + i).append(i % 2 == 0 ? ",red," : ",blue,").append(0.001 * i).append(i < 30 ? ",small\n" : ",large\n");
    }
    Files.writeString(folder.resolve("things.csv"), table);
    Spoken trained = Spoken.dlm("train", model, "--model", "Table", "--data", "csv:" + folder.resolve("things.csv"),
        "--optimizer", "Adam(lr=0.1)", "--epochs", "20", "--out", out("table.safetensors"));
    assertThat(trained.code()).as(trained.err()).isZero();
    Files.writeString(folder.resolve("rows.csv"), "weight,number,colour,size\n0.002,1,red,5002\n0.055,2,blue,5055\n");
    Files.writeString(folder.resolve("plain.csv"), "5002,red,0.002\n5055,blue,0.055\n");
    String weights = out("table.safetensors");
    Spoken rows = Spoken.dlm("predict", model, "--model", "Table", "--weights", weights, "--input", out("rows.csv"));
    assertThat(rows.out()).as(rows.err()).containsPattern("rows.csv 0: small [5-9]").containsPattern("rows.csv 1: large [5-9]");
    assertThat(Spoken.dlm("predict", model, "--model", "Table", "--weights", weights, "--input", out("plain.csv")).out()
        .replace("plain.csv", "rows.csv")).isEqualTo(rows.out());
    Spoken numbers = Spoken.dlm("predict", model, "--model", "Table", "--weights", weights, "--input", "5002,0,1,0.002");
    assertThat(numbers.out().split(": ")[1]).isEqualTo(rows.out().lines().findFirst().orElseThrow().split(": ")[1] + "\n");
    Files.writeString(folder.resolve("other.csv"), "weight,colour\n0.002,red\n");
    assertThat(Spoken.dlm("predict", model, "--model", "Table", "--weights", weights, "--input", out("other.csv")).err())
        .contains("other.csv: has no column size", "trained on size, colour, weight");
  }

  @Test
  void eachPixelIsNamed() throws IOException {
    // dark above, bright below, and something between them on the right
    float[] x = new float[40 * 48];
    int[] label = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      label[i] = i / 8 % 6 >= 3 ? 2 : i % 8 >= 6 ? 1 : 0;
      x[i] = 0.45f * label[i] + 0.001f * (i % 7);
    }
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String part : new String[] {"", "test."}) {
      writer.add(part + "x", new FloatTensor(x, 40, 1, 6, 8)).add(part + "label", IntTensor.of(label, 40, 6, 8));
    }
    writer.write(folder.resolve("parts.safetensors"), Map.of());
    String data = "arrays:" + folder.resolve("parts.safetensors");
    Spoken trained = Spoken.dlm("train", model, "--model", "Parts", "--data", data, "--steps", "300", "--batch", "20",
        "--optimizer", "Adam(lr=0.2)", "--out", out("map.safetensors"));
    assertThat(trained.code()).as(trained.err()).isZero();
    Spoken shown = Spoken.dlm("predict", model, "--model", "Parts", "--weights", out("map.safetensors"), "--data", data,
        "--count", "2", "--picture", out("parts.png"));
    String line = "2 50.00 %, 0 37.50 %, 1 12.50 % of the pixels";
    assertThat(shown.out()).as(shown.err()).isEqualTo("0: " + line + "; 100.00 % of the pixels right\n1: " + line
        + "; 100.00 % of the pixels right\n");
    BufferedImage picture = ImageIO.read(folder.resolve("parts.png").toFile());
    // the example, what was found and what is right, side by side
    assertThat(picture.getWidth()).isGreaterThan(2 * (3 * 8 + 4) * 14);
    BufferedImage own = new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 48; i++) {
      own.getRaster().setSample(i % 8, i / 8, 0, Math.round(x[i] * 255));
    }
    ImageIO.write(own, "png", folder.resolve("own.png").toFile());
    assertThat(Spoken.dlm("predict", model, "--model", "Parts", "--weights", out("map.safetensors"), "--input",
        out("own.png"), "--top", "2").out()).isEqualTo(out("own.png") + ": 2 50.00 %, 0 37.50 % of the pixels\n");
  }

  @Test
  void imagesAreMadeOfNoiseAndJudged() throws IOException {
    Spoken trained = Spoken.dlm("train", model, "--model", "Painter", "--data", "digits", "--steps", "20", "--out",
        out("painter.safetensors"));
    assertThat(trained.code()).as(trained.err()).isZero();
    Spoken made = Spoken.dlm("sample", model, "--model", "Painter", "--weights", out("painter.safetensors"), "--count",
        "70", "--picture", out("made.png"), "--tensors", out("made.safetensors"), "--seed", "3");
    assertThat(made.out()).as(made.err()).contains("made.png", "made.safetensors");
    BufferedImage grid = ImageIO.read(folder.resolve("made.png").toFile());
    assertThat(grid.getWidth()).isEqualTo(grid.getHeight() / 8 * 9);
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("made.safetensors"))) {
      assertThat(file.tensors().get("x").shape()).containsExactly(70, 1, 8, 8);
    }
    Spoken judged = Spoken.dlm("predict", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--input",
        out("made.safetensors"), "--summary");
    assertThat(judged.out()).as(judged.err()).contains("70 examples: the likeliest class has a share of ").hasLineCount(12);
    assertThat(Spoken.dlm("sample", model, "--model", "Painter", "--weights", out("painter.safetensors")).code())
        .isEqualTo(2);
  }

  @Test
  void aPictureIsNamed() throws IOException {
    Examples test = Examples.of(DataSources.open("digits").test());
    float[] pixels = ((Column.Floats) test.columns().getFirst()).data();
    int label = ((Column.Ints) test.columns().get(1)).data()[3];
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      picture.getRaster().setSample(i % 8, i / 8, 0, Math.round(pixels[3 * 64 + i] * 255));
    }
    ImageIO.write(picture, "png", folder.resolve("digit.png").toFile());
    float[] own = java.util.Arrays.copyOfRange(pixels, 3 * 64, 4 * 64);
    new SafetensorsWriter().add("x", new FloatTensor(own, 1, 1, 8, 8)).write(folder.resolve("digit.safetensors"), Map.of());
    String numbers = String.join(",", IntStream.range(0, 64).mapToObj(i -> Float.toString(own[i])).toList());
    for (String input : new String[] {out("digit.png"), out("digit.safetensors"), numbers}) {
      Spoken spoken = Spoken.dlm("predict", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--input",
          input, "--top", "2");
      assertThat(spoken.out()).as(spoken.err()).contains(": " + label + " ").matches("(?s).*: \\d [0-9.]+ %, \\d [0-9.]+ %\n");
    }
  }

  @Test
  void weightsAreMeasured() {
    Spoken spoken = Spoken.dlm("eval", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--data",
        "digits", "--metrics", "missed");
    assertThat(spoken.out()).as(spoken.err()).contains("test of digits, 359 examples", "taken for", "loss 0.", "accuracy 9",
        "missed 0.0");
    assertThat(Spoken.dlm("eval", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--data", "digits",
        "--part", "train").out()).contains("train of digits, 1,438 examples");
    assertThat(Spoken.dlm("eval", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--data", "digits",
        "--part", "all").code()).isEqualTo(2);
  }

  @Test
  void textGoesOn() {
    Spoken spoken = Spoken.dlm("sample", model, "--model", "Letters", "--weights", out("letters.safetensors"), "--prompt",
        "ab", "--count", "10", "--temperature", "0", "--window", "8");
    assertThat(spoken.out()).as(spoken.err()).isEqualTo("abc\nabc\nabc\n\n");
    String[] same = {"sample", model, "--model", "Letters", "--weights", out("letters.safetensors"), "--temperature", "5",
        "--count", "40", "--seed", "3"};
    assertThat(Spoken.dlm(same).out()).isEqualTo(Spoken.dlm(same).out()).hasSize(41);
    same[same.length - 1] = "4";
    String other = Spoken.dlm(same).out();
    same[same.length - 1] = "3";
    assertThat(other).isNotEqualTo(Spoken.dlm(same).out());
  }

  @Test
  void weightsGoOutUnderOtherNamesAndComeBack() throws IOException {
    Path table = Files.writeString(folder.resolve("names.txt"), "head.* -> net.1.*  # as somebody else calls it\n");
    assertThat(Spoken.dlm("weights", out("digits.safetensors"), "-o", out("plain.safetensors"), "--names",
        table.toString()).err()).contains("2 tensors");
    try (SafetensorsFile plain = SafetensorsFile.open(folder.resolve("plain.safetensors"))) {
      assertThat(plain.tensors()).containsOnlyKeys("head.weight", "head.bias");
    }
    Spoken back = Spoken.dlm("eval", model, "--model", "Digits", "--weights", out("plain.safetensors"), "--rename",
        table.toString(), "--data", "digits");
    assertThat(back.out()).isEqualTo(Spoken.dlm("eval", model, "--model", "Digits", "--weights", out("digits.safetensors"),
        "--data", "digits").out());
    Files.writeString(table, "a.*.* -> b.*\n");
    assertThat(Spoken.dlm("weights", out("digits.safetensors"), "-o", out("x"), "--names", table.toString()).err())
        .contains("names.txt:1", "cannot be read backwards");
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThat(Spoken.dlm("predict", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--input",
        "nothing.png").err()).contains("nothing.png: no such file");
    assertThat(Spoken.dlm("predict", model, "--model", "Digits", "--weights", out("digits.safetensors"), "--input",
        "1,2,3").err()).contains("3 numbers do not make one example");
    assertThat(Spoken.dlm("predict", model, "--model", "Letters", "--weights", out("digits.safetensors"), "--input",
        "1").err()).contains("these weights are not those of the model");
    assertThat(Spoken.dlm("sample", model, "--model", "Digits", "--weights", out("digits.safetensors")).err())
        .contains("the weights know no vocabulary");
    assertThat(Spoken.dlm("sample", model, "--model", "Letters", "--weights", out("letters.safetensors"), "--prompt",
        "xyz").err()).contains("the character `x` is not in the vocabulary");
  }
}
