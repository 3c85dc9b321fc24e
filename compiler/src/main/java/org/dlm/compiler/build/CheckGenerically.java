package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.syntax.Syntax;

/**
 * Looks at layers and functions that no model uses, with hyper-parameters that stand for any number. Only what is wrong
 * whatever they are is reported: shapes that differ in every case, wrong element types, wrong numbers of axes.
 */
final class CheckGenerically {
  private static final Set<Code> DEFINITE =
      EnumSet.of(Code.E0301, Code.E0302, Code.E0304, Code.E0307, Code.E0308);

  /** So many truth values are tried both ways; of more, the others keep their defaults. */
  private static final int MOST_FLAGS = 3;

  /** Tensors with up to so many axes are tried as the input of a list of stages. */
  private static final int MOST_AXES = 5;

  private final Elaboration elaboration;

  CheckGenerically(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** What a check assumes: truth values, and for how many axes {@code ...} stands. */
  private record World(List<Boolean> flags, int dots) {}

  void check(List<Syntax.File> files) {
    List<Diagnostic> errors = elaboration.diagnostics().all().stream()
        .filter(d -> d.code().severity() == Severity.ERROR).toList();
    for (Syntax.File file : files) {
      for (Syntax.Top top : file.declarations()) {
        if (errors.stream().noneMatch(e -> CheckTags.holds(top.span(), e.primary().span()))) {
          check(top);
        }
      }
    }
  }

  private void check(Syntax.Top top) {
    Scope scope = elaboration.declarations.scopeOf(top);
    switch (top) {
      case Syntax.Fn fn when !elaboration.traced.contains(fn) ->
          reportCommon(fn.params(), fn, world -> function(fn, scope, world, new Flags(world)));
      case Syntax.Layer layer when layer.stages() != null && !elaboration.traced.contains(layer) ->
          reportUnusable(layer, scope);
      case Syntax.Layer layer when layer.body() != null -> {
        for (Syntax.Member member : layer.body()) {
          if (member instanceof Syntax.Fn fn && !elaboration.traced.contains(fn)) {
            List<Syntax.Param> params = new ArrayList<>(layer.params());
            params.addAll(fn.params());
            reportCommon(params, fn, world -> inLayer(layer, fn, scope, world));
          }
        }
      }
      default -> { }
    }
  }

  // ------------------------------------------------------------------------------------------------ worlds

  private interface Attempt {
    void in(World world);
  }

  /** Reports what is wrong in every world. */
  private void reportCommon(List<Syntax.Param> params, Syntax.Fn fn, Attempt attempt) {
    if (fn.body() == null && fn.value() == null || fn.value() instanceof Syntax.Broken) {
      return;
    }
    int flags = flags(params);
    boolean dots = fn.params().stream().anyMatch(p -> p.type() instanceof Syntax.TensorType t
        && t.dims().stream().anyMatch(d -> d instanceof Syntax.Dots));
    Map<String, Diagnostic> common = null;
    for (int setting = 0; setting < 1 << flags; setting++) {
      for (int axes = dots ? 0 : 1; axes <= (dots ? 2 : 1); axes++) {
        Map<String, Diagnostic> found = found(attempt, world(setting, flags, axes));
        if (common == null) {
          common = found;
        } else {
          common.keySet().retainAll(found.keySet());
        }
      }
    }
    common.values().forEach(d -> elaboration.diagnostics().add(readable(d)));
  }

  private static int flags(List<Syntax.Param> params) {
    return Math.min(MOST_FLAGS, (int) params.stream().filter(p -> Kind.of(p.type()) == Kind.BOOL).count());
  }

  /**
   * A list of stages says nothing of its input: tensors of every kind are tried. Where all of them fail for certain,
   * the reason of the one that came furthest is told.
   */
  private void reportUnusable(Syntax.Layer layer, Scope scope) {
    Diagnostic furthest = null;
    for (int setting = 0; setting < 1 << flags(layer.params()); setting++) {
      for (DType element : List.of(DType.F32, DType.I32)) {
        for (int axes = 1; axes <= MOST_AXES; axes++) {
          World world = world(setting, flags(layer.params()), axes);
          Diagnostics seen = new Diagnostics();
          elaboration.generically(seen, () -> elaboration.unseen(() -> stages(layer, scope, world, element)));
          if (seen.all().stream().noneMatch(d -> DEFINITE.contains(d.code()) || d.code() == Code.E0402)) {
            return;
          }
          furthest = further(furthest, seen);
        }
      }
    }
    if (furthest != null) {
      elaboration.diagnostics().add(readable(furthest));
    }
  }

  private static Diagnostic further(Diagnostic best, Diagnostics seen) {
    return Stream.concat(Stream.ofNullable(best), seen.all().stream().filter(d -> DEFINITE.contains(d.code())))
        .reduce((a, b) -> b.primary().span().start() > a.primary().span().start() ? b : a).orElse(null);
  }

  private static World world(int setting, int flags, int axes) {
    List<Boolean> chosen = new ArrayList<>();
    for (int i = 0; i < flags; i++) {
      chosen.add((setting >> i & 1) == 1);
    }
    return new World(chosen, axes);
  }

  private Map<String, Diagnostic> found(Attempt attempt, World world) {
    Diagnostics seen = new Diagnostics();
    Runnable work = () -> attempt.in(world);
    elaboration.generically(seen, world.dots() == 1 ? work : () -> elaboration.unseen(work));
    Map<String, Diagnostic> definite = new LinkedHashMap<>();
    seen.all().stream().filter(d -> DEFINITE.contains(d.code()))
        .forEach(d -> definite.putIfAbsent(d.code() + " " + d.primary().span(), d));
    return definite;
  }

  /** Without the mark of sizes that may be anything. */
  private static Diagnostic readable(Diagnostic d) {
    Diagnostic.Builder builder = Diagnostic.of(d.code(), d.primary().span(), plain(d.message()))
        .label(plain(d.primary().text()));
    d.secondary().forEach(l -> builder.also(l.span(), plain(l.text())));
    builder.trace(d.shapeTrace().stream()
        .map(t -> new Diagnostic.TraceLine(t.stage(), plain(t.shape()), plain(t.remark()), t.atFault())).toList());
    d.notes().forEach(n -> builder.note(plain(n)));
    return builder.note("nothing uses this yet; it is wrong whatever its hyper-parameters are").build();
  }

  private static String plain(String text) {
    return text.replace(Dim.ANY, "");
  }

  // ------------------------------------------------------------------------------------------------ one attempt

  /** Hands out the truth values of a world one after the other. */
  private static final class Flags {
    private final World world;
    private int next;

    Flags(World world) {
      this.world = world;
    }

    Boolean take() {
      return next < world.flags().size() ? world.flags().get(next++) : null;
    }
  }

  private void stages(Syntax.Layer layer, Scope scope, World world, DType element) {
    Instance instance = instance(layer, scope, new Flags(world));
    List<Dim> dims = IntStream.range(0, world.dots()).mapToObj(i -> Dim.symbol("Axis" + i + Dim.ANY)).toList();
    Trace trace = new Trace(new GraphBuilder(), true);
    trace.owner = instance;
    elaboration.traced(trace, () -> {
      trace.at(layer.name().span(), instance);
      Meaning input = new Meaning.Tensor(trace.graph.add(
          new Given(Given.Kind.INPUT, "input", new TensorType(element, new Shape(dims)))));
      return elaboration.calls.applyInstance(instance,
          List.of(new Meaning.Argument(layer.name().span(), null, input)), layer.name().span(), true);
    });
  }

  private Instance instance(Syntax.Layer layer, Scope scope, Flags flags) {
    Instance instance = new Instance(layer, layer.name().span(), scope, Map.of());
    for (Syntax.Param param : layer.params()) {
      instance.scope().define(param.name().name(), any(param, instance.scope(), flags));
    }
    elaboration.construction.build(instance);
    return instance;
  }

  private void inLayer(Syntax.Layer layer, Syntax.Fn fn, Scope scope, World world) {
    Flags flags = new Flags(world);
    function(fn, instance(layer, scope, flags).scope(), world, flags);
  }

  private void function(Syntax.Fn fn, Scope scope, World world, Flags flags) {
    for (boolean training : new boolean[] {false, true}) {
      Trace trace = new Trace(new GraphBuilder(), training);
      trace.owner = scope.owner();
      elaboration.traced(trace, () -> {
        if (scope.owner() != null) {
          scope.owner().requirements().forEach(elaboration.statements::learn);
        }
        List<Meaning.Argument> args = arguments(fn, scope, world, flags, trace);
        return elaboration.calls.apply(new Meaning.Function(fn, scope, List.of()), args, fn.name().span(), false);
      });
    }
  }

  private List<Meaning.Argument> arguments(Syntax.Fn fn, Scope scope, World world, Flags flags, Trace trace) {
    Scope frame = scope.ofFunction();
    List<Meaning.Argument> args = new ArrayList<>();
    for (Syntax.Param param : fn.params()) {
      Meaning value = Kind.of(param.type()) == Kind.TENSOR ? tensor(param, frame, world, trace)
          : any(param, frame, flags);
      frame.define(param.name().name(), value);
      args.add(new Meaning.Argument(param.span(), param.name().name(), value));
    }
    return args;
  }

  private Meaning tensor(Syntax.Param param, Scope frame, World world, Trace trace) {
    Syntax.TensorType type = (Syntax.TensorType) param.type();
    List<Dim> dims = new ArrayList<>();
    for (Syntax.DimItem item : type.dims()) {
      switch (item) {
        case Syntax.Dots d -> {
          for (int i = 0; i < world.dots(); i++) {
            dims.add(Dim.symbol("Axis" + i));
          }
        }
        case Syntax.DimExpr(var span, Syntax.Infer written) -> dims.add(Dim.symbol("Any" + span.start()));
        case Syntax.DimExpr d -> {
          Signatures.openNames(d.value(), frame).forEach(n -> frame.define(n, new Meaning.Int(Dim.symbol(n))));
          dims.add(elaboration.signatures.dim(d.value(), frame));
        }
      }
    }
    DType element = Kind.element(type);
    trace.at(param.span(), frame.owner());
    return new Meaning.Tensor(trace.graph.add(new Given(Given.Kind.INPUT, param.name().name(),
        new TensorType(element == null ? DType.F32 : element, new Shape(dims)))));
  }

  /** A value that stands for any of the parameter's type, as far as there is one. */
  private Meaning any(Syntax.Param param, Scope scope, Flags flags) {
    Kind kind = Kind.of(param.type());
    Boolean flag = kind == Kind.BOOL ? flags.take() : null;
    if (flag != null) {
      return new Meaning.Bool(flag);
    }
    if (kind == Kind.INT) {
      return new Meaning.Int(Dim.symbol(param.name().name() + Dim.ANY));
    }
    if (param.value() == null || param.value() instanceof Syntax.Infer) {
      throw new Reported();
    }
    return elaboration.expressions.typed(param.value(), param.type(), scope);
  }
}
