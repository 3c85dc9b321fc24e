package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a model that is another one, or was changed since. */
class OtherModelTest {
  private static final String MODEL = """
      package trial

      model Small {
        net = [flatten, Linear(16), tanh, Dropout(0.1), Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    write("small.dlm", MODEL);
    assertThat(dlm("train", "small.dlm", "--epochs", "1", "--out", out("w.safetensors")).code()).isZero();
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
  }

  private static Spoken dlm(String command, String model, String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(new String[] {command, out(model), "--data", "digits"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return Spoken.dlm(all);
  }

  private static Spoken resume(String model) {
    return dlm("train", model, "--epochs", "2", "--resume", out("w.safetensors"), "--out", out("resumed.safetensors"));
  }

  @Test
  void otherParametersAreNamed() throws IOException {
    write("wide.dlm", MODEL.replace("Linear(16)", "Linear(17)"));
    assertThat(resume("wide.dlm").err()).contains("they are of trial.Small", "of another shape:",
        "net.1.weight is [16, 64] in the file, [17, 64] in the model", "net.4.weight is [10, 16]");
    write("deep.dlm", MODEL.replace("Linear(10)]", "Linear(10), Linear(10, use_bias = false)]"));
    assertThat(resume("deep.dlm").err()).contains("missing in the file:", "net.5.weight [10, 10]");
    write("flat.dlm", MODEL.replace("Linear(16), tanh, Dropout(0.1), ", ""));
    assertThat(resume("flat.dlm").err()).contains("not in the model:", "net.4.weight");
  }

  @Test
  void anotherArchitectureWithTheSameParametersIsNoticed() throws IOException {
    write("other.dlm", MODEL.replace("tanh", "sigmoid"));
    Spoken resumed = resume("other.dlm");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("its parameters have the same shapes, but `loss` computes something else",
        "`tanh` is done once in the file's model, never in this one",
        "`sigmoid` is done never in the file's model, once in this one", "--weights");
    Spoken tested = dlm("eval", "other.dlm", "--weights", out("w.safetensors"));
    assertThat(tested.code()).as(tested.err()).isZero();
    assertThat(tested.err()).contains("note: ", "whose `forward` computes something else", "`tanh`");
    assertThat(dlm("train", "other.dlm", "--weights", out("w.safetensors"), "--epochs", "1", "--out",
        out("v.safetensors")).err()).contains("whose `forward` computes something else");
  }

  @Test
  void whatMattersInTrainingOnlyMattersToAResumedRunOnly() throws IOException {
    write("dropping.dlm", MODEL.replace("Dropout(0.1)", "Dropout(0.2)"));
    assertThat(resume("dropping.dlm").err()).contains("only the training form differs");
    assertThat(dlm("eval", "dropping.dlm", "--weights", out("w.safetensors")).err()).doesNotContain("something else");
    write("same.dlm", "// a comment\n" + MODEL.replace("[flatten", "[\n    flatten")
        + "\nfn unused(x: [N]) -> [N] = x\n");
    assertThat(resume("same.dlm").code()).isZero();
  }

  @Test
  void aResumedRunTellsWhatIsOtherThanBefore() {
    Spoken resumed = dlm("train", "small.dlm", "--epochs", "2", "--optimizer", "SGD(lr = 0.1)", "--resume",
        out("w.safetensors"));
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("was written by the optimizer Adam",
        "Resume with the optimizer and the objectives that wrote it");
    resumed = dlm("train", "small.dlm", "--epochs", "2", "--clip-norm", "0.5", "--optimizer", "Adam(lr=1e-4)",
        "--resume", out("w.safetensors"), "--out", out("resumed.safetensors"));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("note: resumed with clip_norm = 0.5; the run began with clip_norm not set",
        "note: resumed with optimizer = Adam(lr=1e-4)").doesNotContain("resumed with epochs");
    assertThat(dlm("train", "small.dlm", "--epochs", "3", "--seed", "7", "--resume", out("w.safetensors")).err())
        .contains("Resume with the same seed and batch");
  }

  @Test
  void aCheckpointOfANewerVersionIsKnownAsSuch() throws IOException {
    byte[] file = Files.readAllBytes(folder.resolve("w.safetensors"));
    String name = "newer.safetensors";
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve(name),
        text.replace("dlm checkpoint 1", "dlm checkpoint 9").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(dlm("train", "small.dlm", "--resume", out(name)).err())
        .contains("is a checkpoint of version 9", "knows only version 1", "newer dlm");
  }
}
