package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Options;
import org.dlm.runtime.Function;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.StepTimes;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.kernel.Peak;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.store.JsonText;
import org.dlm.runtime.train.ParallelUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm bench}: how fast a model trains and answers, and how much of the machine that uses. */
@Command(name = "bench", description = "Time a training step and an inference of a model on random tensors.")
final class BenchCommand extends BaseCommand {
  /** One measured phase, named as the peers' scripts name it. */
  private record Row(String model, String phase, long batch, Stopwatch time, long multiplyAdds) {
    double gigaflops() {
      return 2.0 * multiplyAdds / (time.medianMillis() * 1e6);
    }
  }

  @Mixin private ModelFiles files;

  @Mixin private TimedFunctions functions;

  @Option(names = "--optimizer", paramLabel = "SPEC", defaultValue = "Adam(lr=1e-3)",
      description = "The update rule (default: ${DEFAULT-VALUE}).")
  private String optimizer;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "6",
      description = "Time for the training step; half for each inference (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--json", paramLabel = "F", description = "Also write the rows as JSON.")
  private Path json;

  @Option(names = "--steps",
      description = "Also tell how long each step of the training step and of the inference takes.")
  private boolean steps;

  BenchCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    requireTime("--seconds", seconds);
    if (json != null) {
      AtomicFile.checkWritable(output(json));
    }
    LoadedModel loaded = LoadedModel.load(files, console, optimizer,
        steps ? Options.DEFAULT.withTimes() : Options.DEFAULT);
    loaded.model().initialize(0);
    String name = name(loaded.spec());
    double peak = Peak.measure().allThreads();
    List<Row> rows = new ArrayList<>();
    functions.trained(loaded.spec()).filter(f -> functions.canTrain(loaded.model().function(f.name()))).ifPresent(f -> {
      rows.add(train(name, loaded, f));
      show(rows.getLast(), peak);
    });
    functions.inferred(loaded.spec()).ifPresent(f -> {
      long batch = batch(functions.dims(loaded.spec(), f.inference()));
      for (long size : batch > 1 ? new long[] {1, batch} : new long[] {batch}) {
        rows.add(infer(name, loaded, f, size));
        show(rows.getLast(), peak);
      }
    });
    if (rows.isEmpty()) {
      throw TimedFunctions.missing(loaded.spec());
    }
    console.out().printf(Locale.ROOT, "%d threads, FMA peak measured now: %.0f GFLOP/s%n", Pool.threads(), peak);
    if (json != null) {
      write(rows, peak);
    }
  }

  /**
   * The model's name in lower case, with the underscores that its file has: {@code VggSmall} in vgg_small.dlm is
   * vgg_small.
   */
  private String name(ModelSpec spec) {
    String name = spec.name().toLowerCase(Locale.ROOT);
    String file = files.files().getFirst().getFileName().toString().replaceFirst("\\.dlm$", "");
    return file.replace("_", "").equals(name) ? file : name;
  }

  /** The dim called N, else the first. */
  private static long batch(Map<String, Long> values) {
    return values.getOrDefault("N", values.values().stream().findFirst().orElse(1L));
  }

  private Row train(String name, LoadedModel loaded, ModelSpec.Function f) {
    Map<String, Long> values = functions.dims(loaded.spec(), f.inference());
    Tensor[] inputs = RandomInputs.of(f.inference(), values);
    Function called = loaded.model().function(f.name());
    Program program = called.gradient();
    Optimizer rule = loaded.optimizer().orElseThrow();
    rule.prepare(loaded.model().parameters.length);
    ParallelUpdate update = new ParallelUpdate(loaded.model(), rule, called);
    int[] step = {0};
    Stopwatch time = Stopwatch.time(() -> {
      program.random(0, ++step[0]);
      program.bind(inputs);
      program.run();
      update.apply(step[0]);
    }, program.times()::clear, seconds);
    showSteps(program);
    return new Row(name, "train", batch(values), time, Arithmetic.training(f.training(), values));
  }

  private Row infer(String name, LoadedModel loaded, ModelSpec.Function f, long batch) {
    Map<String, Long> values = functions.dims(loaded.spec(), f.inference());
    String batchDim = values.containsKey("N") ? "N" : values.keySet().stream().findFirst().orElse(null);
    if (batchDim != null) {
      values.put(batchDim, batch);
    }
    Tensor[] inputs = RandomInputs.of(f.inference(), values);
    Program program = loaded.model().function(f.name()).inference();
    loaded.model().freeze(); // as whoever predicts does
    Stopwatch time = Stopwatch.time(() -> {
      program.bind(inputs);
      program.run();
    }, program.times()::clear, seconds / 2);
    showSteps(program);
    return new Row(name, "infer", batch, time, Arithmetic.forward(f.inference(), values));
  }

  /** Where the time of the measured runs went. */
  private void showSteps(Program program) {
    if (!steps) {
      return;
    }
    StepTimes times = program.times();
    double all = Math.max(1, times.lines().stream().mapToLong(StepTimes.Line::nanos).sum());
    console.out().printf(Locale.ROOT, "  %5s %10s %7s  step%n", "share", "us", "calls");
    for (StepTimes.Line line : times.lines()) {
      console.out().printf(Locale.ROOT, "  %5.1f %10.1f %7.1f  %s%n", 100 * line.nanos() / all,
          1e-3 * line.nanos() / times.runs(), (double) line.calls() / times.runs(), line.title());
    }
  }

  private void show(Row row, double peak) {
    console.out().printf(Locale.ROOT,
        "%-12s %-6s batch %3d  median %9.3f ms  min %9.3f ms  %7.1f GFLOP/s  %5.1f %% of the FMA peak"
        + "  warm after %.1f s%n", row.model(),
        row.phase(), row.batch(), row.time().medianMillis(), row.time().minMillis(), row.gigaflops(),
        100 * row.gigaflops() / peak, row.time().warmSeconds());
    console.out().flush();
  }

  private void write(List<Row> rows, double peak) {
    String body = rows.stream()
        .map(r -> String.format(Locale.ROOT, "  {\"model\": %s, \"phase\": \"%s\", \"batch\": %d, \"median_ms\": %.6f,"
        + " \"min_ms\": %.6f, \"warm_s\": %.3f, \"gflops\": %.3f}", JsonText.quote(r.model()), r.phase(), r.batch(),
        r.time().medianMillis(), r.time().minMillis(), r.time().warmSeconds(), r.gigaflops()))
        .collect(Collectors.joining(",\n"));
    String text = String.format(Locale.ROOT,
        "{\"peer\": \"dlm\", \"threads\": %d, \"peak_gflops\": %.1f, \"rows\": [%n%s%n]}%n", Pool.threads(), peak,
        body);
    AtomicFile.write(json, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }
}
