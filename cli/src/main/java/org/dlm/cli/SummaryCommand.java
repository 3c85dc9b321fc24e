package org.dlm.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.StepMemory;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm summary}: what a model is made of and what it costs. */
@Command(name = "summary", description = {"Show the layers of a model with their shapes, parameters and work.",
    "Memory is that of a layer's parameters and of its output."})
final class SummaryCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = "--dims", paramLabel = "N=64", split = ",",
      description = "Open dims, for multiply-adds and memory (default: 1 each).")
  private Map<String, String> dims = new LinkedHashMap<>();

  @Option(names = "--fn", paramLabel = "F", description = "The function whose work is counted (default: the first).")
  private String function;

  SummaryCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    ModelSpec model = files.model(files.check(console, Options.DEFAULT));
    ModelSpec.Function counted = model.functions().stream().filter(f -> function == null || f.name().equals(function))
        .findFirst()
        .orElseThrow(() -> new InputProblem("the model " + model.name() + " has no function `" + function + "`"
            + Suggestion.didYouMean(function, model.functions().stream().map(ModelSpec.Function::name).toList()),
            "It has " + String.join(", ", model.functions().stream().map(ModelSpec.Function::name).toList()) + "."));
    Graph graph = counted.inference();
    Map<String, Long> values = Dims.parse(dims, graph, 1);
    Map<String, Long> work = new HashMap<>();
    graph.values().forEach(v -> work.merge(v.origin().instance(), Arithmetic.of(v, values), Long::sum));
    Map<String, Long> output = new HashMap<>();
    graph.values().forEach(v -> output.put(v.origin().instance(), size(v, values)));
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"path", "layer", "output", "parameters", "multiply-adds", "memory"});
    for (ModelSpec.Instance instance : model.instances()) {
      long inside = work.getOrDefault(instance.path(), 0L);
      rows.add(new String[] {instance.path(), instance.layer(), instance.output(), number(instance.parameters()),
          number(inside), memory(4 * (instance.parameters() + output.getOrDefault(instance.path(), 0L)))});
    }
    print(rows);
    long parameters = model.parameters().stream().mapToLong(v -> v.shape().size().constant()).sum();
    console.out().println();
    console.out().printf(Locale.ROOT, "%s: %,d parameters (%s), %,d multiply-adds in `%s`%s%n", model.name(),
        parameters, memory(4 * parameters), Arithmetic.forward(graph, values), graph.name(),
        values.isEmpty() ? "" : " at " + at(values));
    console.out().printf(Locale.ROOT, "largest tensor %s, all tensors of a call %s%n",
        memory(4 * graph.values().stream().mapToLong(v -> size(v, values)).max().orElse(0)),
        memory(4 * graph.values().stream().mapToLong(v -> size(v, values)).sum()));
    printPrograms(model, counted, values);
    printRecomputed(model);
    MeasuredRoutes.summary(model).ifPresent(console.out()::println);
  }

  /** What a call of the counted function and a training step of each function that can be trained need. */
  private void printPrograms(ModelSpec model, ModelSpec.Function counted, Map<String, Long> values) {
    console.out().printf("a call of `%s`: %s%n", counted.name(), PlannedProgram.inference(counted, values));
    for (ModelSpec.Function f : model.functions()) {
      Map<String, Long> all = Dims.known(dims, f.training(), 1);
      PlannedProgram.training(f, all).ifPresent(p ->
          console.out().printf("a training step of `%s`: %s%n", f.name(), p));
    }
  }

  /** Each function that computes parts of itself again in its gradient, with what its training step then needs. */
  private void printRecomputed(ModelSpec model) {
    for (ModelSpec.Function f : model.functions()) {
      if (StepMemory.regions(f) > 0) {
        Map<String, Long> values = Dims.parse(dims, f.training(), 1);
        StepMemory.of(f, values).ifPresent(m -> console.out().printf(Locale.ROOT,
            "`%s`: #remat computes %d %s again in the backward pass; a training step%s needs %s for temporaries%n",
                f.name(),
            m.regions(), m.regions() == 1 ? "part" : "parts", values.isEmpty() ? "" : " at " + at(values),
                memory(m.bytes())));
      }
    }
  }

  private static long size(Value value, Map<String, Long> values) {
    return value.shape().size().evaluate(values);
  }

  private static String at(Map<String, Long> values) {
    return String.join(", ", values.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }

  private static String number(long n) {
    return n == 0 ? "-" : String.format(Locale.ROOT, "%,d", n);
  }

  static String memory(long bytes) {
    return bytes < 1 << 20 ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }

  /** Columns as wide as their widest cell; numbers to the right. */
  private void print(List<String[]> rows) {
    int[] widths = new int[rows.getFirst().length];
    rows.forEach(row -> {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    });
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String fill = " ".repeat(widths[i] - row[i].length());
        line.append(i < 3 ? row[i] + fill : fill + row[i]).append("   ");
      }
      console.out().println(line.toString().stripTrailing());
    }
  }
}
