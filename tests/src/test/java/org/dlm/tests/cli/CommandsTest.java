package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.runtime.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands are for, each once, as a user starts it. */
class CommandsTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm", "vision").toAbsolutePath().normalize();
  private static final String SMALL = Dlm.FILES.resolve("small.dlm").toString();

  @TempDir Path folder;
  private Dlm dlm;

  @BeforeEach
  void packaged() {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    dlm = new Dlm(folder);
  }

  @Test
  void checkAndSummary() throws IOException, InterruptedException {
    assertThat(dlm.run("check", SMALL).succeeds().err()).contains("no errors", "Small");
    assertThat(dlm.run("summary", SMALL).succeeds().out()).contains("net.1", "Linear", "1,040",
        "a training step of `loss`: ", " needed at once; ", " distinct kernels");
  }

  @Test
  void opsShowsTheLibrary() throws IOException, InterruptedException {
    assertThat(dlm.run("ops").succeeds().out()).contains("softmax(x: [...], axis: int = -1) -> [...]", "Conv2d(", "Adam(");
    assertThat(dlm.run("ops", "Conv2d").succeeds().out())
        .contains("x: [N, in, H, W]", "torch.nn.Conv2d", "to x, parameters", "f32[2, 6, 24, 24]");
    assertThat(dlm.run("ops", "argmax", "--json").succeeds().out()).contains("\"gradient\":[]");
    dlm.run("ops", "sofmax").fails(1, "did you mean `softmax`?");
  }

  @Test
  void inspectShowsEveryStage() throws IOException, InterruptedException {
    String text = dlm.run("inspect", SMALL, "--stage", "ast,typed,graph,gradient,fused,plan,java").succeeds().out();
    assertThat(text).contains("einsum").contains("class Small");
  }

  @Test
  void compileWritesJava() throws IOException, InterruptedException {
    dlm.run("compile", SMALL, "-o", "java").succeeds();
    assertThat(Files.readString(folder.resolve("java/trial/Small.java"))).contains("package trial;", "class Small");
  }

  @Test
  void compileWritesClasses() throws Exception {
    dlm.run("compile", SMALL, "--classes", "classes").succeeds();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()})) {
      Model model = (Model) loader.loadClass("trial.Small").getConstructor().newInstance();
      assertThat(model.functions()).isNotEmpty();
    }
    assertThat(folder.resolve("java")).doesNotExist();
    dlm.run("compile", SMALL).fails(2, "--out DIR", "--classes DIR");
  }

  @Test
  void theSameSeedGivesTheSameWeightsOnAnyNumberOfThreads() throws IOException, InterruptedException {
    dlm.run("train", SMALL, "--data", "digits", "--epochs", "2", "--out", "a.safetensors", "--threads", "1").succeeds();
    dlm.run("train", SMALL, "--data", "digits", "--epochs", "2", "--out", "b.safetensors", "--threads", "2").succeeds();
    assertThat(folder.resolve("a.safetensors")).hasSameBinaryContentAs(folder.resolve("b.safetensors"));
  }

  /** The first command of the README. */
  @Test
  void theDigitsAreLearned() throws IOException, InterruptedException {
    Dlm.Run run = dlm.run("train", ZOO.resolve("digits.dlm").toString(), "--data", "digits").succeeds();
    assertThat(accuracy(run)).isGreaterThanOrEqualTo(97.0);
    assertThat(run.out()).contains("checkpoints/");
  }

  /** Two epochs on real images: PyTorch's LeNet-5 is at 92 % there; the full recipe takes too long for a test. */
  @Test
  void mnistIsReadAndLearned() throws IOException, InterruptedException {
    Path mnist = Path.of(System.getProperty("dlm.data", "../../shared/data")).toAbsolutePath().normalize().resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "no MNIST in " + mnist + "; name the folder above it with -Ddlm.data=");
    Dlm.Run run = dlm.run("train", ZOO.resolve("lenet.dlm").toString(), "--data", "mnist:" + mnist, "--epochs", "2").succeeds();
    assertThat(accuracy(run)).isGreaterThanOrEqualTo(90.0);
  }

  private static double accuracy(Dlm.Run run) {
    Matcher accuracy = Pattern.compile("test accuracy ([0-9.]+) %").matcher(run.out());
    assertThat(accuracy.find()).as(run.toString()).isTrue();
    return Double.parseDouble(accuracy.group(1));
  }
}
