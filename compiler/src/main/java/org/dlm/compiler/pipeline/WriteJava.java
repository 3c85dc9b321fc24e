package org.dlm.compiler.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dlm.compiler.emit.ModelClass;
import org.dlm.compiler.emit.ModelForms;
import org.dlm.compiler.emit.ModelForms.FunctionForms;
import org.dlm.compiler.emit.OptimizerClass;
import org.dlm.compiler.emit.RecipeClass;
import org.dlm.compiler.fuse.Fuse;
import org.dlm.compiler.fuse.FuseUpdate;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Scalars;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Update;
import org.dlm.compiler.loop.VerifyPlan;
import org.dlm.compiler.memory.PlanMemory;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.rewrite.SplitSums;
import org.dlm.compiler.schedule.KeepWeights;
import org.dlm.compiler.schedule.ScheduleLoops;
import org.dlm.compiler.shape.DType;

/** The second half of the compiler, from graphs to Java: gradient, rewriting, fusion, schedule, memory, text. */
public final class WriteJava {
  private WriteJava() {}

  /** The Java class of a model; {@code timed} has its programs tell how long each step takes. */
  public static GeneratedFile model(ModelSpec spec, boolean timed) {
    return model(spec, timed, Optional.empty(), () -> { });
  }

  /** The same with what was measured about the model; {@code changed} is called where that was another one. */
  static GeneratedFile model(ModelSpec spec, boolean timed, Optional<Tuning> tuning, Runnable changed) {
    ModelForms forms = forms(spec);
    Optional<Tuning> holds = tuning.filter(t -> t.products().equals(ModelClass.products(forms)));
    if (holds.isEmpty() && tuning.isPresent()) {
      changed.run();
    }
    return new GeneratedFile(path(spec.packageName(), spec.name()), ModelClass.of(forms, timed,
        holds.map(t -> new ModelClass.Measured(t.machine(), t.routes()))));
  }

  /** What identifies the products of a model, for measurements that hold for them. */
  public static String products(ModelSpec spec) {
    return ModelClass.products(forms(spec));
  }

  /** The Java class of an optimizer. */
  public static GeneratedFile optimizer(OptimizerSpec spec) {
    List<Update> updates = spec.variants().stream().map(v -> update(spec, v)).toList();
    return new GeneratedFile(path(spec.packageName(), spec.name()), OptimizerClass.of(spec, updates));
  }

  /** The Java class of a recipe. */
  public static GeneratedFile recipe(RecipeSpec spec) {
    Optional<Expr> rate = spec.rate().filter(r -> r instanceof RecipeSpec.Formula).map(r ->
        Scalars.expression(Rewrite.apply(((RecipeSpec.Formula) r).graph()).results().getFirst().value()));
    return new GeneratedFile(path(spec.packageName(), spec.name()), RecipeClass.of(spec, rate));
  }

  private static Update update(OptimizerSpec spec, OptimizerSpec.Variant variant) {
    Set<String> names = new HashSet<>(List.of("step", "from", "to", "parameters", "gradients"));
    spec.hyperParameters().forEach(h -> names.add(h.name()));
    variant.states().forEach(s -> names.add(s.name()));
    return ScheduleLoops.of(FuseUpdate.of(Rewrite.apply(variant.update()), names));
  }

  private static String path(String packageName, String name) {
    return (packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/") + name + ".java";
  }

  private static ModelForms forms(ModelSpec spec) {
    return new ModelForms(spec, spec.functions().stream().map(WriteJava::forms).toList());
  }

  private static FunctionForms forms(ModelSpec.Function function) {
    PlanOnce plans = new PlanOnce();
    Optional<Plan> gradient = plans.gradient(function, function.training());
    return new FunctionForms(function, plans.plan(function.inference()), plans.plan(function.training()), gradient,
        gradient.flatMap(g -> plans.gradient(function, function.inference())));
  }

  /** The graph of a function with its gradient, where it returns one f32 scalar that depends on a parameter. */
  static Optional<Graph> gradient(ModelSpec.Function function, Graph graph) {
    boolean scalar = !graph.results().isEmpty() && graph.results().getFirst().value().shape().rank() == 0
        && graph.results().getFirst().value().type().element() == DType.F32;
    boolean learns = graph.values().stream()
        .anyMatch(v -> v.op() instanceof Given g && g.kind() == Given.Kind.PARAMETER);
    return scalar && learns ? Optional.of(Backward.of(graph, 0, function.trainable(), false)) : Optional.empty();
  }

  /** The steps of a function with its gradient, where it has one. */
  public static Optional<Plan> trainingPlan(ModelSpec.Function function) {
    return new PlanOnce().gradient(function, function.training());
  }

  /** The steps of a function that only answers. */
  public static Plan inferencePlan(ModelSpec.Function function) {
    return KeepWeights.in(plan(function.inference()));
  }

  /** The steps of a graph, scheduled, with the lifetimes of their memory. */
  static Plan plan(Graph graph) {
    return planRewritten(Rewrite.apply(graph));
  }

  /** The same of a graph that is as small as rewriting makes it. */
  static Plan planRewritten(Graph graph) {
    Plan plan = PlanMemory.of(ScheduleLoops.of(Fuse.of(SplitSums.apply(graph))));
    VerifyPlan.check(plan);
    return plan;
  }

  /** The steps of a graph before they are scheduled. */
  static Plan fused(Graph graph) {
    return Fuse.of(SplitSums.apply(Rewrite.apply(graph)));
  }
}
