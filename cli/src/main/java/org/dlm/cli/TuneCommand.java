package org.dlm.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Tuning;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.kernel.Candidates;
import org.dlm.runtime.kernel.Choices;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.ThisMachine;
import org.dlm.runtime.lanes.LaneChoice;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm tune}: measures on this machine which way to run each product of a model is the fastest. */
@Command(name = "tune", description = {"Measure which way to run each product of a model is the fastest here.",
    "What is faster than the usual way goes into a file beside the model's, which is read when the model is compiled."})
final class TuneCommand extends BaseCommand {
  /** In its place in the program a way must be this much faster than the usual one. */
  private static final double FASTER = 0.97;

  /** The programs together must be at least so much faster, and none of them slower than this. */
  private static final double WORTH_A_FILE = 0.995;
  private static final double SLOWER = 1.01;

  @Mixin private ModelFiles files;

  @Mixin private TimedFunctions functions;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "60",
      description = "Time for all measurements (default: ${DEFAULT-VALUE}).")
  private double seconds;

  /** A program that is measured: its steps, its open dims, and how it is run. */
  private record Measured(Plan plan, Map<String, Long> dims, StepTrials.Run run) {}

  TuneCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    requireTime("--seconds", seconds);
    if (LaneChoice.DETERMINISTIC) {
      throw new InputProblem("a deterministic model is the same on every machine: there is nothing to measure",
          "Leave --deterministic out.");
    }
    LoadedModel usual = LoadedModel.load(files, console, null, Options.DEFAULT.withTimes().withTunings(List.of()));
    Path file = Tuning.beside(Path.of(usual.spec().span().file().name()));
    List<Tuning> all = new ArrayList<>(read(file));
    Tuning none = new Tuning(usual.spec().name(), WriteJava.products(usual.spec()), ThisMachine.NAME, Map.of(),
        Map.of());
    List<Measured> programs = programs(usual.spec());
    List<RouteTrials.Find> finds = faster(programs);
    Tuning kept = finds.isEmpty() ? none : inPlace(usual, programs, finds, none);
    console.err().printf("%d of them in their place in the program%n", kept.routes().size());
    if (!kept.routes().isEmpty() && !gains(usual, programs, kept)) {
      kept = none;
    }
    write(file, all, kept);
  }

  private static List<Tuning> read(Path file) {
    try {
      return Tuning.read(file);
    } catch (IOException e) {
      throw new InputProblem(file + " is not what dlm tune writes: " + e.getMessage(), "Delete it.");
    }
  }

  private static Model fresh(LoadedModel loaded) {
    Model model = loaded.another();
    model.initialize(0);
    return model;
  }

  /** What is faster when each product runs alone. */
  private List<RouteTrials.Find> faster(List<Measured> programs) {
    RouteTrials trials = new RouteTrials();
    programs.forEach(p -> trials.add(p.plan().steps(), p.dims()));
    console.err().printf("%d products, %d ways to run them, on %s with %d threads%n", trials.size(), trials.ways(),
        ThisMachine.NAME, Pool.threads());
    List<RouteTrials.Find> finds = trials.run(seconds / 2);
    console.err().printf("%d products are faster another way when they run alone%n", finds.size());
    return finds;
  }

  /** Of those, what is also faster in its place in the programs. */
  private Tuning inPlace(LoadedModel usual, List<Measured> programs, List<RouteTrials.Find> finds, Tuning none) {
    List<StepTrials.Pair> pairs = compare(usual, programs,
        finds.stream().collect(Collectors.toMap(RouteTrials.Find::shape, RouteTrials.Find::route)));
    Tuning kept = none;
    for (RouteTrials.Find find : finds) {
      StepTrials.Outcome most = null;
      boolean faster = true;
      for (int i = 0; i < programs.size(); i++) {
        Set<String> steps = steps(programs.get(i), find.shape());
        if (!steps.isEmpty()) {
          StepTrials.Outcome outcome = pairs.get(i).outcome(steps);
          faster &= outcome.ratio() < FASTER && outcome.sure() < 1;
          most = most == null || outcome.before() > most.before() ? outcome : most;
        }
      }
      if (faster && most != null) {
        kept = kept.with(find.shape(), find.route(), String.format(Locale.ROOT, "%.3f ms, before %.3f (%s)",
            most.before() * most.ratio(), most.before(), find.usual()));
      }
    }
    return kept;
  }

  private List<StepTrials.Pair> compare(LoadedModel usual, List<Measured> programs, Map<String, String> routes) {
    return StepTrials.compare(() -> fresh(usual), Choices.NONE, Choices.of(routes),
        programs.stream().map(Measured::run).toList(), seconds / 4);
  }

  /** The names of the steps that have a product of this shape. */
  private static Set<String> steps(Measured program, String shape) {
    return RunnableContraction.steps(program.plan().steps()).stream()
        .filter(step -> Candidates.of(RunnableContraction.builder(step, program.dims())).stream()
            .anyMatch(candidates -> candidates.shape().equals(shape)))
        .map(Step.Contract::name).collect(Collectors.toSet());
  }

  /** Whether the programs as a whole are faster, which is what counts. */
  private boolean gains(LoadedModel usual, List<Measured> programs, Tuning kept) {
    double product = 1;
    boolean slower = false;
    for (StepTrials.Pair pair : compare(usual, programs, kept.routes())) {
      StepTrials.Outcome outcome = pair.outcome();
      console.out().printf(Locale.ROOT, "%s of `%s`: %.3f ms, before %.3f ms (%.3f times as fast)%n",
          pair.run().gradient() ? "training step" : "call", pair.run().function(), outcome.before() * outcome.ratio(),
          outcome.before(), 1 / outcome.ratio());
      product *= outcome.ratio();
      slower |= outcome.ratio() > SLOWER;
    }
    return product < WORTH_A_FILE && !slower;
  }

  /** Measurements of the same model on the same machine at other dims stay. */
  private void write(Path file, List<Tuning> all, Tuning kept) {
    Optional<Tuning> old = Tuning.of(all, kept.model());
    Tuning merged = old.filter(o -> o.products().equals(kept.products()) && o.machine().equals(kept.machine()))
        .orElse(new Tuning(kept.model(), kept.products(), kept.machine(), Map.of(), Map.of()));
    for (String shape : kept.routes().keySet()) {
      merged = merged.with(shape, kept.routes().get(shape), kept.notes().get(shape));
    }
    if (merged.routes().isEmpty()) {
      console.out().println("nothing is faster than the usual way; no file is written");
      return;
    }
    all.removeIf(t -> t.model().equals(kept.model()));
    all.add(merged);
    AtomicFile.write(file,
        channel -> channel.write(ByteBuffer.wrap(Tuning.text(all).getBytes(StandardCharsets.UTF_8))));
    console.out().println("written: " + file);
  }

  private List<Measured> programs(ModelSpec spec) {
    List<Measured> programs = new ArrayList<>();
    functions.trained(spec).ifPresent(f -> WriteJava.trainingPlan(f)
        .ifPresent(plan -> programs.add(measured(spec, f, plan, true))));
    functions.inferred(spec).ifPresent(f -> programs.add(measured(spec, f, WriteJava.inferencePlan(f), false)));
    if (programs.isEmpty()) {
      throw TimedFunctions.missing(spec);
    }
    return programs;
  }

  private Measured measured(ModelSpec spec, ModelSpec.Function f, Plan plan, boolean training) {
    Map<String, Long> values = functions.dims(spec, f.inference());
    return new Measured(plan, values,
        new StepTrials.Run(f.name(), training, RandomInputs.of(f.inference(), values)));
  }
}
