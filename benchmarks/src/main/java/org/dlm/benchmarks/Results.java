package org.dlm.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything measured: rows of the suite by system. */
final class Results {
  /** What is timed: a training step, or an inference at a batch size. */
  record Row(String model, String phase, int batch) {}

  /** The name of our own column. */
  static final String DLM = "DLM";

  private final Map<Row, Map<String, Times>> rows = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> memory = new LinkedHashMap<>();
  private final Set<String> systems = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();
  private double peakGigaflops;

  /** Takes the rows that one run of one system wrote about a model, under the suite's name for it. */
  void read(String system, String model, Path json, double peakMegabytes) throws IOException {
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    systems.add(system);
    peakGigaflops = Math.max(peakGigaflops, root.path("peak_gflops").asDouble(0));
    for (JsonNode row : root.path("rows")) {
      Row key = new Row(model, row.path("phase").asText(), row.path("batch").asInt());
      rows.computeIfAbsent(key, k -> new LinkedHashMap<>()).computeIfAbsent(system, s -> new Times())
          .add(row.path("median_ms").asDouble(), row.path("min_ms").asDouble(), row.path("gflops").asDouble(0));
    }
    memory.computeIfAbsent(model, m -> new LinkedHashMap<>()).merge(system, peakMegabytes, Math::max);
  }

  void problem(String text) {
    problems.add(text);
  }

  List<String> problems() {
    return problems;
  }

  Set<Row> rows() {
    return rows.keySet();
  }

  Set<String> systems() {
    return systems;
  }

  /** The times of a system, or null where it did not run this. */
  Times times(Row row, String system) {
    return rows.get(row).get(system);
  }

  Map<String, Map<String, Double>> memory() {
    return memory;
  }

  /** The machine's best rate of multiply-adds that any round measured, in GFLOP/s. */
  double peakGigaflops() {
    return peakGigaflops;
  }

  /** How many times as fast as the better of the given systems DLM is, by medians; NaN where one side is missing. */
  double ratio(Row row, List<String> others) {
    Times own = times(row, DLM);
    double best = others.stream().map(other -> times(row, other)).filter(t -> t != null).mapToDouble(Times::median)
        .min().orElse(Double.NaN);
    return own == null ? Double.NaN : best / own.median();
  }
}
