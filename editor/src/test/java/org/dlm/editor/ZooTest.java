package org.dlm.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The models of the zoo, each open in an editor: nothing is wrong with them, and every name in them is known. */
class ZooTest {
  private static final Path ZOO = Path.of("../stdlib-models/src/main/dlm");

  @TestFactory
  Stream<DynamicTest> nothingIsWrongWithTheZoo() throws IOException {
    try (Stream<Path> files = Files.walk(ZOO)) {
      List<Path> models = files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList();
      assertThat(models).isNotEmpty();
      return models.stream().map(file -> dynamicTest(ZOO.relativize(file).toString(), () -> check(file)));
    }
  }

  private static void check(Path file) throws IOException {
    String uri = file.toAbsolutePath().normalize().toUri().toString();
    Snapshot snapshot = Snapshot.of(new Buffers().put(uri, Files.readString(file)), Map.of(), List.of());
    assertThat(snapshot.diagnostics()).extracting(Diagnostic::message).isEmpty();
    List<String> unknown = snapshot.names().expressions().stream()
        .filter(org.dlm.compiler.syntax.Syntax.Name.class::isInstance)
        .filter(name -> snapshot.names().occurrences().stream().noneMatch(o -> o.span().equals(name.span())))
        .map(name -> name.span().text()).distinct().toList();
    // what the compiler computes itself has no declaration
    assertThat(unknown).isSubsetOf("training", "len", "shape", "rank", "inf", "pi", "floor", "ceil", "steps",
        "epoch_steps", "highest");
  }
}
