package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.emit.InMemoryJava;
import org.junit.jupiter.api.Test;

/** The example files of the design, in the folder that {@code -Ddlm.examples} names: all of them become Java that compiles. */
class DesignExamplesTests {
  @Test
  void everyExampleBecomesJavaWithGradients() throws IOException {
    String folder = System.getProperty("dlm.examples");
    assumeTrue(folder != null && Files.isDirectory(Path.of(folder)), "no folder of examples: say -Ddlm.examples=FOLDER");
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(folder))) {
      files = found.filter(path -> path.toString().endsWith(".dlm")).sorted().toList();
    }
    Result result = Compiler.compile(files, Options.DEFAULT);
    assertThat(result.diagnostics().stream().filter(d -> d.code().id().startsWith("E"))).isEmpty();
    assertThat(result.models()).isNotEmpty();
    result.models().forEach(model -> model.functions().stream().filter(f -> f.name().contains("loss")).forEach(f ->
        assertThat(WriteJava.gradient(f, f.training())).as("the gradient of %s of %s", f.name(), model.name()).isPresent()));
    assertThat(InMemoryJava.compile(result.files())).isNotEmpty();
  }
}
