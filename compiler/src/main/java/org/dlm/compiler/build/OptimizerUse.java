package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** An optimizer with hyper-parameters, as a recipe names it: {@code AdamW(weight_decay = 0.01)}. */
final class OptimizerUse {
  private final Elaboration elaboration;
  private final Scope scope;
  private final Map<String, Double> settings = new LinkedHashMap<>();
  private Syntax.Optimizer rule;

  OptimizerUse(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  /** The declaration; null where the text was wrong. */
  Syntax.Optimizer rule() {
    return rule;
  }

  /** The hyper-parameters that were given. */
  Map<String, Double> settings() {
    return settings;
  }

  Syntax.Optimizer byDefault(String name) {
    rule = elaboration.declarations.optimizer(name);
    return rule;
  }

  void read(Syntax.Expr expr) {
    Syntax.Expr callee = expr instanceof Syntax.Call c ? c.callee() : expr;
    if (!(callee instanceof Syntax.Name(Span at, String name))) {
      throw elaboration.fail(elaboration.at(Code.E0206, expr.span(), "an optimizer is needed here")
          .help("Adam(lr = 1e-3)"));
    }
    Syntax.Optimizer found = elaboration.declarations.optimizer(name);
    if (found == null) {
      List<String> known = known();
      String near = Suggest.didYouMean(name, known);
      throw elaboration.fail(elaboration.at(Code.E0201, at, "there is no optimizer `" + name + "`").label(near)
          .note("the optimizers are " + String.join(", ", known)));
    }
    rule = found;
    if (expr instanceof Syntax.Call c) {
      arguments(c);
    }
    checkRequirements(expr);
  }

  private List<String> known() {
    List<String> known = new ArrayList<>();
    elaboration.declarations.files().forEach(f -> f.declarations().stream().filter(d -> d instanceof Syntax.Optimizer)
        .forEach(d -> known.add(d.name().name())));
    known.addAll(Prelude.shared().inPackage("dlm.optim"));
    return known;
  }

  private void arguments(Syntax.Call c) {
    List<Meaning.Argument> values = elaboration.arguments.evaluate(c.args(), rule.params(), 0, scope);
    elaboration.arguments.match(rule.name().name(), rule.params(), values, c.span()).forEach((name, arg) -> {
      Syntax.Param param = rule.params().stream().filter(p -> p.name().name().equals(name)).findFirst().orElseThrow();
      Meaning value = elaboration.arguments.convert(arg.value(), param.type(), arg.span());
      if (!(value instanceof Meaning.Bool) && !Arithmetic.isKnown(value)) {
        throw elaboration.fail(Code.E0206, arg.span(), "a number that is known while compiling is needed here",
            "this is " + value.kind());
      }
      settings.put(name, value instanceof Meaning.Bool(boolean on) ? (on ? 1 : 0) : Arithmetic.number(value));
    });
  }

  /** What the optimizer requires of its hyper-parameters, with the values that they have here. */
  private void checkRequirements(Syntax.Expr use) {
    checkRequirements(settings, use);
  }

  /** The same for parameters that have some hyper-parameters of their own. */
  void checkGroup(Map<String, Double> own, Syntax.Expr use) {
    Map<String, Double> all = new LinkedHashMap<>(settings);
    all.putAll(own);
    checkRequirements(all, use);
  }

  private void checkRequirements(Map<String, Double> given, Syntax.Expr use) {
    Scope values = elaboration.declarations.scopeOf(rule).ofFunction();
    for (Syntax.Param param : rule.params()) {
      String name = param.name().name();
      Meaning byDefault = elaboration.expressions.typed(param.value(), param.type(), values);
      Double value = given.get(name);
      values.define(name, value == null ? byDefault
          : byDefault instanceof Meaning.Bool ? new Meaning.Bool(value != 0) : new Meaning.Real(value));
    }
    members(rule.body(), values, use);
  }

  private void members(List<Syntax.Member> members, Scope values, Syntax.Expr use) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.Require r -> require(r, values, use);
        case Syntax.Const c -> values.define(c.name().name(),
            elaboration.expressions.typed(c.value(), c.type(), values));
        case Syntax.MemberIf i -> members(elaboration.expressions.condition(i.condition(), values) ? i.then()
            : i.otherwise(),
            values, use);
        default -> { }
      }
    }
  }

  private void require(Syntax.Require r, Scope values, Syntax.Expr use) {
    if (elaboration.expressions.evaluate(r.condition(), values) instanceof Meaning.Bool(boolean holds) && !holds) {
      String source = Elaboration.oneLine(r.condition().span().text());
      throw elaboration.fail(elaboration.at(Code.E0402, use.span(),
          "the optimizer `" + rule.name().name() + "` requires "
          + (r.message() == null ? source : r.message())).label("this does not fulfil it")
          .note("required: " + source + " (" + r.span().fileAndLine() + ")"));
    }
  }
}
