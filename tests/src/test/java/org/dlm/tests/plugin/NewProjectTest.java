package org.dlm.tests.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.tests.cli.Dlm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project as {@code dlm new} makes it. */
class NewProjectTest {
  @TempDir Path folder;

  @BeforeEach
  void packaged() {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
  }

  @Test
  void isBuiltTrainedAndAsked() throws IOException, InterruptedException {
    assertThat(new Dlm(folder).run("new", "project", "--package", "trial.digits").succeeds().out())
        .contains("is a project now");
    TinyProject project = new TinyProject(folder);
    project.replace("src/main/dlm/trial/digits/digits.train.dlm", "epochs    = 10", "epochs    = 2");
    assertThat(project.maven("package").log()).contains("BUILD SUCCESS").contains("Compiling 2 .dlm files");
    String first = program(project);
    assertThat(first).contains("epoch 1  loss ", "epoch 2  loss ", "a bar is taken for a 1");
    assertThat(program(project)).as("the weights are there now").doesNotContain("epoch").contains("a bar is taken for a ");
  }

  private String program(TinyProject project) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", "-jar", "target/project.jar")
        .directory(project.file("").toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void whatIsThereStays() throws IOException, InterruptedException {
    Dlm dlm = new Dlm(folder);
    Files.createDirectory(folder.resolve("full"));
    Files.writeString(folder.resolve("full/mine.txt"), "mine");
    dlm.run("new", "full").fails(1, "full is not empty", "Name a folder");
    dlm.run("new", "full/mine.txt").fails(1, "is a file");
    dlm.run("new", "full/mine.txt/project").fails(1, "cannot be made");
    dlm.run("new", "7up").fails(1, "`7up` cannot be the name of a project");
    dlm.run("new", "class").fails(1, "`class` cannot be a package", "--package");
    dlm.run("new", "model").fails(1, "`model` cannot be a package", "--package");
    dlm.run("new").fails(2, "Missing required parameter");
    assertThat(Files.readString(folder.resolve("full/mine.txt"))).isEqualTo("mine");
  }
}
