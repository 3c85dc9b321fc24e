package org.dlm.compiler.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/vocabulary.md is what the prelude says; {@code -Dupdate} writes it anew. */
class VocabularyPageTests {
  private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "vocabulary.md");

  @Test
  void isAsThePreludeSays() throws IOException {
    String page = VocabularyText.page(Vocabulary.all());
    if (System.getProperty("update") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("docs/vocabulary.md; mvn verify -Dupdate writes it anew").isEqualTo(page);
  }

  @Test
  void gradientsFlowWhereTheyShould() {
    Map<String, Entry> functions = Vocabulary.all().stream().filter(e -> e.kind() != Entry.Kind.INITIALISER)
        .collect(Collectors.toMap(Entry::name, e -> e, (a, b) -> a));
    assertThat(RunExample.differentiable(functions.get("softmax"))).containsExactly("x");
    assertThat(RunExample.differentiable(functions.get("argmax"))).isEmpty();
    assertThat(RunExample.differentiable(functions.get("floor"))).isEmpty();
    assertThat(RunExample.differentiable(functions.get("take"))).containsExactly("table");
    assertThat(RunExample.differentiable(functions.get("mse"))).containsExactly("x", "target");
    assertThat(RunExample.differentiable(functions.get("Linear"))).containsExactlyInAnyOrder("x", "parameters");
    assertThat(RunExample.differentiable(functions.get("Embedding"))).containsExactly("parameters");
  }
}
