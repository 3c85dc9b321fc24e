package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * The cheap search behind "maybe: Conv2d(6, 5, padding = 2) would give 400": one number of one earlier stage is varied
 * and the shapes are worked out again. It only proposes; whether it is what was meant, the reader knows.
 */
final class ProposalSearch {
  private static final int MOST_PROPOSALS = 2;

  /** The hyper-parameters of windows, likeliest slip first. */
  private static final List<String> VARIED = List.of("padding", "kernel", "stride");

  private final Elaboration elaboration;

  /** The stage, what it does now ({@code 28 → 24 here: ...}), and the call that would fit. */
  record Proposal(Span stage, String now, String text) {}

  ProposalSearch(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  List<Proposal> search(Stages.Chain chain) {
    List<Proposal> found = new ArrayList<>();
    List<Stages.Step> steps = new ArrayList<>(chain.done);
    steps.add(chain.current);
    Meaning input = chain.input;
    for (int i = 0; i < steps.size() - 1 && found.size() < MOST_PROPOSALS; i++) {
      if (steps.get(i).stage() instanceof Meaning.Built(Instance instance)
          && input instanceof Meaning.Tensor(Value value)
          && !Prelude.holds(instance.site().file())) {
        Span span = steps.get(i).span();
        String now = now(instance, value, steps.get(i).output());
        proposal(steps.subList(i, steps.size()), instance, value)
            .ifPresent(text -> found.add(new Proposal(span, now, text)));
      }
      input = steps.get(i).output();
    }
    return found;
  }

  private Optional<String> proposal(List<Stages.Step> steps, Instance instance, Value input) {
    for (String name : VARIED) {
      Long now = current(instance, name);
      if (now == null) {
        continue;
      }
      for (long candidate : new long[] {now + 1, now + 2, now - 1, now - 2, now + 3}) {
        boolean sensible = candidate >= (name.equals("padding") ? 0 : 1);
        Optional<String> text = sensible ? rewritten(instance, name, candidate) : Optional.empty();
        if (text.isPresent() && works(steps, instance, name, candidate, input)) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  /** What a window does to the last axis. */
  private static String now(Instance instance, Value input, Meaning output) {
    if (!(output instanceof Meaning.Tensor(Value result)) || input.shape().rank() == 0 || result.shape().rank() == 0) {
      return "";
    }
    String in = input.shape().dims().getLast().toString();
    String text = in + " → " + result.shape().dims().getLast() + " here";
    Long kernel = current(instance, "kernel");
    Long stride = current(instance, "stride");
    Long padding = current(instance, "padding");
    Long dilation = current(instance, "dilation");
    return kernel == null || stride == null || padding == null ? text : text + ": (" + in + " + 2·" + padding + " − "
        + (dilation == null ? 1 : dilation) + "·(" + kernel + " − 1) − 1) / " + stride + " + 1";
  }

  private static Long current(Instance instance, String name) {
    return switch (instance.scope().own(name)) {
      case Meaning.Int(Dim d) when d.isConstant() -> d.constant();
      case Meaning.Items(List<Meaning> items, var spans) when items.size() == 1
          && items.getFirst() instanceof Meaning.Int(Dim d) && d.isConstant() -> d.constant();
      case null, default -> null;
    };
  }

  private boolean works(List<Stages.Step> steps, Instance changed, String name, long candidate, Value input) {
    Instance root = new Instance(changed.declaration(), changed.site(), elaboration.declarations.preludeScope(),
        Map.of());
    Trace outer = elaboration.trace();
    Trace trial = new Trace(new GraphBuilder(), outer != null && outer.training);
    trial.owner = outer == null ? null : outer.owner;
    return elaboration.succeeds(() -> elaboration.traced(trial, () -> {
      int count = 0;
      Meaning value = new Meaning.Tensor(trial.graph.add(new Given(Given.Kind.INPUT, "input", input.type())));
      for (Stages.Step step : steps) {
        Meaning stage = step.stage();
        if (stage instanceof Meaning.Built(Instance instance)) {
          Instance again = again(instance, instance == changed ? name : null, candidate);
          again.adoptInto(root, String.valueOf(count++), instance.site());
          stage = new Meaning.Built(again);
        }
        value = elaboration.stages.apply(stage, new Meaning.Argument(step.span(), null, value), step.span());
      }
      return value;
    }));
  }

  /**
   * The instance built anew, so that what it inferred can change; with one hyper-parameter changed where {@code name}
   * is not null.
   */
  private Instance again(Instance instance, String name, long value) {
    Map<String, Meaning.Argument> arguments = new LinkedHashMap<>(instance.arguments());
    if (name != null) {
      arguments.put(name, new Meaning.Argument(instance.site(), name, Meaning.Int.of(value)));
    }
    Syntax.Layer layer = (Syntax.Layer) instance.declaration();
    return elaboration.construction.make(new Meaning.LayerType(layer, elaboration.declarations.scopeOf(layer)),
        arguments, instance.site());
  }

  /** The call with the number changed, where it is given by name or not at all. */
  private static Optional<String> rewritten(Instance instance, String name, long value) {
    Span site = instance.site();
    String text = Elaboration.oneLine(site.text());
    Matcher given = Pattern.compile("\\b" + name + "\\s*=\\s*[^,()]+").matcher(text);
    if (given.find()) {
      return Optional.of(given.replaceFirst(name + " = " + value));
    }
    if (instance.arguments().containsKey(name)) {
      String written = instance.arguments().get(name).span().text();
      int first = text.indexOf('(');
      int at = written.matches("\\d+") ? positional(text, first, instance, name) : -1;
      return at < 0 ? Optional.empty()
          : Optional.of(text.substring(0, at) + value + text.substring(at + written.length()));
    }
    return text.endsWith(")") ? Optional.of(text.substring(0, text.length() - 1)
        + (text.endsWith("()") ? "" : ", ") + name + " = " + value + ")") : Optional.empty();
  }

  /** Where the positional argument stands in the one-line text of the call. */
  private static int positional(String text, int open, Instance instance, String name) {
    Span site = instance.site();
    int offset = instance.arguments().get(name).span().start() - site.start();
    boolean unchanged = text.equals(site.text());
    return unchanged && offset > open ? offset : -1;
  }
}
