package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.emit.InMemoryJava;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/language.md says only what holds: its examples compile down to class files, its tables name what the library has. */
class LanguagePageTests {
  private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "language.md");
  private static final Path PRELUDE =
      Path.of(System.getProperty("basedir", "."), "src", "main", "resources", "org", "dlm", "prelude");
  private static final Pattern EXAMPLE = Pattern.compile("```dlm\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> everyExampleCompiles() {
    return EXAMPLE.matcher(text(PAGE)).results().map(found -> dynamicTest("line " + line(found), () -> {
      String padded = "\n".repeat(line(found)) + found.group(1);
      var result = Compiler.compileSources(List.of(new SourceFile("language.md", padded)), Options.DEFAULT);
      assertThat(Render.text(result.diagnostics(), false)).isEmpty();
      assertThat(result.models().size() + result.optimizers().size()).as("models and optimizers").isPositive();
      assertThat(InMemoryJava.compile(result.files())).isNotEmpty();
    }));
  }

  private static int line(MatchResult found) {
    return text(PAGE).substring(0, found.start()).split("\n", -1).length;
  }

  @Test
  void theTablesOfTheLibraryAreTrue() {
    Set<String> declared = new TreeSet<>();
    Set<String> mustBeListed = new TreeSet<>();
    for (Syntax.Top top : prelude()) {
      declared.add(top.name().name());
      if (top instanceof Syntax.Layer || top instanceof Syntax.Optimizer) {
        mustBeListed.add(top.name().name());
      }
    }
    String page = text(PAGE);
    String library = page.substring(page.indexOf("\n## The library\n"), page.indexOf("\n## Losses and pools\n"));
    Set<String> listed = Pattern.compile("`(\\w+)`").matcher(library).results().map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(declared).as("names in the library").containsAll(listed);
    assertThat(listed).as("layers and optimizers listed in docs/language.md").containsAll(mustBeListed);
  }

  private static List<Syntax.Top> prelude() {
    try (Stream<Path> files = Files.list(PRELUDE)) {
      return files.sorted()
          .flatMap(path -> Parse.file(new SourceFile(path.toString(), text(path)), new Diagnostics()).declarations().stream())
          .toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
