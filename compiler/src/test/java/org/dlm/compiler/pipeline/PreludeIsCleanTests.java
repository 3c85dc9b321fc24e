package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** The library, looked at as if a user had written it: no lint, nothing that is wrong for every hyper-parameter. */
class PreludeIsCleanTests {
  @Test
  void nothingIsSaidAboutTheLibrary() throws IOException {
    List<SourceFile> copies = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/dlm/prelude"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList()) {
        copies.add(new SourceFile("copy/" + file.getFileName(), Files.readString(file).replace("\npackage dlm", "\npackage copy")
            .replaceFirst("^package dlm", "package copy")));
      }
    }
    assertThat(copies).hasSizeGreaterThan(8);
    Result result = Compiler.checkSources(copies, Options.DEFAULT);
    assertThat(result.diagnostics().stream().map(d -> Render.text(d, false))).isEmpty();
  }
}
