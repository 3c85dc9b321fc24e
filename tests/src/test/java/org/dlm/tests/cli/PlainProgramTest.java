package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as a user starts them: with vectors, without the vector module, without an optimizing compiler. */
class PlainProgramTest {
  private static final String MODEL = """
      package plain
      layer Net {
        net = [Linear(70), relu, Linear(3)]
        fn forward(x: [N, 100]) -> _ = net(x)
        fn loss(x: [N, 100], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      model Plain = Net()
      """;
  private static final String MAIN = """
      import org.dlm.runtime.FloatTensor;
      import org.dlm.runtime.IntTensor;

      public class Main {
        public static void main(String[] arguments) {
          plain.Plain model = new plain.Plain();
          float[] x = new float[500];
          for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
          }
          FloatTensor input = new FloatTensor(x, 5, 100);
          System.out.println(model.lossAndGradient(input, IntTensor.of(new int[] {0, 1, 2, 0, 1}, 5)));
          for (float number : model.forward(input).data()) {
            System.out.println(number);
          }
          System.out.println(new plain.Plain().parameters[0]);
        }
      }
      """;
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir static Path folder;

  private record Run(int exitCode, List<String> out, List<String> err) {}

  @BeforeAll
  static void jar() throws IOException {
    List<Path> sources = new ArrayList<>(List.of(Files.writeString(folder.resolve("Main.java"), MAIN)));
    for (GeneratedFile file : Compiler.compileSources(List.of(new SourceFile("plain.dlm", MODEL)), Options.DEFAULT).files()) {
      Path source = folder.resolve(file.relativePath());
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, file.text()));
    }
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(VECTORS);
    arguments.addAll(List.of("-Xlint:-incubating", "-proc:none", "-cp", runtime().toString(), "-d", classes.toString()));
    sources.forEach(s -> arguments.add(s.toString()));
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, OutputStream.nullOutputStream(), null,
        arguments.toArray(String[]::new))).isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, runtime().toUri().toString());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("program.jar")), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, jar);
      }
    }
  }

  /** The runtime's classes or its jar. */
  private static Path runtime() {
    return Path.of(java.net.URI.create(Model.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static Run java(List<String> options, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int exitCode = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Run(exitCode, Files.readAllLines(out), Files.readAllLines(err));
  }

  @Test
  void aProgramStartedWithoutTheVectorModuleComputesTheSameAndSaysWhyItIsSlow() throws Exception {
    Run fast = java(VECTORS, "-jar", folder.resolve("program.jar").toString());
    assertThat(fast.err()).as("nothing but what Java says of the module").hasSize(1).first().asString().contains("incubator");
    assertThat(fast.exitCode()).isZero();
    Run plain = java(List.of(), "-jar", folder.resolve("program.jar").toString());
    assertThat(plain.err()).filteredOn(line -> line.contains("vectors are off")).singleElement().asString()
        .contains("--add-modules jdk.incubator.vector");
    same(plain, fast);
    Run slow = java(Stream.concat(VECTORS.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList(), "-jar",
        folder.resolve("program.jar").toString());
    assertThat(slow.err()).filteredOn(line -> line.contains("vectors are off")).singleElement().asString()
        .contains("optimizing compiler");
    same(slow, fast);
  }

  @Test
  void aDeterministicProgramGivesTheSameBitsWhateverTheWidthAndTheThreads() throws Exception {
    String jar = folder.resolve("program.jar").toString();
    Run usual = java(with("-Ddlm.lanes=256"), "-jar", jar);
    Run wide = java(with("-Ddlm.deterministic=true", "-Ddlm.lanes=256"), "-jar", jar);
    assertThat(wide.exitCode()).as(wide.err().toString()).isZero();
    assertThat(wide.out()).hasSize(17).isNotEqualTo(usual.out());
    assertThat(java(with("-Ddlm.deterministic=true", "-Ddlm.threads=1"), "-jar", jar).out()).isEqualTo(wide.out());
    // as on a machine whose widest vectors have 256 bits
    assertThat(java(with("-Ddlm.deterministic=true", "-Ddlm.threads=3", "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:UseAVX=2"), "-jar", jar).out()).isEqualTo(wide.out());
    Run off = java(with("-Ddlm.deterministic=true", "-Ddlm.lanes=scalar"), "-jar", jar);
    assertThat(off.exitCode()).isEqualTo(1);
    assertThat(off.err()).anyMatch(line -> line.contains("need vectors, but dlm.lanes=scalar"));
  }

  private static List<String> with(String... options) {
    return Stream.concat(VECTORS.stream(), Stream.of(options)).toList();
  }

  private static void same(Run actual, Run expected) {
    assertThat(actual.exitCode()).as(actual.err().toString()).isZero();
    assertThat(actual.out()).hasSameSizeAs(expected.out()).hasSize(17);
    for (int i = 0; i < actual.out().size(); i++) {
      float wanted = Float.parseFloat(expected.out().get(i));
      assertThat(Float.parseFloat(actual.out().get(i))).isCloseTo(wanted,
          org.assertj.core.data.Offset.offset(1e-5f * Math.max(1, Math.abs(wanted))));
    }
  }

  @Test
  void theCommandStartedWithoutTheVectorModuleTrainsAndSaysWhyItIsSlow() throws Exception {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    Path target = Path.of("..", "cli", "target");
    String classPath;
    try (Stream<Path> jars = Stream.concat(Files.list(target), Files.list(target.resolve("lib")))) {
      classPath = jars.map(Path::toString).filter(f -> f.endsWith(".jar")).collect(Collectors.joining(File.pathSeparator));
    }
    String small = Dlm.FILES.resolve("small.dlm").toString();
    Run run = java(List.of(), "-cp", classPath, "org.dlm.cli.Main", "train", small, "--data", "digits", "--epochs", "2",
        "--out", folder.resolve("small.safetensors").toString());
    assertThat(run.exitCode()).as(run.err().toString()).isZero();
    assertThat(run.err()).filteredOn(line -> line.contains("vectors are off")).singleElement().asString()
        .isEqualTo("note: vectors are off: the module jdk.incubator.vector is missing; start java with"
            + " --add-modules jdk.incubator.vector");
    assertThat(folder.resolve("small.safetensors")).exists();
  }
}
