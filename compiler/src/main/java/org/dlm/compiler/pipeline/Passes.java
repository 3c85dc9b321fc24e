package org.dlm.compiler.pipeline;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dlm.compiler.build.Elaborate;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Print;
import org.dlm.compiler.loop.PrintPlan;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.schedule.KeepWeights;
import org.dlm.compiler.syntax.Parse;

/**
 * The order of everything: each pass with its name and what it may assume. Checking stops before Java is made; a pass
 * runs only while there is no error.
 */
final class Passes {
  /** A pass; {@code checking}: it runs also when only a check is wanted. */
  record Pass(String name, boolean checking, Consumer<Work> run) {}

  static final List<Pass> IN_ORDER = List.of(
      new Pass("parse", true, Passes::parse),
      // Takes broken syntax too: what could be parsed is checked, so that one mistake does not hide the others.
      new Pass("elaborate", true, Passes::elaborate),
      new Pass("gradient", true, Passes::gradient),
      new Pass("plan", true, Passes::plan),
      new Pass("java", false, Passes::java));

  private Passes() {}

  /** The passes that find what is wrong. */
  static void check(Work work) {
    IN_ORDER.stream().filter(Pass::checking).forEach(pass -> run(pass, work));
  }

  /** The passes behind them, which make Java. */
  static void write(Work work) {
    IN_ORDER.stream().filter(pass -> !pass.checking()).forEach(pass -> run(pass, work));
  }

  private static void run(Pass pass, Work work) {
    if (work.diagnostics.hasErrors() && !pass.name().equals("elaborate")) {
      return;
    }
    long start = System.nanoTime();
    pass.run().accept(work);
    work.timings.add(new Timing(pass.name(), (System.nanoTime() - start) / 1e6));
  }

  private static void parse(Work work) {
    work.sources.forEach(source -> work.files.add(Parse.file(source, work.diagnostics)));
    work.options.training().ifPresent(request -> AskedRecipe.add(request, work));
    work.libraries.addAll(Libraries.needed(work));
    if (work.wants(Stage.AST)) {
      work.files.forEach(file ->
          work.dump(Stage.AST, file.span().file().name(), org.dlm.compiler.syntax.Print.text(file)));
    }
  }

  private static void elaborate(Work work) {
    Elaborate.Outcome outcome = Elaborate.elaborate(work.files, work.libraries, work.wanted,
        work.options.optimizers(), work.sightings, work.diagnostics);
    work.models.addAll(outcome.models());
    work.optimizers.addAll(outcome.optimizers());
    work.recipes.addAll(outcome.recipes());
    for (ModelSpec model : work.models) {
      if (work.wants(Stage.TYPED)) {
        work.dump(Stage.TYPED, model.name(), PrintTyped.model(model));
      }
      if (work.wants(Stage.GRAPH)) {
        work.dump(Stage.GRAPH, model.name(), graphs(model));
      }
    }
    for (OptimizerSpec optimizer : work.optimizers) {
      if (work.wants(Stage.GRAPH)) {
        work.dump(Stage.GRAPH, optimizer.name(), optimizer.variants().stream()
            .map(v -> (v.flags().isEmpty() ? "" : "// " + v.flags() + "\n") + Print.graph(v.update()))
            .collect(Collectors.joining("\n")));
      }
    }
  }

  private static String graphs(ModelSpec model) {
    StringBuilder text = new StringBuilder();
    for (ModelSpec.Function function : model.functions()) {
      text.append("// ").append(function.name()).append(", inference\n").append(Print.graph(function.inference()))
          .append('\n');
      text.append("// ").append(function.name()).append(", training\n").append(Print.graph(function.training()))
          .append('\n');
    }
    return text.toString();
  }

  private static void gradient(Work work) {
    if (!work.wants(Stage.GRADIENT)) {
      return;
    }
    for (ModelSpec model : work.models) {
      StringBuilder text = new StringBuilder();
      for (ModelSpec.Function function : model.functions()) {
        Graph graph = function.training();
        if (PrintTyped.isDifferentiable(graph)) {
          text.append("// ").append(function.name()).append(", training, with gradient\n")
              .append(PrintTyped.gradient(function)).append('\n');
        }
      }
      work.dump(Stage.GRADIENT, model.name(), text.toString());
    }
  }

  /** Only for those who want to look: the Java pass plans for itself. */
  private static void plan(Work work) {
    for (ModelSpec model : work.models) {
      if (work.wants(Stage.FUSED)) {
        work.dump(Stage.FUSED, model.name(), plans(model, WriteJava::fused, WriteJava::fused));
      }
      if (work.wants(Stage.PLAN)) {
        work.dump(Stage.PLAN, model.name(),
            plans(model, graph -> KeepWeights.in(WriteJava.plan(graph)), WriteJava::plan));
      }
    }
  }

  private static String plans(ModelSpec model, Function<Graph, Plan> planned, Function<Graph, Plan> withGradient) {
    StringBuilder text = new StringBuilder();
    for (ModelSpec.Function function : model.functions()) {
      text.append("// ").append(function.name()).append(", inference\n")
          .append(PrintPlan.of(planned.apply(function.inference()))).append('\n');
      WriteJava.gradient(function, function.training()).ifPresent(graph -> text.append("// ").append(function.name())
          .append(", training, with gradient\n").append(PrintPlan.of(withGradient.apply(graph))).append('\n'));
    }
    return text.toString();
  }

  /** What was measured about a model: given, or found beside its file. */
  private static Optional<Tuning> measured(Work work, ModelSpec model) {
    if (work.options.tunings().isPresent()) {
      return Tuning.of(work.options.tunings().get(), model.name());
    }
    try {
      return Tuning.of(Tuning.read(Tuning.beside(Path.of(model.span().file().name()))), model.name());
    } catch (InvalidPathException e) {
      return Optional.empty(); // a text of no file
    } catch (IOException e) {
      notUsed(work, model, e.getMessage());
      return Optional.empty();
    }
  }

  private static void notUsed(Work work, ModelSpec model, String why) {
    work.diagnostics.add(Diagnostic.of(Code.W0907, model.span(),
        "the measurements in " + Tuning.beside(Path.of(model.span().file().name())).getFileName()
            + " are not used: " + why)
        .help("Run `dlm tune` again, or delete the file."));
  }

  private static void java(Work work) {
    work.models.forEach(model -> work.generated.add(WriteJava.model(model, work.options.timed(), measured(work, model),
        () -> notUsed(work, model, "`" + model.name() + "` has changed since they were taken"))));
    work.optimizers.forEach(optimizer -> work.generated.add(WriteJava.optimizer(optimizer)));
    work.recipes.forEach(recipe -> work.generated.add(WriteJava.recipe(recipe)));
    if (work.wants(Stage.JAVA)) {
      work.generated.forEach(file -> work.dump(Stage.JAVA, file.relativePath(), file.text()));
    }
  }
}
