package org.dlm.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
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

  Report(Results results, String machine, String settings) {
    this.results = results;
    this.machine = machine;
    this.settings = settings;
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# The suite beside its peers\n\n");
    text.append("Written by `benchmarks/suite` on ").append(LocalDate.now()).append(". ").append(machine).append(".\n")
        .append(settings).append(".\n\nMilliseconds are medians of the rounds' medians; the ratio is the better of ")
        .append(String.join(" and ", Peer.PYTORCH))
        .append(" over DLM (more than 1: DLM is faster), for inference also ONNX Runtime; the spread is the largest")
        .append(" over the smallest\nmedian of DLM's rounds; the share is of the multiply-add peak measured in")
        .append(" the same")
        .append(String.format(Locale.ROOT, " run, %.0f GFLOP/s.%n", results.peakGigaflops()));
    table(text, "Training step", "train");
    table(text, "Inference", "infer");
    steps(text);
    memory(text);
    if (!results.problems().isEmpty()) {
      text.append("\n## What did not run\n\n");
      results.problems().forEach(problem -> text.append("- ").append(problem).append('\n'));
    }
    return text.toString();
  }

  private void table(StringBuilder text, String title, String phase) {
    List<Results.Row> rows = results.rows().stream().filter(row -> row.phase().equals(phase)).toList();
    List<String> systems = results.systems().stream()
        .filter(system -> rows.stream().anyMatch(row -> results.times(row, system) != null)).toList();
    text.append("\n## ").append(title).append("\n\n| model | batch |");
    systems.forEach(system -> text.append(' ').append(system).append(" |"));
    List<List<String>> measures = phase.equals("train") ? List.of(Peer.PYTORCH)
        : List.of(Peer.PYTORCH, Peer.ONNX_RUNTIME);
    measures.forEach(others -> text.append(others == Peer.PYTORCH ? " ratio |" : " to ONNX Runtime |"));
    text.append(" spread | share |\n|---|---|")
        .append("---|".repeat(systems.size() + measures.size() + 2)).append('\n');
    rows.forEach(row -> line(text, row, systems, measures));
    for (List<String> others : measures) {
      List<Double> ratios = rows.stream().map(row -> results.ratio(row, others))
          .filter(ratio -> !Double.isNaN(ratio)).toList();
      if (!ratios.isEmpty()) {
        double mean = Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
        text.append("\nGeometric mean of the ratios").append(others == Peer.PYTORCH ? "" : " to ONNX Runtime")
            .append(": ").append(number(mean)).append(".\n");
      }
    }
  }

  private void line(StringBuilder text, Results.Row row, List<String> systems, List<List<String>> measures) {
    text.append("| ").append(row.model()).append(" | ").append(row.batch()).append(" |");
    systems.forEach(system -> text.append(' ').append(millis(results.times(row, system))).append(" |"));
    measures.forEach(others -> text.append(' ').append(number(results.ratio(row, others))).append(" |"));
    Times own = results.times(row, Results.DLM);
    text.append(' ').append(own == null ? "" : number(own.spread())).append(" | ")
        .append(own == null ? "" : percent(own.gigaflops())).append(" |\n");
  }

  /** What a step needs besides time: warm-up, a second thread, memory, kernels. */
  private void steps(StringBuilder text) {
    text.append("\n## A training step of DLM\n\nSeconds until a step takes no longer than 1.2 times its time in the")
        .append(" end; how many times as fast two threads are as one\n(asked for with `--threads-ratio`, for steps")
        .append(" over 20 ms); what `dlm summary` says.\n\n| model | warm after | threads | temporaries and")
        .append(" kernels |\n|---|---|---|---|\n");
    results.warm().forEach((model, seconds) -> {
      double one = results.oneThreadMillis(model);
      text.append("| ").append(model).append(String.format(Locale.ROOT, " | %.1f s | ", seconds))
          .append(one == 0 ? "" : number(one / results.trainingMillis(model))).append(" | ")
          .append(results.plans().getOrDefault(model, "")).append(" |\n");
    });
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
    ObjectNode warm = root.putObject("warm_seconds");
    results.warm().forEach(warm::put);
    ObjectNode oneThread = root.putObject("one_thread_ms");
    results.warm().keySet().stream().filter(model -> results.oneThreadMillis(model) > 0)
        .forEach(model -> oneThread.put(model, results.oneThreadMillis(model)));
    ObjectNode plans = root.putObject("plans");
    results.plans().forEach(plans::put);
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
