package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.RuntimeScalar;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * The {@code rate} of a recipe: a number, or a schedule, which is a function of the step. What the trainer knows is put
 * in where the function has a parameter of that name and nothing was given for it.
 */
final class RateRule {
  private static final String STEP = "step";

  /** What the trainer puts in, besides the step; also known by these names in the text of a rate. */
  private static final List<String> KNOWN = List.of("steps", "epoch_steps");

  private static final Pattern NAME = Pattern.compile("\\b[a-z_]\\w*");

  private final Elaboration elaboration;
  private final Scope scope;

  RateRule(Elaboration elaboration, Scope around) {
    this.elaboration = elaboration;
    scope = around.ofFunction();
    for (String name : Prelude.shared().scheduleNames()) {
      // The user's own functions come first.
      if (!(around.find(name) instanceof Meaning.Function)) {
        scope.define(name, new Meaning.Function(Prelude.shared().findSchedule(name),
            elaboration.declarations.preludeScope(),
            List.of()));
      }
    }
  }

  RecipeSpec.Rate rate(Syntax.Expr written) {
    Syntax.Expr expr = written instanceof Syntax.Parens p ? p.inner() : written;
    String text = written.span().text().strip().replaceAll("\\s+", " ");
    Syntax.Expr callee = expr instanceof Syntax.Call c ? c.callee() : expr;
    List<Syntax.Arg> args = expr instanceof Syntax.Call c ? c.args() : List.of();
    Meaning function = callee instanceof Syntax.Name n ? scope.find(n.name()) : null;
    if (function == null && callee instanceof Syntax.Name n && expr instanceof Syntax.Call
        && Expressions.predefined(n.name()) == null) {
      List<String> known = new ArrayList<>(Prelude.shared().scheduleNames());
      known.addAll(scope.visible());
      throw elaboration.fail(elaboration.at(Code.E0201, n.span(), "there is no schedule `" + n.name() + "`")
          .label(Suggest.didYouMean(n.name(), known))
          .note("the schedules are " + String.join(", ", Prelude.shared().scheduleNames())));
    }
    if (function instanceof Meaning.Function f && isStateful(f)) {
      return plateau(f, args, expr, text);
    }
    Trace trace = Trace.ofFormula();
    return elaboration.traced(trace, () -> {
      trace.at(written.span(), null);
      KNOWN.forEach(name -> scope.define(name, scalar(trace, name)));
      giveStep(written.span(), trace);
      Meaning meant = elaboration.expressions.evaluate(expr, scope);
      Meaning rate = function instanceof Meaning.Function f && isSchedule(f) && meant instanceof Meaning.Function given
          ? elaboration.calls.apply(given, List.of(), expr.span(), true) : meant;
      Value number = number(rate, written);
      Graph graph = trace.graph.build("rate", List.of(), List.of(new Graph.Result("rate", number)), List.of(),
          trace.requirements);
      return new RecipeSpec.Formula(graph, text, written.span(), List.copyOf(trace.conditions));
    });
  }

  private static Meaning.Tensor scalar(Trace trace, String name) {
    return new Meaning.Tensor(trace.graph.add(new RuntimeScalar(DType.F32, name)));
  }

  private static boolean isStateful(Meaning.Function f) {
    return f.fn().primitive() && Prelude.shared().findSchedule(f.fn().name().name()) == f.fn();
  }

  private static boolean isSchedule(Meaning.Function f) {
    return !f.fn().params().isEmpty() && f.fn().params().getFirst().name().name().equals(STEP);
  }

  /** Wherever a schedule stands in the text, it gets what the trainer knows. */
  private void giveStep(Span written, Trace trace) {
    Matcher names = NAME.matcher(written.text());
    while (names.find()) {
      if (scope.find(names.group()) instanceof Meaning.Function f && f.given().isEmpty()) {
        Span at = new Span(written.file(), written.start() + names.start(), written.start() + names.end());
        if (isStateful(f)) {
          throw elaboration.fail(Code.E0206, at,
              "`" + names.group() + "` stands alone", "it remembers, so nothing can be computed with it");
        }
        if (isSchedule(f)) {
          scope.define(names.group(), withStep(f, at, trace));
        }
      }
    }
  }

  /** The function with its {@code step} given; {@code steps} and {@code epoch_steps} may still be said. */
  private Meaning.Function withStep(Meaning.Function f, Span at, Trace trace) {
    Syntax.Fn fn = f.fn();
    Scope around = f.scope().ofFunction();
    List<Syntax.Param> params = new ArrayList<>();
    for (Syntax.Param param : fn.params().subList(1, fn.params().size())) {
      boolean known = KNOWN.contains(param.name().name());
      if (known) {
        around.define(param.name().name(), scope.own(param.name().name()));
      }
      params.add(known ? new Syntax.Param(param.span(), param.name(), param.type(),
          new Syntax.Name(param.span(), param.name().name())) : param);
    }
    Syntax.Param step = fn.params().getFirst();
    params.add(step);
    return new Meaning.Function(new Syntax.Fn(fn.span(), fn.name(), fn.tags(), fn.doc(), fn.primitive(), params,
        fn.result(), fn.value(), fn.body(), fn.gradient()), around,
        List.of(new Meaning.Argument(at, STEP, scalar(trace, STEP))));
  }

  private Value number(Meaning rate, Syntax.Expr at) {
    Value value = rate instanceof Meaning.Tensor || Arithmetic.isNumber(rate)
        ? elaboration.tensors.tensor(rate, DType.F32, at.span()) : null;
    if (value == null || value.shape().rank() != 0 || value.type().element() != DType.F32) {
      throw elaboration.fail(elaboration.at(Code.E0206, at.span(), "a rate is a number or a schedule")
          .label("this is " + rate.kind())
              .help("a schedule is a function of the step: fn mine(step: [], steps: []) -> [] ="
              + " 0.1 * (1 - step / steps)"));
    }
    if (Arithmetic.isKnown(rate) && Arithmetic.number(rate) < 0) {
      throw elaboration.fail(Code.E0206, at.span(), "a rate is a number of 0 or more", "this is less");
    }
    if (!ofScalars(value)) {
      throw elaboration.fail(Code.E0206, at.span(), "a rate is computed from step, steps, epoch_steps and numbers",
          "this computes with tensors");
    }
    return value;
  }

  /** A truth value computed from what is known when the rate of a step is asked for. */
  static boolean isCondition(Value value, Trace trace) {
    return trace != null && trace.conditions != null && value.type().element() == DType.BOOL
        && value.shape().rank() == 0 && ofScalars(value);
  }

  private static boolean ofScalars(Value value) {
    return value.shape().size().is(1) && value.inputs().stream().allMatch(RateRule::ofScalars)
        && (value.op().lower(value) instanceof Lowering.Map || value.op().lower(value) instanceof Lowering.SameMemory);
  }

  /** A schedule that the runtime has, for it remembers: only its numbers are kept. */
  private RecipeSpec.Rate plateau(Meaning.Function f, List<Syntax.Arg> written, Syntax.Expr site, String text) {
    Syntax.Fn fn = f.fn();
    Map<String, Meaning.Argument> matched = elaboration.arguments.match(fn.name().name(), fn.params(),
        elaboration.arguments.evaluate(written, fn.params(), 0, scope), site.span());
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Syntax.Param param : fn.params()) {
      Meaning.Argument arg = matched.get(param.name().name());
      Meaning value = arg != null ? elaboration.arguments.convert(arg.value(), param.type(), arg.span())
          : elaboration.expressions.typed(param.value(), param.type(), scope);
      if (!Arithmetic.isKnown(value) || Arithmetic.number(value) < 0) {
        throw elaboration.fail(Code.E0206, arg == null ? site.span() : arg.span(), "`" + param.name().name()
            + "` of `" + fn.name().name() + "` is a number of 0 or more", "");
      }
      numbers.put(param.name().name(), Arithmetic.number(value));
    }
    if (numbers.get("factor") >= 1) {
      throw elaboration.fail(Code.E0206, site.span(), "the factor of `" + fn.name().name() + "` is below 1",
          "else the rate would not fall");
    }
    return new RecipeSpec.Plateau(List.copyOf(numbers.values()), text);
  }
}
