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

  /** DLM on one thread, which is no column. */
  static final String ONE_THREAD = "DLM, one thread";

  private final Map<Row, Map<String, Times>> rows = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> memory = new LinkedHashMap<>();
  private final Map<String, Double> warm = new LinkedHashMap<>();
  private final Map<String, String> plans = new LinkedHashMap<>();
  private final Set<String> systems = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();
  private double peakGigaflops;

  /** Takes the rows that one run of one system wrote about a model, under the suite's name for it. */
  void read(String system, String model, Path json, double peakMegabytes) throws IOException {
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    if (!system.equals(ONE_THREAD)) {
      systems.add(system);
      memory.computeIfAbsent(model, m -> new LinkedHashMap<>()).merge(system, peakMegabytes, Math::max);
    }
    peakGigaflops = Math.max(peakGigaflops, root.path("peak_gflops").asDouble(0));
    for (JsonNode row : root.path("rows")) {
      Row key = new Row(model, row.path("phase").asText(), row.path("batch").asInt());
      if (system.equals(DLM) && key.phase().equals("train")) {
        warm.merge(model, row.path("warm_s").asDouble(0), Math::max);
      }
      rows.computeIfAbsent(key, k -> new LinkedHashMap<>()).computeIfAbsent(system, s -> new Times())
          .add(row.path("median_ms").asDouble(), row.path("min_ms").asDouble(), row.path("gflops").asDouble(0));
    }
  }

  /** What the compiler says of a model's training step. */
  void plan(String model, String text) {
    plans.put(model, text);
  }

  /** Model to what the compiler says of its training step. */
  Map<String, String> plans() {
    return plans;
  }

  /** Seconds until DLM's training step ran at 1.2 times its time, the longest of the rounds. */
  Map<String, Double> warm() {
    return warm;
  }

  /** DLM's training step, 0 where it has none. */
  double trainingMillis(String model) {
    return training(model, DLM);
  }

  /** DLM's training step on one thread, 0 where that was not asked for. */
  double oneThreadMillis(String model) {
    return training(model, ONE_THREAD);
  }

  private double training(String model, String system) {
    return rows.entrySet().stream().filter(e -> e.getKey().model().equals(model) && e.getKey().phase().equals("train"))
        .map(e -> e.getValue().get(system)).filter(t -> t != null).mapToDouble(Times::median).findFirst().orElse(0);
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
