package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.graph.Scalars;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Statements of a function: bindings, conditions known while compiling, unrolled loops, requirements, buffer updates.
 */
final class Statements {
  private final Elaboration elaboration;

  Statements(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** Runs a block; its result, if it returns. {@code yields} collects what is yielded, or is null. */
  Optional<Meaning> run(List<Syntax.Stmt> block, Scope scope, List<Meaning> yields) {
    boolean broken = false;
    for (Syntax.Stmt statement : block) {
      try {
        Optional<Meaning> result = run(statement, scope, yields);
        if (result.isPresent()) {
          return result;
        }
      } catch (Reported e) {
        broken = true;
        poison(statement, scope);
        if (!(statement instanceof Syntax.Bind)) {
          throw e;
        }
      }
    }
    if (broken) {
      throw new Reported();
    }
    return Optional.empty();
  }

  /** What a broken statement would have bound is poisoned, so that later uses keep silent. */
  private static void poison(Syntax.Stmt statement, Scope scope) {
    if (statement instanceof Syntax.Bind bind) {
      bind.targets().forEach(t -> scope.assign(t.name(), Meaning.POISON));
    }
  }

  private Optional<Meaning> run(Syntax.Stmt statement, Scope scope, List<Meaning> yields) {
    switch (statement) {
      case Syntax.Return r -> {
        return Optional.of(elaboration.expressions.together(r.values(), scope));
      }
      case Syntax.Yield y -> {
        if (yields == null) {
          throw elaboration.fail(Code.E0206, y.span(), "`yield` belongs in a `for` whose value is used", "");
        }
        yields.add(elaboration.expressions.together(y.values(), scope));
      }
      case Syntax.Require r -> require(r, scope);
      case Syntax.If i -> {
        return run(elaboration.expressions.condition(i.condition(), scope) ? i.then() : i.otherwise(), scope, yields);
      }
      case Syntax.Loop l -> {
        return loop(l.loop(), scope, new ArrayList<>());
      }
      case Syntax.Bind b -> bind(b, scope);
      case Syntax.Update u -> update(u, scope);
    }
    return Optional.empty();
  }

  // ------------------------------------------------------------------------------------------------ bindings

  private void bind(Syntax.Bind b, Scope scope) {
    Meaning value = elaboration.expressions.typed(b.value(), b.type(), scope);
    if (b.targets().size() == 1) {
      assign(b.targets().getFirst(), value, scope);
      return;
    }
    if (!(value instanceof Meaning.Several) && !(value instanceof Meaning.Items)) {
      throw elaboration.fail(Code.E0206, b.value().span(), b.targets().size() + " names, but one value",
          "this is " + value.kind());
    }
    List<Meaning> items = elaboration.expressions.items(value, b.value().span());
    if (items.size() != b.targets().size()) {
      throw elaboration.fail(Code.E0206, b.value().span(),
          b.targets().size() + " names, but " + items.size() + " values", "");
    }
    for (int i = 0; i < items.size(); i++) {
      assign(b.targets().get(i), items.get(i), scope);
    }
  }

  private void assign(Syntax.Id target, Meaning value, Scope scope) {
    if (!target.name().equals("_")) {
      elaboration.saw(target.span(), value);
      scope.assign(target.name(), value);
    }
  }

  // ------------------------------------------------------------------------------------------------ loops

  /** A {@code for} whose value is used: the list of what it yields. */
  Meaning loopValue(Syntax.For loop, Scope scope) {
    if (loop.along() != null) {
      return elaboration.timeLoops.run(loop, scope, true).orElseThrow();
    }
    List<Meaning> yields = new ArrayList<>();
    Optional<Meaning> returned = loop(loop, scope, yields);
    if (returned.isPresent()) {
      throw elaboration.fail(Code.E0206, loop.span(), "`return` inside a `for` whose value is used", "use `yield`");
    }
    return new Meaning.Items(yields);
  }

  private Optional<Meaning> loop(Syntax.For loop, Scope scope, List<Meaning> yields) {
    if (loop.along() != null) {
      elaboration.timeLoops.run(loop, scope, false);
      return Optional.empty();
    }
    List<List<Meaning>> over = new ArrayList<>();
    for (Syntax.Expr in : loop.in()) {
      over.add(elaboration.expressions.items(elaboration.expressions.evaluate(in, scope), in.span()));
    }
    int rounds = over.getFirst().size();
    if (over.stream().anyMatch(l -> l.size() != rounds)) {
      throw elaboration.fail(Code.E0206, loop.span(), "the lists of this `for` have different lengths",
          String.join(" and ", over.stream().map(l -> String.valueOf(l.size())).toList()));
    }
    for (int i = 0; i < rounds; i++) {
      Scope round = scope.ofIteration(i);
      List<Meaning> items = new ArrayList<>();
      for (List<Meaning> list : over) {
        items.add(list.get(i));
      }
      targets(loop, items, round);
      Optional<Meaning> result = run(loop.body(), round, yields);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  void targets(Syntax.For loop, List<Meaning> items, Scope round) {
    List<Meaning> values = items;
    if (items.size() == 1 && loop.targets().size() > 1) {
      values = elaboration.expressions.items(items.getFirst(), loop.in().getFirst().span());
    }
    if (values.size() != loop.targets().size()) {
      throw elaboration.fail(Code.E0206, loop.span(),
          loop.targets().size() + " names, but " + values.size() + " values", "");
    }
    for (int i = 0; i < values.size(); i++) {
      if (!loop.targets().get(i).name().equals("_")) {
        round.define(loop.targets().get(i).name(), values.get(i));
        elaboration.saw(loop.targets().get(i).span(), values.get(i));
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ requirements

  private void require(Syntax.Require r, Scope scope) {
    Meaning condition = elaboration.expressions.evaluate(r.condition(), scope);
    if (condition instanceof Meaning.Tensor(Value value) && RateRule.isCondition(value, elaboration.trace())) {
      atRunTime(r, value);
      return;
    }
    for (Meaning.Claim claim : claims(r, condition)) {
      learn(new Instance.Requirement(claim, r.message(), r.span()));
    }
  }

  /** The claims about open dims in a requirement; what is decided already is checked here. */
  List<Meaning.Claim> claims(Syntax.Require r, Meaning condition) {
    switch (condition) {
      case Meaning.Bool(boolean holds) -> {
        if (!holds) {
          throw elaboration.fail(elaboration.at(Code.E0402, r.condition().span(),
              r.message() == null ? "requirement not met: " + Elaboration.oneLine(r.condition().span().text())
              : r.message())
              .label("this is false").note("required: " + Elaboration.oneLine(r.condition().span().text())));
        }
        return List.of();
      }
      case Meaning.Claims(List<Meaning.Claim> claims) -> {
        return claims;
      }
      default -> throw elaboration.fail(Code.E0401, r.condition().span(),
          "`require` needs a condition on sizes and hyper-parameters", "this is " + condition.kind());
    }
  }

  /** Of numbers that are known when the code runs; what holds or fails whatever they are is decided here. */
  private void atRunTime(Syntax.Require r, Value condition) {
    Bounds truth = Bounds.of(Scalars.expression(condition));
    if (truth.isFalse()) {
      claims(r, new Meaning.Bool(false));
    }
    if (!truth.isTrue()) {
      elaboration.trace().conditions.add(new RecipeSpec.Condition(condition, text(r.message(), r.condition().span()),
          elaboration.visible(r.span())));
    }
  }

  private static String text(String message, Span condition) {
    return message == null ? Elaboration.oneLine(condition.text()) : message;
  }

  /** From here on the function relies on the claim; its callers get it checked. */
  void learn(Instance.Requirement requirement) {
    Trace trace = elaboration.trace(requirement.span());
    if (!trace.known.add(requirement)) {
      return;
    }
    Meaning.Claim claim = requirement.claim();
    Dim left = claim.left();
    Dim right = claim.right();
    String text = requirement.message() == null
        ? Elaboration.oneLine(requirement.span().text()).replaceFirst("^require ", "") : requirement.message();
    Graph.Requirement learned = new Graph.Requirement(claim.relation(), left, right, text,
        new Origin(elaboration.visible(requirement.span()), trace.owner == null ? "" : trace.owner.path()));
    trace.requirements.add(learned);
    learned.teach(trace.facts);
  }

  // ------------------------------------------------------------------------------------------------ buffers

  private void update(Syntax.Update u, Scope scope) {
    Trace trace = elaboration.trace(u.span());
    String name = u.buffer().name();
    if (!trace.loops.isEmpty()) {
      throw elaboration.fail(elaboration.at(Code.E0501, u.span(), "buffer `" + name
          + "` is updated inside a loop over time")
          .label("a buffer is stored once a call, not once a step")
          .also(elaboration.visible(trace.loops.peek()), "the loop")
          .help("carry the value from step to step, and store it behind the loop"));
    }
    if (!(scope.find(name) instanceof Meaning.Variable(Instance instance, String slotName))
        || instance.slot(slotName).parameter()) {
      Meaning found = scope.find(name);
      throw elaboration.fail(Code.E0501, u.buffer().span(), "`:=` stores into a `buffer`", found == null
          ? Suggest.didYouMean(name, scope.visible()) : "this is " + found.kind());
    }
    Meaning value = elaboration.expressions.evaluate(u.value(), scope);
    Value tensor = elaboration.tensors.tensor(value, org.dlm.compiler.shape.DType.F32, u.value().span());
    Instance.Slot slot = instance.slot(slotName);
    Value stored = elaboration.signatures.result(tensor, slot.shape(), "buffer `" + name + "`", u.value().span(),
        slot.span());
    String path = instance.pathOf(slotName);
    Trace.Updated before = trace.update(path, new Trace.Updated(stored, u.span()));
    if (before != null) {
      throw elaboration.fail(elaboration.at(Code.E0501, u.span(), "buffer `" + name + "` is updated twice in one call")
          .label("second update").also(elaboration.visible(before.span()), "first update"));
    }
  }
}
