package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.CustomGradient;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Functions that bring their own gradient: {@code grad (dy) = ...}, one value for each tensor input, which are in
 * scope.
 */
final class Gradients {
  private final Elaboration elaboration;

  Gradients(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** The result, with the rule attached; the rule is tried once, so that what is wrong with it is said now. */
  Meaning attach(Syntax.Fn fn, Meaning result, List<Signatures.Input> inputs, Scope frame, Span site) {
    if (!(result instanceof Meaning.Tensor(Value value)) || fn.gradient().cotangents().size() != 1) {
      throw elaboration.fail(Code.E0108, fn.gradient().span(),
          "`grad` of a function with several results is not supported yet", "");
    }
    List<String> names = new ArrayList<>();
    List<Value> operands = new ArrayList<>(List.of(value));
    for (Signatures.Input input : inputs) {
      if (frame.own(input.param().name().name()) instanceof Meaning.Tensor(Value operand)) {
        names.add(input.param().name().name());
        operands.add(operand);
      }
    }
    Trace outer = elaboration.trace();
    CustomGradient.Rule rule = (g, self, dOut) -> apply(fn, names, frame, outer, g, self.inputs(), dOut);
    GraphBuilder trial = new GraphBuilder();
    List<Value> stand = operands.stream().map(v -> trial.add(new Given(Given.Kind.INPUT, "x", v.type()))).toList();
    List<Value> tried = apply(fn, names, frame, outer, trial, stand,
        trial.add(new Given(Given.Kind.INPUT, "dy", value.type())));
    for (int i = 0; i < tried.size(); i++) {
      if (tried.get(i) != null && !tried.get(i).type().equals(operands.get(i + 1).type())) {
        throw elaboration.fail(Code.E0301, fn.gradient().span(), "the gradient of `" + names.get(i) + "` must be "
            + operands.get(i + 1).type() + ", not " + tried.get(i).type(), "");
      }
    }
    return new Meaning.Tensor(elaboration.tensors.add(site,
        o -> outer.graph.add(new CustomGradient(fn.name().name(), rule), operands)));
  }

  private List<Value> apply(Syntax.Fn fn, List<String> names, Scope frame, Trace outer, GraphBuilder g,
      List<Value> operands, Value dOut) {
    Trace inner = new Trace(g, outer.training);
    inner.owner = outer.owner;
    return elaboration.traced(inner, () -> {
      Scope scope = frame.ofFunction();
      for (int i = 0; i < names.size(); i++) {
        scope.define(names.get(i), new Meaning.Tensor(operands.get(i + 1)));
      }
      Syntax.Gradient rule = fn.gradient();
      scope.define(rule.cotangents().getFirst().name(), new Meaning.Tensor(dOut));
      Meaning result = rule.values() != null ? elaboration.expressions.together(rule.values(), scope)
          : elaboration.statements.run(rule.body(), scope, null)
          .orElseThrow(() -> elaboration.fail(Code.E0206, rule.span(),
              "this gradient returns nothing", ""));
      List<Meaning> values = result instanceof Meaning.Several s ? s.items() : List.of(result);
      if (values.size() != names.size()) {
        throw elaboration.fail(Code.E0206, rule.span(), "`" + fn.name().name() + "` has " + names.size()
            + " tensor inputs, its gradient gives " + values.size() + " values", "");
      }
      List<Value> gradients = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        Value operand = operands.get(i + 1);
        Value gradient = elaboration.tensors.tensor(values.get(i), operand.type().element(), rule.span());
        gradients.add(gradient.shape().rank() == 0 && operand.shape().rank() > 0
            ? elaboration.tensors.add(rule.span(), o -> o.broadcast(gradient, operand.shape())) : gradient);
      }
      return gradients;
    });
  }
}
