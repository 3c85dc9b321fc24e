package org.dlm.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.dlm.cli.RunnableContraction;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.compiler.shape.Dim;
import org.dlm.runtime.kernel.Contraction;
import org.dlm.runtime.kernel.Peak;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs each contraction of a model alone, without the steps around it, and tells its share of the machine's peak: of
 * hundreds it finds the sick one at once.
 */
@Command(name = "contractions", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Times each contraction of a model alone, slowest share of the peak first.")
public final class ContractionsAlone implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(names = "--model", paramLabel = "M", description = "The model, where the file has several.")
  private List<String> models = List.of();

  @Option(names = "--dims", paramLabel = "N=64", split = ",", description = "Open dims (default: 64 each).")
  private Map<String, Long> dims = new LinkedHashMap<>();

  @Option(names = "--fn", paramLabel = "F", defaultValue = "loss",
      description = "The function to train (default: ${DEFAULT-VALUE}).")
  private String function;

  @Option(names = "--infer", description = "Only answer with the function, no gradient.")
  private boolean infer;

  @Option(names = "--millis", paramLabel = "MS", defaultValue = "60",
      description = "Time for each contraction once it is warm (default: ${DEFAULT-VALUE}).")
  private int millis;

  @Option(names = "--warm-up", paramLabel = "S", defaultValue = "6",
      description = "Seconds until the just-in-time compiler is done with the loops (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(names = "--threads", paramLabel = "T", description = "Threads (default: all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
      description = "Only those whose name has this text.")
  private String only;

  private double peak;

  /** One contraction, measured. */
  record Line(String title, double micros, long multiplyAdds, String route) {
    double gigaflops() {
      return 2e-3 * multiplyAdds / micros;
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ContractionsAlone()).execute(arguments));
  }

  @Override
  public Integer call() {
    Result compiled = Compiler.check(List.of(file), Options.DEFAULT.withModels(Set.copyOf(models)));
    if (compiled.hasErrors() || compiled.models().isEmpty()) {
      System.err.println("does not compile: dlm check " + file + " says why");
      return 1;
    }
    ModelSpec model = compiled.models().getLast();
    Optional<Plan> plan = model.functions().stream().filter(f -> f.name().equals(function)).findFirst()
        .flatMap(f -> infer ? Optional.of(WriteJava.inferencePlan(f)) : WriteJava.trainingPlan(f));
    if (plan.isEmpty()) {
      System.err.println(model.name() + " has no function `" + function + "`" + (infer ? "" : " with a gradient"));
      return 1;
    }
    Pool.threads(threads);
    peak = Peak.measure().allThreads();
    List<Line> lines = measure(RunnableContraction.steps(plan.get().steps()));
    System.out.printf(Locale.ROOT, "%9s %6s %9s %6s  %s%n", "us", "share", "GFLOP/s", "peak", "contraction");
    double all = lines.stream().mapToDouble(Line::micros).sum();
    for (Line line : lines) {
      System.out.printf(Locale.ROOT, "%9.1f %4.1f %% %9.1f %4.0f %%  %s%n%38s%s%n", line.micros(),
          100 * line.micros() / all, line.gigaflops(), 100 * line.gigaflops() / peak, line.title(), "", line.route());
    }
    System.out.printf(Locale.ROOT, "%9.1f us in contractions, %.0f %% of the peak of %.0f GFLOP/s on %d threads%n", all,
        lines.stream().mapToLong(Line::multiplyAdds).sum() * 2e-3 / all / peak * 100, peak, threads);
    return 0;
  }

  /** Everything several times: what was measured while the loops were still being compiled does not count. */
  private List<Line> measure(List<Step.Contract> steps) {
    List<Step.Contract> wanted = steps.stream().filter(s -> s.name().contains(only)).toList();
    long warm = System.nanoTime() + (long) (warmUp * 1e9);
    do {
      wanted.forEach(this::measure);
    } while (System.nanoTime() < warm);
    peak = Math.max(peak, Peak.measure().allThreads());
    List<Line> lines = new ArrayList<>();
    wanted.forEach(step -> lines.add(measure(step)));
    lines.sort(Comparator.comparingDouble(Line::micros).reversed());
    return lines;
  }

  private Line measure(Step.Contract step) {
    var c = step.contraction();
    List.of(c.batch(), c.row(), c.column(), c.depth()).forEach(axes -> axes.forEach(axis -> value(axis.extent())));
    step.buffers().subList(0, 3).forEach(buffer -> value(buffer.shape().size()));
    RunnableContraction own = RunnableContraction.of(step, dims);
    Contraction contraction = own.builder().plan(new Workspace());
    switch (step.kept()) {
      case LEFT -> contraction.keep(own.left(), RunnableContraction.ALIGNED);
      case RIGHT -> contraction.keep(own.right(), RunnableContraction.ALIGNED);
      case NOTHING -> { }
    }
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + millis * 1_000_000L;
    for (long start = System.nanoTime(); start < end || times.size() < 5; ) {
      contraction.run(own.left(), RunnableContraction.ALIGNED, own.right(), RunnableContraction.ALIGNED, own.out(),
          RunnableContraction.ALIGNED, null);
      long now = System.nanoTime();
      times.add((now - start) / 1e3);
      start = now;
    }
    times.sort(null);
    return new Line(title(step), times.get(times.size() / 2), contraction.multiplyAdds(), contraction.toString());
  }

  private long value(Dim dim) {
    new TreeSet<>(dim.symbols()).forEach(symbol -> dims.putIfAbsent(symbol, 64L));
    return dim.evaluate(dims);
  }

  private String title(Step.Contract step) {
    var c = step.contraction();
    return step.name() + " batch " + extents(c.batch()) + " rows " + extents(c.row()) + " columns "
        + extents(c.column()) + " depth " + extents(c.depth());
  }

  private String extents(List<Axis> axes) {
    return axes.stream().map(a -> String.valueOf(value(a.extent()))).toList().toString();
  }
}
