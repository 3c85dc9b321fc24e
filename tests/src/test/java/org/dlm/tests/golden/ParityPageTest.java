package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every name of the vocabulary is measured, and docs/parity.md shows all of them. */
class ParityPageTest {
  @TestFactory
  List<DynamicTest> everyNameIsMeasured() {
    return ParityList.rows().stream().map(row -> dynamicTest(row.kind() + " " + row.name(), () -> {
      if (!row.test().isEmpty()) {
        assertThat(testClasses()).as("the test that golden/vocabulary.txt names").contains(row.test() + ".java");
      } else if (!row.pending()) {
        assertThat(row.cases()).as("cases that use `%s`; add one to golden/cases", row.name()).isNotEmpty();
      }
    })).toList();
  }

  @Test
  void thePageHasEveryName() throws IOException {
    List<String> rows = ParityPage.committed().stream().map(m -> m.group(1)).toList();
    assertThat(rows).as("docs/parity.md; mvn verify -Dupdate writes it anew")
        .containsExactlyElementsOf(ParityList.rows().stream().map(ParityPage::beginning).toList());
  }

  @Test
  void theFiguresOfThePageAreWithinTheTolerances() throws IOException {
    List<ParityList.Row> rows = ParityList.rows();
    List<Matcher> committed = ParityPage.committed();
    assertThat(committed).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      boolean run = rows.get(i).kind().equals("optimizer");
      String forward = committed.get(i).group(3);
      String gradient = committed.get(i).group(4);
      assertThat(forward.isBlank()).as("figures of %s", rows.get(i).name()).isEqualTo(rows.get(i).cases().isEmpty());
      assertThat(number(forward)).isLessThanOrEqualTo(run ? Closeness.GRADIENT : Closeness.FORWARD);
      assertThat(number(gradient)).isLessThanOrEqualTo(Closeness.GRADIENT);
    }
  }

  private static double number(String figure) {
    return figure.isBlank() ? 0 : Double.parseDouble(figure);
  }

  private static List<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."), 9)) {
      return files.filter(f -> f.toString().contains("src/test/java")).map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(".java")).toList();
    }
  }
}
