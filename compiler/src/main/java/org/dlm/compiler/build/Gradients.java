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
import org.dlm.compiler.op.JointResult;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Functions that bring their own gradient: {@code grad (dy) = ...} names the gradient of each f32 result and gives one
 * value for each f32 tensor among the inputs, which are in scope.
 */
final class Gradients {
  private final Elaboration elaboration;

  /** A call of such a function: its tensor inputs by name. */
  private record Call(Syntax.Fn fn, Scope frame, Trace outer, List<String> names, List<Value> operands) {
    List<Integer> differentiable() {
      return java.util.stream.IntStream.range(0, operands.size())
          .filter(i -> operands.get(i).type().element() == DType.F32).boxed().toList();
    }
  }

  Gradients(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** The result, with the rule attached; the rule is tried once, so that what is wrong with it is said now. */
  Meaning attach(Syntax.Fn fn, Meaning result, List<Signatures.Input> inputs, Scope frame, Span site) {
    List<String> names = new ArrayList<>();
    List<Value> operands = new ArrayList<>();
    for (Signatures.Input input : inputs) {
      if (frame.own(input.param().name().name()) instanceof Meaning.Tensor(Value operand)) {
        names.add(input.param().name().name());
        operands.add(operand);
      }
    }
    Call call = new Call(fn, frame, elaboration.trace(), names, operands);
    List<Value> results = results(result, site);
    List<Value> learned = results.stream().filter(v -> v.type().element() == DType.F32).toList();
    if (learned.size() != fn.gradient().cotangents().size()) {
      throw elaboration.fail(Code.E0206, fn.gradient().span(), "`" + fn.name().name() + "` has " + learned.size()
          + " f32 results, `grad` names " + fn.gradient().cotangents().size() + " gradients", "one name for each");
    }
    tryOut(call, learned);
    return results.size() == 1 ? new Meaning.Tensor(single(call, results.getFirst(), site)) : joint(call, result, site);
  }

  private List<Value> results(Meaning result, Span site) {
    List<Meaning> items = result instanceof Meaning.Several s ? s.items() : List.of(result);
    return items.stream().map(r -> elaboration.tensors.tensor(r, DType.F32, site)).toList();
  }

  private void tryOut(Call call, List<Value> learned) {
    GraphBuilder trial = new GraphBuilder();
    List<Value> stand = call.operands().stream().map(v -> trial.add(new Given(Given.Kind.INPUT, "x", v.type())))
        .toList();
    List<Value> tried = apply(call, trial, stand,
        learned.stream().map(v -> trial.add(new Given(Given.Kind.INPUT, "dy", v.type()))).toList());
    for (int i = 0; i < tried.size(); i++) {
      if (tried.get(i) != null && !tried.get(i).type().equals(call.operands().get(i).type())) {
        throw elaboration.fail(Code.E0301, call.fn().gradient().span(), "the gradient of `" + call.names().get(i)
            + "` must be " + call.operands().get(i).type() + ", not " + tried.get(i).type(), "");
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ in the graph

  private Value single(Call call, Value value, Span site) {
    return attached(call, value, site,
        (g, self, dOut) -> apply(call, g, self.inputs().subList(1, self.inputs().size()), List.of(dOut)));
  }

  private Value attached(Call call, Value value, Span site, CustomGradient.Rule rule) {
    List<Value> operands = new ArrayList<>(List.of(value));
    operands.addAll(call.operands());
    return elaboration.tensors.add(site,
        o -> call.outer().graph.add(new CustomGradient(call.fn().name().name(), rule), operands));
  }

  /** Several results: their gradients meet in one vector, whose gradient the rule is. */
  private Meaning joint(Call call, Meaning result, Span site) {
    Meaning.Several several = (Meaning.Several) result;
    List<Value> results = results(result, site);
    List<Shape> shapes = new ArrayList<>();
    List<Dim> offsets = new ArrayList<>();
    Dim total = Dim.ZERO;
    for (Value value : results) {
      if (value.type().element() == DType.F32) {
        shapes.add(value.shape());
        offsets.add(total);
        total = total.plus(value.shape().size());
      }
    }
    Shape all = new Shape(List.of(total));
    Value anchor = attached(call, elaboration.tensors.add(site, o -> o.full(DType.F32, 0, all)), site,
        (g, self, dAll) -> apply(call, g, self.inputs()
            .subList(1, self.inputs().size()), parts(g, dAll, offsets, shapes)));
    List<Meaning> items = new ArrayList<>();
    int next = 0;
    for (Value value : results) {
      Dim offset = value.type().element() == DType.F32 ? offsets.get(next++) : null;
      items.add(new Meaning.Tensor(offset == null ? value
          : elaboration.tensors.add(site, o -> call.outer().graph.add(new JointResult(offset), value, anchor))));
    }
    return new Meaning.Several(List.copyOf(items), several.names());
  }

  private static List<Value> parts(GraphBuilder g, Value all, List<Dim> offsets, List<Shape> shapes) {
    Operators o = new Operators(g);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < offsets.size(); i++) {
      Value flat = o.slice(all, 0, offsets.get(i), offsets.get(i).plus(shapes.get(i).size()));
      parts.add(o.reshape(flat, shapes.get(i)));
    }
    return parts;
  }

  // ------------------------------------------------------------------------------------------------ the rule

  /** The gradient of each operand, null for those that have none. */
  private List<Value> apply(Call call, GraphBuilder g, List<Value> operands, List<Value> cotangents) {
    Trace inner = new Trace(g, call.outer().training);
    inner.owner = call.outer().owner;
    return elaboration.traced(inner, () -> {
      Scope scope = call.frame().ofFunction();
      for (int i = 0; i < operands.size(); i++) {
        scope.define(call.names().get(i), new Meaning.Tensor(operands.get(i)));
      }
      Syntax.Gradient rule = call.fn().gradient();
      for (int i = 0; i < cotangents.size(); i++) {
        scope.define(rule.cotangents().get(i).name(), new Meaning.Tensor(cotangents.get(i)));
      }
      return gradients(call, operands, values(rule, scope));
    });
  }

  private List<Meaning> values(Syntax.Gradient rule, Scope scope) {
    Meaning result = rule.values() != null ? elaboration.expressions.together(rule.values(), scope)
        : elaboration.statements.run(rule.body(), scope, null)
            .orElseThrow(() -> elaboration.fail(Code.E0206, rule.span(),
            "this gradient returns nothing", ""));
    return result instanceof Meaning.Several s ? s.items() : List.of(result);
  }

  private List<Value> gradients(Call call, List<Value> operands, List<Meaning> values) {
    Syntax.Gradient rule = call.fn().gradient();
    List<Integer> wanted = call.differentiable();
    if (values.size() != wanted.size()) {
      throw elaboration.fail(Code.E0206, rule.span(), "`" + call.fn().name().name() + "` has " + wanted.size()
          + " f32 tensor inputs, its gradient gives " + values.size() + " values", "");
    }
    List<Value> gradients = new ArrayList<>(java.util.Collections.nCopies(operands.size(), null));
    for (int i = 0; i < values.size(); i++) {
      Value operand = operands.get(wanted.get(i));
      Value gradient = elaboration.tensors.tensor(values.get(i), DType.F32, rule.span());
      gradients.set(wanted.get(i), gradient.shape().rank() == 0 && operand.shape().rank() > 0
          ? elaboration.tensors.add(rule.span(), o -> o.broadcast(gradient, operand.shape())) : gradient);
    }
    return gradients;
  }
}
