package org.dlm.tests.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.tests.golden.GeneratedCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The Java made of the zoo, as text: a change of the compiler that changes it shows in the diff of {@code golden/java}.
 * {@code -Dupdate} writes the files anew.
 */
class GeneratedSourceTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm");
  private static final Path GOLDEN = Path.of("golden", "java");

  /** What is kept as text: enough to see every kind of code, and small enough to read. */
  private static final List<String> KEPT =
      List.of("vision/Mlp.java", "vision/LeNet5.java", "dlm/optim/SGD.java", "dlm/optim/Adam.java");

  /** HotSpot never compiles a method with more bytecode. */
  private static final int LARGEST_METHOD = 8000;

  /** Small models that between them have every kind of layer; the size of all methods of all is checked where the zoo is built. */
  private static final Set<String> MODELS = Set.of("Mlp", "LeNet5", "Digits", "DcganGenerator", "UNetSmall", "Vae", "GptMini");

  private static final List<GeneratedFile> FILES = compileZoo();

  @TestFactory
  List<DynamicTest> isAsItWas() {
    return KEPT.stream().map(path -> dynamicTest(path, () -> compare(
        FILES.stream().filter(f -> f.relativePath().equals(path)).findFirst().orElseThrow()))).toList();
  }

  @Test
  void passesJavacWithoutAWarning() {
    GeneratedCode.compile(FILES, "-Xlint:all,-incubating", "-Werror");
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(compileZoo()).isEqualTo(FILES);
  }

  @Test
  void hasNoMethodTooLargeForTheJvm() {
    GeneratedCode.compile(FILES).classFiles().forEach((name, bytes) -> {
      ClassModel model = ClassFile.of().parse(bytes);
      for (MethodModel method : model.methods()) {
        int size = method.findAttribute(java.lang.classfile.Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
        assertThat(size).as("bytecode of " + name + "." + method.methodName()).isLessThanOrEqualTo(LARGEST_METHOD);
      }
    });
  }

  private static void compare(GeneratedFile file) throws IOException {
    Path golden = GOLDEN.resolve(file.relativePath());
    boolean missing = !Files.exists(golden);
    if (missing || System.getProperty("update") != null) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, file.text());
      assertThat(missing).as(golden + " was missing and has been written; look at it and run again").isFalse();
    }
    List<String> expected = Files.readAllLines(golden);
    List<String> actual = file.text().lines().toList();
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      assertThat(i < actual.size() ? actual.get(i) : "the end").as(golden + ":" + (i + 1)
          + ", the first line that differs (mvn verify -Dupdate writes the file anew)")
          .isEqualTo(i < expected.size() ? expected.get(i) : "the end");
    }
  }

  private static List<GeneratedFile> compileZoo() {
    try (Stream<Path> files = Files.walk(ZOO)) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList();
      Result result = Compiler.compile(sources, Options.DEFAULT.withModels(MODELS)
          .withOptimizers(List.of("SGD", "Adam")));
      assertThat(result.diagnostics()).as("what the compiler says about the zoo").isEmpty();
      assertThat(result.files()).as("Java made of " + sources).isNotEmpty();
      return result.files();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
