package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong, as a user sees it: one message with the place and the way out, never a stack trace or half a file. */
class BadInputTest {
  private static final String SMALL = Dlm.FILES.resolve("small.dlm").toString();
  private static final String SMALL28 = Dlm.FILES.resolve("small28.dlm").toString();

  @TempDir Path folder;
  private Dlm dlm;

  @BeforeEach
  void packaged() {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    dlm = new Dlm(folder);
  }

  @Test
  void wrongUsage() throws IOException, InterruptedException {
    dlm.run("chekc", SMALL).fails(2, "chekc");
    dlm.run("check").fails(2, "FILE");
    dlm.run("train", SMALL).fails(2, "--data");
  }

  @Test
  void filesThatAreNoModels() throws IOException, InterruptedException {
    dlm.run("check", "nowhere.dlm").fails(1, "E0109", "nowhere.dlm");
    dlm.run("check", folder.toString()).fails(1, "E0109", "folder");
    Files.createFile(folder.resolve("empty.dlm"));
    dlm.run("summary", "empty.dlm").fails(1, "empty.dlm");
    byte[] rubbish = new byte[2000];
    new Random(1).nextBytes(rubbish);
    Files.write(folder.resolve("rubbish.dlm"), rubbish);
    dlm.run("check", "rubbish.dlm").fails(1, "rubbish.dlm");
    byte[] large = new byte[10 << 20];
    Arrays.fill(large, (byte) 'x');
    Files.write(folder.resolve("large.dlm"), large);
    dlm.run("check", "large.dlm").fails(1, "large.dlm");
  }

  @Test
  void mistakesInAModel() throws IOException, InterruptedException {
    model("typo.dlm", "Linaer(16)");
    dlm.run("check", "typo.dlm").fails(1, "error[E0201]", "typo.dlm:4:19", "`Linear`");
    model("argument.dlm", "Linear(16, use_bais = false)");
    dlm.run("check", "argument.dlm").fails(1, "error[E0203]", "argument.dlm:4", "`use_bias`");
    model("shape.dlm", "Linear(16, in = 63)");
    dlm.run("check", "shape.dlm").fails(1, "error[E0301]", "shape.dlm:4", "63", "64");
    Files.writeString(folder.resolve("window.dlm"), "package trial\n\nmodel Window {\n  net = Conv2d(4, 11)\n\n"
        + "  fn forward(x: [N, 1, 8, 8]) -> [N, 4, _, _] = net(x)\n}\n");
    dlm.run("check", "window.dlm").fails(1, "error[E0311]", "window.dlm:4", "11");
    model("unclosed.dlm", "Linear(16");
    dlm.run("check", "unclosed.dlm").fails(1, "error[E01", "unclosed.dlm:4");
  }

  private void model(String name, String stage) throws IOException {
    Files.writeString(folder.resolve(name), Files.readString(Path.of(SMALL)).replace("Linear(16)", stage));
  }

  @Test
  void weightsThatDoNotFit() throws IOException, InterruptedException {
    writeInputs("in.safetensors", 3, 9);
    weights(false).write(folder.resolve("missing.safetensors"), Map.of());
    run("missing.safetensors", "in.safetensors").fails(1, "missing.safetensors", "net.3.bias");
    weights(true).write(folder.resolve("good.safetensors"), Map.of());
    run("good.safetensors", "in.safetensors").succeeds();

    byte[] good = Files.readAllBytes(folder.resolve("good.safetensors"));
    Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(good, good.length - 100));
    run("cut.safetensors", "in.safetensors").fails(1, "cut.safetensors");
    byte[] lying = good.clone();
    lying[2] = 127;
    Files.write(folder.resolve("lying.safetensors"), lying);
    run("lying.safetensors", "in.safetensors").fails(1, "lying.safetensors");
    Files.writeString(folder.resolve("text.safetensors"), "these are no weights");
    run("text.safetensors", "in.safetensors").fails(1, "text.safetensors");
    run("nowhere.safetensors", "in.safetensors").fails(1, "nowhere.safetensors");
  }

  @Test
  void inputsThatDoNotFit() throws IOException, InterruptedException {
    weights(true).write(folder.resolve("w.safetensors"), Map.of());
    new SafetensorsWriter().add("x", FloatTensor.zeros(3, 1, 8, 7)).add("label", IntTensor.of(new int[3], 3))
        .write(folder.resolve("shape.safetensors"), Map.of());
    run("w.safetensors", "shape.safetensors").fails(1, "x", "8");
    new SafetensorsWriter().add("x", FloatTensor.zeros(3, 1, 8, 8)).write(folder.resolve("no_label.safetensors"), Map.of());
    run("w.safetensors", "no_label.safetensors").fails(1, "label");
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  private Dlm.Run run(String weights, String inputs) throws IOException, InterruptedException {
    return dlm.run("run", SMALL, "--fn", "loss", "--weights", weights, "--inputs", inputs, "--outputs", "out.safetensors");
  }

  private SafetensorsWriter weights(boolean all) {
    SafetensorsWriter writer = new SafetensorsWriter().add("net.1.weight", FloatTensor.zeros(16, 64))
        .add("net.1.bias", FloatTensor.zeros(16)).add("net.3.weight", FloatTensor.zeros(10, 16));
    return all ? writer.add("net.3.bias", FloatTensor.zeros(10)) : writer;
  }

  private void writeInputs(String name, int n, int label) {
    int[] labels = new int[n];
    Arrays.fill(labels, label);
    new SafetensorsWriter().add("x", FloatTensor.zeros(n, 1, 8, 8)).add("label", IntTensor.of(labels, n))
        .write(folder.resolve(name), Map.of());
  }

  @Test
  void dataThatDoesNotFit() throws IOException, InterruptedException {
    dlm.run("train", SMALL, "--data", "digtis").fails(1, "digtis", "digits");
    dlm.run("train", SMALL28, "--data", "mnist:nowhere").fails(1, "nowhere");
    dlm.run("train", SMALL28, "--data", "digits").fails(1, "28", "8");

    idx("cut", 20, 19, 3);
    dlm.run("train", SMALL28, "--data", "mnist:cut").fails(1, "train-images-idx3-ubyte");
    idx("label", 20, 20, 11);
    dlm.run("train", SMALL28, "--data", "mnist:label").fails(1, "11");
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  /** A folder like MNIST's that announces some images, holds fewer, and labels them all alike. */
  private void idx(String name, int announced, int held, int label) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    for (String part : new String[] {"train", "t10k"}) {
      try (var out = new DataOutputStream(Files.newOutputStream(data.resolve(part + "-images-idx3-ubyte")))) {
        for (int number : new int[] {0x803, announced, 28, 28}) {
          out.writeInt(number);
        }
        out.write(new byte[held * 28 * 28]);
      }
      try (var out = new DataOutputStream(Files.newOutputStream(data.resolve(part + "-labels-idx1-ubyte")))) {
        out.writeInt(0x801);
        out.writeInt(announced);
        byte[] labels = new byte[announced];
        Arrays.fill(labels, (byte) label);
        out.write(labels);
      }
    }
  }

  @Test
  void placesThatCannotBeWritten() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("file"), "");
    dlm.run("train", SMALL, "--data", "digits", "--epochs", "1", "--out", "file/weights.safetensors").fails(1, "file");
    dlm.run("compile", SMALL, "-o", "file").fails(1, "file");
  }

  @Test
  void lossThatIsNoNumber() throws IOException, InterruptedException {
    dlm.run("train", SMALL, "--data", "digits", "--epochs", "3", "--optimizer", "SGD(lr=1e30)", "--out", "w.safetensors")
        .fails(1, "loss");
  }

  @Test
  void interruptedTrainingLeavesAWholeCheckpoint() throws IOException, InterruptedException {
    Path checkpoint = folder.resolve("w.safetensors");
    String[] arguments = {"train", SMALL, "--data", "digits", "--epochs", "100000", "--out", checkpoint.toString()};
    Process process = dlm.start(arguments);
    for (int i = 0; i < 600 && !Files.exists(checkpoint) && process.isAlive(); i++) {
      Thread.sleep(100);
    }
    assertThat(checkpoint).exists();
    Dlm.interrupt(process);
    dlm.finish(process, arguments).fails(1, "w.safetensors", "--resume");
    try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
      assertThat(file.tensors()).containsKeys("net.1.weight", "net.3.bias");
    }
    assertThat(folder.toFile().list()).as("no half-written file is left")
        .allSatisfy(name -> assertThat(name).matches("(out|err)\\.txt|w.*\\.safetensors"));
  }
}
