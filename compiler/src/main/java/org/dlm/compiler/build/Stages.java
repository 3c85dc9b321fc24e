package org.dlm.compiler.build;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Pipes and lists of stages: the value goes through one stage after the other, and the shapes on the way are
 * remembered.
 */
final class Stages {
  private final Elaboration elaboration;
  private final Deque<Chain> chains = new ArrayDeque<>();
  private boolean searching;

  /** One pipe or list under way. */
  static final class Chain {
    final List<Step> done = new ArrayList<>();
    final Meaning input;
    final Span span;
    Step current;

    Chain(Meaning input, Span span) {
      this.input = input;
      this.span = span;
    }
  }

  /** A stage: what it is, where it is written, what it gave. */
  record Step(Meaning stage, Span span, Meaning output) {}

  Stages(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  // ------------------------------------------------------------------------------------------------ pipes

  /** {@code a |> b |> c} as one chain. */
  Meaning pipe(Syntax.Pipe pipe, Scope scope) {
    List<Syntax.Expr> stages = new ArrayList<>();
    Syntax.Expr head = pipe;
    while (head instanceof Syntax.Pipe p) {
      stages.addFirst(p.stage());
      head = p.value();
    }
    Meaning value = elaboration.expressions.evaluate(head, scope);
    Chain chain = new Chain(value, pipe.span());
    chains.push(chain);
    try {
      Span left = head.span();
      for (Syntax.Expr stage : stages) {
        chain.current = new Step(null, stage.span(), null);
        Meaning before = value;
        value = applyWritten(stage, new Meaning.Argument(left, null, before), scope);
        elaboration.sawStage(stage.span(), before, value);
        chain.done.add(new Step(chain.current.stage(), stage.span(), value));
        left = left.to(stage.span());
      }
      return value;
    } finally {
      chains.pop();
    }
  }

  /** A stage as written: a call gets the value in front of its arguments, anything else is called with it. */
  private Meaning applyWritten(Syntax.Expr stage, Meaning.Argument value, Scope scope) {
    if (stage instanceof Syntax.Call call) {
      return elaboration.calls.call(call, value, scope);
    }
    Meaning callee = elaboration.expressions.evaluate(stage, scope);
    if (callee instanceof Meaning.Items items) {
      placeInline(items, scope, stage.span());
    }
    return apply(callee, value, stage.span());
  }

  /** Layers built in a list inside a function get made-up names. */
  private static void placeInline(Meaning.Items items, Scope scope, Span at) {
    for (Meaning item : items.items()) {
      if (item instanceof Meaning.Items nested) {
        placeInline(nested, scope, at);
      } else if (item instanceof Meaning.Built b && scope.owner() != null) {
        b.instance().adoptUnnamed(scope.owner(), at);
      }
    }
  }

  /** Applies a stage that is evaluated already. */
  Meaning apply(Meaning stage, Meaning.Argument value, Span site) {
    if (!chains.isEmpty() && chains.peek().current != null && chains.peek().current.stage() == null) {
      chains.peek().current = new Step(stage, chains.peek().current.span(), null);
    }
    return elaboration.calls.apply(stage, List.of(value), site, site, true);
  }

  /** A list as a stage. */
  Meaning chain(Meaning.Items items, Meaning.Argument value, Span site) {
    return elaboration.trace() != null && elaboration.recomputed.contains(items.items())
        ? elaboration.trace().region(() -> chainOnce(items, value, site)) : chainOnce(items, value, site);
  }

  private Meaning chainOnce(Meaning.Items items, Meaning.Argument value, Span site) {
    Chain chain = new Chain(value.value(), site);
    chains.push(chain);
    try {
      Meaning.Argument current = value;
      for (int i = 0; i < items.items().size(); i++) {
        Meaning stage = items.items().get(i);
        Span span = items.spans().get(i) == null ? site : items.spans().get(i);
        chain.current = new Step(stage, span, null);
        Meaning result = apply(stage, current, span);
        if (items.spans().get(i) != null) {
          elaboration.sawStage(span, current.value(), result);
        }
        chain.done.add(new Step(stage, span, result));
        current = new Meaning.Argument(span, null, result);
      }
      return current.value();
    } finally {
      chains.pop();
    }
  }

  // ------------------------------------------------------------------------------------------------ what messages show

  /** The innermost chain that the user wrote, or null. */
  private Chain shown() {
    for (Chain chain : chains) {
      if (chain.current != null && !Prelude.holds(chain.current.span().file())) {
        return chain;
      }
    }
    return null;
  }

  /** Adds "shapes along the list" up to the stage at fault. */
  void addTrace(Diagnostic.Builder builder, String remark) {
    Chain chain = shown();
    if (chain == null) {
      return;
    }
    List<Diagnostic.TraceLine> lines = new ArrayList<>();
    lines.add(new Diagnostic.TraceLine("input", shape(chain.input), "", false));
    Meaning before = chain.input;
    for (Step step : chain.done) {
      lines.add(new Diagnostic.TraceLine(Elaboration.oneLine(step.span().text()), shape(step.output()),
          flattened(before, step.output()), false));
      before = step.output();
    }
    lines.add(new Diagnostic.TraceLine(Elaboration.oneLine(chain.current.span().text()), remark, "", true));
    builder.trace(lines);
  }

  static String shape(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Tensor(Value v) -> v.type().toString();
      case Meaning.Several(List<Meaning> items, var names) ->
          items.stream().map(Stages::shape).collect(Collectors.joining(", ", "(", ")"));
      default -> "";
    };
  }

  /** {@code 16 · 4 · 4}, where axes were put together. */
  private static String flattened(Meaning before, Meaning after) {
    if (before instanceof Meaning.Tensor(Value a) && after instanceof Meaning.Tensor(Value b)
        && b.shape().rank() < a.shape().rank() && a.shape().size().equals(b.shape().size()) && b.shape().rank() > 0) {
      List<Dim> joined = a.shape().dims().subList(b.shape().rank() - 1, a.shape().rank());
      if (new Shape(joined).size().equals(b.shape().dim(b.shape().rank() - 1))) {
        return joined.stream().map(Dim::toString).collect(Collectors.joining(" · "));
      }
    }
    return "";
  }

  // ------------------------------------------------------------------------------------------------ proposals

  /** Changes of one number of an earlier stage with which the stage at fault would take what it gets. */
  List<ProposalSearch.Proposal> proposals() {
    Chain chain = shown();
    return chain == null || searching ? List.of() : search(chain);
  }

  private List<ProposalSearch.Proposal> search(Chain chain) {
    searching = true;
    try {
      return new ProposalSearch(elaboration).search(chain);
    } finally {
      searching = false;
    }
  }
}
