package org.dlm.tests.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/parity.md: a row for each name of the vocabulary, with the largest errors of its cases. */
final class ParityPage {
  static final Path FILE = Path.of("..", "docs", "parity.md");

  private static final String HEAD = """
      # Parity with PyTorch

      Every name of the vocabulary beside what it must equal, with the largest relative error over all cases that use it: of
      results, and of the gradients with respect to every operand and parameter. Generated code in single precision is compared
      with PyTorch 2.13; two results count as equal below 1e-4, gradients below 1e-3 (`tests/README.md` says how the error is
      measured). An optimizer's figure is that of the parameters after 50 steps on a convolutional net, below 1e-4 for SGD and
      below 1e-3 for the others. Where there is nothing to compare number by number, the test that tries it out is named.

      Written by `GoldenTest` (`mvn verify -Dupdate`) from `tests/golden/vocabulary.txt`.

      | kind | name | equals | cases | forward | gradient |
      |---|---|---|---|---|---|
      """;

  private static final Pattern FIGURES = Pattern.compile("(.*) \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|");

  private ParityPage() {}

  /** Writes the page, if every case has run. */
  static void write(Map<String, ParityErrors.Errors> errors) throws IOException {
    List<ParityList.Row> rows = ParityList.rows();
    if (!rows.stream().allMatch(r -> errors.keySet().containsAll(r.cases()))) {
      return;
    }
    StringBuilder text = new StringBuilder(HEAD);
    for (ParityList.Row row : rows) {
      ParityErrors.Errors worst = row.cases().stream().map(errors::get).reduce(ParityErrors.Errors::larger)
          .orElse(new ParityErrors.Errors(Double.NaN, Double.NaN));
      text.append(beginning(row)).append(" | ").append(measured(row)).append(" | ").append(figure(worst.forward())).append(" | ")
          .append(figure(worst.gradient())).append(" |\n");
    }
    Files.writeString(FILE, text);
  }

  private static String figure(double error) {
    return Double.isNaN(error) ? "" : error == 0 ? "0" : String.format(Locale.ROOT, "%.1e", error);
  }

  /** A row without its figures. */
  static String beginning(ParityList.Row row) {
    return "| " + row.kind() + " | `" + row.name() + "` | " + row.equal();
  }

  /** How many cases there are, or what stands in their place. */
  private static String measured(ParityList.Row row) {
    return row.pending() ? "pending" : row.test().isEmpty() ? "" + row.cases().size() : "`" + row.test() + "`";
  }

  /** The rows of the committed page: what stands before the figures, the number of cases, and the figures. */
  static List<Matcher> committed() throws IOException {
    List<Matcher> rows = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      Matcher row = FIGURES.matcher(line);
      if (line.startsWith("| ") && !line.startsWith("| kind") && row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
