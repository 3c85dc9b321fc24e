package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Calls: of functions of the language (traced into the graph), of instances, of lists; constructor calls go to
 * {@link Construction}.
 */
final class Calls {
  private final Elaboration elaboration;

  Calls(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Meaning evaluate(Syntax.Call c, Scope scope) {
    return elaboration.compileTime.rounding(c, scope).orElseGet(() -> call(c, null, scope));
  }

  /** {@code piped} is what stands left of the pipe, or null. */
  Meaning call(Syntax.Call c, Meaning.Argument piped, Scope scope) {
    Meaning callee = callee(c, piped, scope);
    int before = piped == null ? 0 : 1;
    switch (callee) {
      case Meaning.LayerType layer -> {
        Meaning.Built built = new Meaning.Built(elaboration.construction.make(layer, c, scope));
        return piped == null ? built : elaboration.stages.apply(built, piped, c.span());
      }
      case Meaning.Function f -> {
        List<Meaning.Argument> args = with(piped,
            elaboration.arguments.evaluate(c.args(), f.fn().params(), before, scope));
        return piped == null && isPartial(f, args) ? new Meaning.Function(f.fn(), f.scope(), args)
            : apply(f, args, c.span(), piped != null);
      }
      default -> {
        return apply(callee, with(piped, elaboration.arguments.evaluate(c.args(), List.of(), before, scope)), c.span(),
            c.callee().span(), piped != null);
      }
    }
  }

  /** Calls anything that can be called. */
  Meaning apply(Meaning callee, List<Meaning.Argument> args, Span site, Span calleeSpan, boolean piped) {
    return switch (callee) {
      case Meaning.Function f -> apply(f, args, site, piped);
      case Meaning.Intrinsic i -> elaboration.compileTime.call(i.name(), args, site);
      case Meaning.Built b -> applyInstance(b.instance(), args, site, piped);
      case Meaning.Items items -> {
        if (args.size() != 1) {
          throw elaboration.fail(args.isEmpty() ? Code.E0204 : Code.E0205, site, "a list of stages takes one value",
              "");
        }
        yield elaboration.stages.chain(items, args.getFirst(), site);
      }
      case Meaning.LayerType l -> throw elaboration.fail(elaboration.at(Code.E0208, calleeSpan,
          "`" + l.layer().name().name() + "` is a layer; it must be built before it is applied")
          .help("write `" + l.layer().name().name() + "()`"));
      default -> throw elaboration.fail(Code.E0208, calleeSpan, "this cannot be called", "it is " + callee.kind());
    };
  }

  private static List<Meaning.Argument> with(Meaning.Argument piped, List<Meaning.Argument> args) {
    List<Meaning.Argument> all = new ArrayList<>();
    if (piped != null) {
      all.add(piped);
    }
    all.addAll(args);
    return all;
  }

  /** A function of an instance that waits for its first application: that application tells what {@code _} is. */
  private Meaning callee(Syntax.Call c, Meaning.Argument piped, Scope scope) {
    if (c.callee() instanceof Syntax.Access access
        && elaboration.expressions.evaluate(access.target(), scope) instanceof Meaning.Built(Instance instance)
        && instance.state() == Instance.State.WAITING) {
      Syntax.Fn fn = DeclaredMembers.function(instance, access.name().name());
      if (fn != null) {
        elaboration.construction.readyFor(instance, fn,
            with(piped, elaboration.arguments.evaluate(c.args(), fn.params(), piped == null ? 0 : 1, scope)), c.span());
      }
    }
    return elaboration.expressions.evaluate(c.callee(), scope);
  }

  // ------------------------------------------------------------------------------------------------ instances

  Meaning applyInstance(Instance instance, List<Meaning.Argument> args, Span site, boolean piped) {
    return region(instance.recomputed(), () -> applyOnce(instance, args, site, piped));
  }

  /** {@code #remat}: in the backward pass what the work makes is computed again. */
  private <T> T region(boolean recomputed, Supplier<T> work) {
    return recomputed && elaboration.trace() != null ? elaboration.trace().region(work) : work.get();
  }

  private Meaning applyOnce(Instance instance, List<Meaning.Argument> args, Span site, boolean piped) {
    Syntax.Fn forward = DeclaredMembers.function(instance, "forward");
    elaboration.construction.readyFor(instance, forward, args, site);
    instance.requirements().forEach(elaboration.statements::learn);
    Meaning result;
    if (instance.stages() != null) {
      if (instance.declaration() instanceof Syntax.Layer layer) {
        elaboration.traced.add(layer);
      }
      result = elaboration.within(site, instance,
          () -> apply(instance.stages(), args, site, instance.declaration().name().span(), piped));
    } else if (instance.scope().own("forward") instanceof Meaning.Function f) {
      result = apply(f, args, site, piped);
    } else if (instance.scope().own("forward") instanceof Meaning.Poison) {
      throw new Reported();
    } else {
      throw elaboration.fail(Code.E0208, site, "`" + instance.layerName() + "` has no function `forward`",
          "so it cannot be applied");
    }
    instance.called(args.isEmpty() ? "" : shape(args.getFirst().value()), shape(result));
    return result;
  }

  private static String shape(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Tensor(Value v) -> v.type().toString();
      case Meaning.Several(List<Meaning> items, var names) ->
          "(" + String.join(", ", items.stream().map(Calls::shape).toList()) + ")";
      default -> "";
    };
  }

  // ------------------------------------------------------------------------------------------------ functions

  /**
   * Arguments that are all compile-time and leave the first, a tensor, open: a stage such as {@code leaky_relu(0.2)}.
   */
  private boolean isPartial(Meaning.Function f, List<Meaning.Argument> args) {
    List<Syntax.Param> params = f.fn().params();
    if (params.isEmpty() || !takesTensor(f.fn(), params.getFirst()) || !f.given().isEmpty()
        || args.stream().anyMatch(a -> hasTensor(a.value()) || params.getFirst().name().name().equals(a.name()))
        || elaboration.compileTime.computes(f.fn(), args)) {
      return false;
    }
    int position = 1;
    List<String> filled = new ArrayList<>();
    for (Meaning.Argument arg : args) {
      int at = position;
      Syntax.Param param = arg.name() == null ? (at < params.size() ? params.get(at) : null)
          : params.stream().filter(p -> p.name().name().equals(arg.name())).findFirst().orElse(null);
      position += arg.name() == null ? 1 : 0;
      Kind kind = param == null ? null : Kind.of(param.type());
      if (kind == null || kind != Kind.LIST && Arguments.single(arg.value(), kind) == null) {
        return false;
      }
      filled.add(param.name().name());
    }
    return params.stream().skip(1).allMatch(p -> p.value() != null || filled.contains(p.name().name()));
  }

  /** Does the parameter take a tensor? In a primitive also one of type {@code _}. */
  static boolean takesTensor(Syntax.Fn fn, Syntax.Param param) {
    Kind kind = Kind.of(param.type());
    return kind == Kind.TENSOR || fn.primitive() && kind == Kind.ANY;
  }

  static boolean hasTensor(Meaning meaning) {
    return meaning instanceof Meaning.Tensor
        || meaning instanceof Meaning.Items(var items, var spans) && items.stream().anyMatch(Calls::hasTensor)
        || meaning instanceof Meaning.Several(var several, var names) && several.stream().anyMatch(Calls::hasTensor);
  }

  Meaning apply(Meaning.Function f, List<Meaning.Argument> args, Span site, boolean piped) {
    Syntax.Fn fn = f.fn();
    elaboration.arguments.requireRoom(nameOf(f), fn.params().size() - f.given().size(), args);
    List<Meaning.Argument> all = new ArrayList<>(args);
    all.addAll(f.given());
    if (fn.primitive()) {
      return elaboration.primitives.call(fn, all, f.scope(), site);
    }
    Map<String, Meaning.Argument> matched = elaboration.arguments.match(nameOf(f), fn.params(), all, site);
    Instance owner = f.scope().owner();
    return elaboration.within(site, owner, () -> {
      Trace trace = elaboration.trace();
      Instance before = trace == null ? null : trace.owner;
      if (trace == null) {
        return trace(f, matched, site, piped);
      }
      trace.owner = owner != null ? owner : before;
      trace.enter();
      try {
        return region(CheckTags.has(fn.tags(), CheckTags.Tag.REMAT) || owner != null && owner.recomputed(),
            () -> trace(f, matched, site, piped));
      } finally {
        trace.leave();
        trace.owner = before;
      }
    });
  }

  /** How messages call a function: an instance's {@code forward} by the layer's name. */
  static String nameOf(Meaning.Function f) {
    Instance owner = f.scope().owner();
    return owner != null && f.fn().name().name().equals("forward") ? owner.layerName() : f.fn().name().name();
  }

  private Meaning trace(Meaning.Function f, Map<String, Meaning.Argument> matched, Span site, boolean piped) {
    Syntax.Fn fn = f.fn();
    elaboration.traced.add(fn);
    Scope frame = f.scope().ofFunction();
    List<Signatures.Input> inputs = parameters(f, matched, frame, site);
    elaboration.signatures.bind(f, inputs, frame, site, piped);
    inputs.forEach(i -> elaboration.signatures.define(i, frame));
    Meaning result = body(fn, frame);
    Meaning checked = elaboration.signatures.checkResult(f, result, frame, site);
    return fn.gradient() == null || elaboration.trace() == null ? checked
        : elaboration.gradients.attach(fn, checked, inputs, frame, site);
  }

  /** Defines the compile-time parameters; gives those that are tensors (or numbers in their place). */
  private List<Signatures.Input> parameters(Meaning.Function f, Map<String, Meaning.Argument> matched, Scope frame,
      Span site) {
    List<Signatures.Input> inputs = new ArrayList<>();
    int ordinal = 0;
    for (Syntax.Param param : f.fn().params()) {
      Meaning.Argument arg = matched.get(param.name().name());
      if (Kind.of(param.type()) == Kind.TENSOR) {
        Meaning value = arg != null ? arg.value() : elaboration.expressions.evaluate(param.value(), frame);
        Span at = arg != null ? arg.span() : param.span();
        elaboration.arguments.convert(value, param.type(), at);
        inputs.add(new Signatures.Input(param, (Syntax.TensorType) param.type(), value, at, ordinal));
      } else {
        Meaning value = arg != null ? elaboration.arguments.convert(arg.value(), param.type(), arg.span())
            : elaboration.expressions.typed(param.value(), param.type(), frame);
        frame.define(param.name().name(), value);
        elaboration.saw(param.name().span(), value);
      }
      ordinal++;
    }
    return inputs;
  }

  Meaning body(Syntax.Fn fn, Scope frame) {
    if (fn.value() != null) {
      return elaboration.expressions.evaluate(fn.value(), frame);
    }
    if (fn.body() == null) {
      throw elaboration.fail(Code.E0206, fn.name().span(), "`" + fn.name().name() + "` has no body", "");
    }
    return elaboration.statements.run(fn.body(), frame, null).orElseThrow(() -> {
      Diagnostic.Builder problem = elaboration.at(Code.E0206, fn.name().span(),
          "`" + fn.name().name() + "` does not return anything");
      return elaboration.fail(problem.help("end it with `return ...`"));
    });
  }

  // ------------------------------------------------------------------------------------------------ initialisers

  /** An initialiser: one of the runtime's where {@code fn} is primitive, else what its body comes to. */
  Meaning initialiser(Syntax.Fn fn, Scope home, List<Syntax.Arg> args, Span site, Scope scope) {
    String name = fn.name().name();
    List<Meaning.Argument> values = elaboration.arguments.evaluate(args, fn.params(), 0, scope);
    Map<String, Meaning.Argument> matched = elaboration.arguments.match(name, fn.params(), values, site);
    if (values.stream().anyMatch(v -> v.value() instanceof Meaning.Unknown)) {
      return new Meaning.Unknown();
    }
    return elaboration.within(site, scope.owner(), () -> {
      Scope frame = home.ofFunction();
      Map<String, Double> numbers = new LinkedHashMap<>();
      for (Syntax.Param param : fn.params()) {
        Meaning.Argument arg = matched.get(param.name().name());
        Meaning value = arg != null ? elaboration.arguments.convert(arg.value(), param.type(), arg.span())
            : elaboration.expressions.typed(param.value(), param.type(), frame);
        frame.define(param.name().name(), value);
        if (fn.primitive()) {
          numbers.put(param.name().name(), number(value, arg == null ? site : arg.span()));
        }
      }
      return fn.primitive() ? new Meaning.Initial(new ModelSpec.Initial(name, List.copyOf(numbers.values())))
          : elaboration.expressions.initialiser(initialiserBody(fn, frame), frame);
    });
  }

  private double number(Meaning value, Span at) {
    if (!Arithmetic.isKnown(value)) {
      throw elaboration.fail(Code.E0401, at, "an initialiser's numbers must be known while compiling",
          "this is " + value.kind());
    }
    return Arithmetic.number(value);
  }

  private Syntax.Expr initialiserBody(Syntax.Fn fn, Scope frame) {
    if (fn.value() != null) {
      return fn.value();
    }
    if (fn.body() != null && !fn.body().isEmpty() && fn.body().getLast() instanceof Syntax.Return(var span, var values)
        && values.size() == 1) {
      elaboration.statements.run(fn.body().subList(0, fn.body().size() - 1), frame, null);
      return values.getFirst();
    }
    throw elaboration.fail(Code.E0206, fn.name().span(),
        "`" + fn.name().name() + "` must end in `return` of one initialiser", "");
  }
}
