package org.dlm.tests.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Maven plugin as a user of it meets it: builds, has nothing to do, sees what changed, shows what is wrong. */
class PluginTest {
  private static final String GENERATED = "target/generated-sources/dlm/";

  @TempDir Path folder;

  @Test
  void buildsThenHasNothingToDoThenSeesWhatChanged() throws IOException, InterruptedException {
    TinyProject project = new TinyProject(folder, "tiny");

    TinyProject.Build first = project.maven("compile");
    assertThat(first.log()).contains("BUILD SUCCESS").contains("Compiling 3 .dlm files");
    assertThat(project.file("target/classes/shapes/First.class")).exists();
    assertThat(project.file("target/classes/other/Second.class")).exists();
    assertThat(project.file("target/classes/parts/block.dlm")).as("packed, so that others can import it").exists();
    assertThat(project.file("target/classes/dlm/optim/SGD.class")).exists();

    FileTime before = Files.getLastModifiedTime(project.file(GENERATED + "other/Second.java"));
    TinyProject.Build second = project.maven("compile");
    assertThat(second.log()).contains("BUILD SUCCESS").contains("Models are up to date (3 .dlm files)");

    project.replace("src/main/dlm/parts/block.dlm", "relu", "tanh");
    TinyProject.Build third = project.maven("compile");
    assertThat(third.log()).contains("BUILD SUCCESS").contains("Compiling 2 .dlm files");
    assertThat(Files.readString(project.file(GENERATED + "shapes/First.java"))).contains("tanh");
    assertThat(Files.getLastModifiedTime(project.file(GENERATED + "other/Second.java"))).isEqualTo(before);

    Files.delete(project.file("src/main/dlm/other/second.dlm"));
    TinyProject.Build fourth = project.maven("compile");
    assertThat(fourth.log()).contains("BUILD SUCCESS").contains("Removed other/Second.java");
    assertThat(project.file(GENERATED + "other/Second.java")).doesNotExist();
  }

  @Test
  void layersOfADependencyAreImportedOutOfItsJar() throws IOException, InterruptedException {
    TinyProject project = new TinyProject(folder, "tiny");
    dependOnJar(project, "package far.away\nlayer Twice(n: int) = [Linear(n), relu, Linear(n)]\n");
    project.replace("src/main/dlm/other/second.dlm", "package other", "package other\nimport far.away.{Twice}");
    project.replace("src/main/dlm/other/second.dlm", "Linear(3)", "Twice(3)");

    assertThat(project.maven("generate-sources").log()).contains("BUILD SUCCESS").contains("Compiling 3 .dlm files");
    assertThat(Files.readString(project.file(GENERATED + "other/Second.java"))).contains("net.2.weight");
  }

  @Test
  void aRecipeForAModelOfADependencyBecomesAClass() throws IOException, InterruptedException {
    TinyProject project = new TinyProject(folder, "tiny");
    dependOnJar(project, "package far.away\nmodel Net {\n  net = Linear(2)\n"
        + "  fn loss(x: [N, 3], y: [N, 2]) -> [] = net(x) |> mse(y)\n}\n");
    Files.writeString(project.file("src/main/dlm/other/net.train.dlm"),
        "package other\n\n/// A short training.\ntrain NetTrainer for far.away.Net {\n  optimizer = Lion(lr = 1e-3)\n  epochs = 2\n}\n");

    assertThat(project.maven("compile").log()).contains("BUILD SUCCESS").contains("Compiling 4 .dlm files");
    assertThat(project.file("target/classes/other/NetTrainer.class")).exists();
    assertThat(project.file("target/classes/far/away/Net.class")).exists();
    assertThat(project.file("target/classes/dlm/optim/Lion.class")).exists();
    assertThat(project.maven("compile").log()).contains("Models are up to date (4 .dlm files)");

    project.replace("src/main/dlm/other/net.train.dlm", "lr = 1e-3", "rate = 1e-3");
    assertThat(project.maven("compile").log()).contains("net.train.dlm:[5,20] error[E0203]: ");
  }

  @Test
  void anErrorIsShownWithItsPlaceAndEndsTheBuild() throws IOException, InterruptedException {
    TinyProject project = new TinyProject(folder, "tiny");
    project.replace("src/main/dlm/other/second.dlm", "Linear(3)", "Linaer(3)");

    TinyProject.Build build = project.maven("compile");
    assertThat(build.exitCode()).isEqualTo(1);
    assertThat(build.log()).contains("[ERROR] " + project.file("src/main/dlm/other/second.dlm").toRealPath() + ":[4,9] error[E0201]: ")
        .contains("Linear").contains("1 error in the .dlm files, see above").doesNotContain("\tat ");
    assertThat(project.file(GENERATED + "other/Second.java")).doesNotExist();

    project.replace("src/main/dlm/other/second.dlm", "Linaer(3)", "Linear(3)");
    assertThat(project.maven("compile").log()).contains("BUILD SUCCESS").contains("Compiling 3 .dlm files");
  }

  @Test
  void withoutAToolchainMavenItselfMustRunOnTheJdk() throws IOException, InterruptedException {
    TinyProject project = new TinyProject(folder, "tiny");
    project.replace("pom.xml", "<goals><goal>select-jdk-toolchain", "<phase>none</phase><goals><goal>select-jdk-toolchain");

    TinyProject.Build onThisJdk = project.mavenOn(Path.of(System.getProperty("java.home")), "generate-sources");
    assertThat(onThisJdk.log()).contains("BUILD SUCCESS").contains("Compiling 3 .dlm files");

    String older = System.getProperty("dlm.maven.java");
    assumeTrue(Integer.parseInt(older.split("\\.")[0]) < 25, "this build's Maven runs on " + older + " already");
    Files.delete(project.file("target/dlm/compile.state"));
    TinyProject.Build onOlder = project.maven("generate-sources");
    assertThat(onOlder.exitCode()).isEqualTo(1);
    assertThat(onOlder.log()).contains("the DLM compiler needs a JDK 25 and Maven runs on Java").doesNotContain("\tat ");
  }

  /** Makes the project depend on a jar that holds a model file. */
  private static void dependOnJar(TinyProject project, String models) throws IOException {
    Path jar = Files.createDirectories(project.file("lib")).resolve("blocks.jar");
    try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("far/away.dlm"));
      entries.write(models.getBytes(StandardCharsets.UTF_8));
    }
    project.replace("pom.xml", "</dependencies>", "<dependency><groupId>far</groupId><artifactId>blocks</artifactId>"
        + "<version>1</version><scope>system</scope><systemPath>${project.basedir}/lib/blocks.jar</systemPath></dependency></dependencies>");
  }
}
