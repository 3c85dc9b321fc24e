package org.dlm.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of a run, as Markdown for readers and as JSON for tools. */
final class Report {
  /** The section with the picture that {@link Growth} draws. */
  static final String GROWTH = """

      ## How the cost grows

      Median training steps, drawn by `benchmarks/suite growth`.

      ![Milliseconds of a training step against the batch and against the width of the layers](growth.svg)
      """;

  private final Results results;
  private final String machine;
  private final String settings;
  private final List<String> measures;

  /** @param measures the systems that ratios are taken against */
  Report(Results results, String machine, String settings, List<String> measures) {
    this.results = results;
    this.machine = machine;
    this.settings = settings;
    this.measures = measures;
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# The suite beside its peers\n\n");
    text.append("Written by `benchmarks/suite` on ").append(LocalDate.now()).append(". ").append(machine).append(".\n")
        .append(settings).append(".\n\nMilliseconds are medians of the rounds' medians; the ratio is the better of ")
        .append(String.join(" and ", measures))
        .append(" over DLM (more than 1: DLM is faster); the spread is the largest")
        .append(" over the smallest\nmedian of DLM's rounds; the share is of the multiply-add peak measured in")
        .append(" the same")
        .append(String.format(Locale.ROOT, " run, %.0f GFLOP/s.%n", results.peakGigaflops()));
    table(text, "Training step", "train");
    table(text, "Inference", "infer");
    memory(text);
    if (!results.problems().isEmpty()) {
      text.append("\n## What did not run\n\n");
      results.problems().forEach(problem -> text.append("- ").append(problem).append('\n'));
    }
    return text.toString();
  }

  private void table(StringBuilder text, String title, String phase) {
    text.append("\n## ").append(title).append("\n\n| model | batch |");
    results.systems().forEach(system -> text.append(' ').append(system).append(" |"));
    text.append(" ratio | spread | share |\n|---|---|").append("---|".repeat(results.systems().size() + 3))
        .append('\n');
    List<Double> ratios = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      if (row.phase().equals(phase)) {
        text.append("| ").append(row.model()).append(" | ").append(row.batch()).append(" |");
        results.systems().forEach(system -> text.append(' ').append(millis(results.times(row, system))).append(" |"));
        double ratio = results.ratio(row, measures);
        if (!Double.isNaN(ratio)) {
          ratios.add(ratio);
        }
        Times own = results.times(row, Results.DLM);
        text.append(' ').append(number(ratio)).append(" | ").append(own == null ? "" : number(own.spread()))
            .append(" | ").append(own == null ? "" : percent(own.gigaflops())).append(" |\n");
      }
    }
    if (!ratios.isEmpty()) {
      double mean = Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
      text.append("\nGeometric mean of the ratios: ").append(number(mean)).append(".\n");
    }
  }

  private void memory(StringBuilder text) {
    text.append("\n## Peak resident memory, MB (of the whole process, training and inference)\n\n| model |");
    results.systems().forEach(system -> text.append(' ').append(system).append(" |"));
    text.append("\n|---|").append("---|".repeat(results.systems().size())).append('\n');
    for (Map.Entry<String, Map<String, Double>> entry : results.memory().entrySet()) {
      text.append("| ").append(entry.getKey()).append(" |");
      for (String system : results.systems()) {
        Double megabytes = entry.getValue().get(system);
        text.append(' ').append(megabytes == null || megabytes == 0 ? ""
            : String.format(Locale.ROOT, "%.0f", megabytes))
            .append(" |");
      }
      text.append('\n');
    }
  }

  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("date", LocalDate.now().toString()).put("machine", machine)
        .put("settings", settings).put("peak_gflops", results.peakGigaflops());
    ArrayNode rows = root.putArray("rows");
    for (Results.Row row : results.rows()) {
      for (String system : results.systems()) {
        Times times = results.times(row, system);
        if (times != null) {
          rows.addObject().put("system", system).put("model", row.model()).put("phase", row.phase())
              .put("batch", row.batch()).put("median_ms", times.median()).put("min_ms", times.min())
              .put("spread", times.spread()).put("gflops", times.gigaflops());
        }
      }
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static String millis(Times times) {
    return times == null ? "" : String.format(Locale.ROOT, times.median() < 1 ? "%.3f" : "%.2f", times.median());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private String percent(double gigaflops) {
    return gigaflops == 0 || results.peakGigaflops() == 0 ? ""
        : String.format(Locale.ROOT, "%.0f %%", 100 * gigaflops / results.peakGigaflops());
  }
}
