package org.dlm.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Dump;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.Stage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models that are right: their instances, parameters and functions with types stand in a {@code .typed} file beside them. */
class TypedGoldenTests {
  @TestFactory
  Stream<DynamicTest> typed() {
    return Corpus.files("model/valid").stream().map(path -> dynamicTest(path.getFileName().toString(), () -> test(path)));
  }

  private static void test(Path path) throws Exception {
    Result result = Compiler.checkSources(List.of(Corpus.read(path)), Options.DEFAULT.withDumps(Set.of(Stage.TYPED)));
    assertThat(result.diagnostics()).isEmpty();
    for (ModelSpec model : result.models()) {
      for (ModelSpec.Function function : model.functions()) {
        Verify.check(function.inference());
        Verify.check(function.training());
      }
    }
    String text = result.dumps().stream().map(Dump::text).collect(Collectors.joining("\n"));
    Path golden = path.resolveSibling(path.getFileName().toString().replace(".dlm", ".typed"));
    boolean missing = !Files.exists(golden);
    if (missing || System.getProperty("update") != null) {
      Files.writeString(golden, text);
    }
    assertThat(missing).as("%s was missing; it is written now, read it", golden).isFalse();
    assertThat(text).as("what was understood (-Dupdate rewrites %s)", golden).isEqualTo(Files.readString(golden));
  }
}
