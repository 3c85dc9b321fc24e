package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Documentation;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.RuntimeScalar;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.syntax.Syntax;

/**
 * One {@code optimizer}: its update traced over one flat axis, with the hyper-parameters and {@code step} as run-time
 * scalars.
 */
final class OptimizerRule {
  private static final Dim LENGTH = Dim.symbol("n");
  private static final Shape FLAT = Shape.of(LENGTH);

  private final Elaboration elaboration;
  private final Syntax.Optimizer optimizer;
  private final List<OptimizerSpec.HyperParameter> hyperParameters = new ArrayList<>();
  private final List<OptimizerSpec.State> states = new ArrayList<>();

  OptimizerRule(Elaboration elaboration, Syntax.Optimizer optimizer) {
    this.elaboration = elaboration;
    this.optimizer = optimizer;
  }

  Optional<OptimizerSpec> elaborate() {
    Trace trace = new Trace(new GraphBuilder(), true);
    try {
      return elaboration.traced(trace, () -> {
        Instance instance = new Instance(optimizer, optimizer.name().span(),
            elaboration.declarations.scopeOf(optimizer), Map.of());
        hyperParameters(instance, trace);
        Syntax.Fn update = members(instance);
        Graph graph = update(instance, update, trace);
        return Optional.of(new OptimizerSpec(elaboration.declarations.packageOf(optimizer), optimizer.name().name(),
            prose(), optimizer.span(), List.copyOf(hyperParameters), List.copyOf(states), graph));
      });
    } catch (Reported e) {
      return Optional.empty();
    }
  }

  /** What the library says for its own page does not belong into generated code. */
  private String prose() {
    return Prelude.holds(optimizer.span().file()) ? Documentation.of(optimizer.doc()).prose() : optimizer.doc();
  }

  private void hyperParameters(Instance instance, Trace trace) {
    for (Syntax.Param param : optimizer.params()) {
      String name = param.name().name();
      if (param.value() == null) {
        throw elaboration.fail(Code.E0204, param.span(),
            "hyper-parameter `" + name + "` of an optimizer needs a default", "");
      }
      Meaning value = elaboration.expressions.typed(param.value(), param.type(), instance.scope());
      boolean flag = value instanceof Meaning.Bool;
      if (!flag && !Arithmetic.isKnown(value)) {
        throw elaboration.fail(Code.E0206, param.value().span(),
            "a hyper-parameter of an optimizer is a number or a bool", "this is " + value.kind());
      }
      hyperParameters.add(new OptimizerSpec.HyperParameter(name,
          value instanceof Meaning.Bool(boolean on) ? (on ? 1 : 0) : Arithmetic.number(value), ""));
      Operators o = new Operators(trace.graph);
      Value scalar = trace.graph.add(new RuntimeScalar(DType.F32, name));
      instance.scope().define(name,
          new Meaning.Tensor(flag ? o.not(o.apply(org.dlm.compiler.op.ScalarFn.EQ, scalar, o.constant(0))) : scalar));
    }
  }

  /** Takes buffers and constants; gives the function {@code update}. */
  private Syntax.Fn members(Instance instance) {
    Syntax.Fn update = null;
    for (Syntax.Member member : optimizer.body()) {
      switch (member) {
        case Syntax.BufferDecl b -> state(instance, b);
        case Syntax.Const c ->
            instance.scope().define(c.name().name(),
                elaboration.expressions.typed(c.value(), c.type(), instance.scope()));
        case Syntax.Fn fn -> {
          instance.scope().define(fn.name().name(), new Meaning.Function(fn, instance.scope(), List.of()));
          update = fn.name().name().equals("update") ? fn : update;
        }
        default -> throw elaboration.fail(Code.E0206, member.span(),
            "an optimizer has buffers, constants and functions", "not this");
      }
    }
    if (update == null || update.params().size() != 3) {
      throw elaboration.fail(elaboration.at(Code.E0208, update == null ? optimizer.name().span() : update.name().span(),
          "an optimizer needs a function `update(p, g, step)`")
          .help("fn update(p: [...], g: [...], step: int) -> [...] { return p - lr * g }"));
    }
    return update;
  }

  private void state(Instance instance, Syntax.BufferDecl b) {
    Meaning initial = elaboration.expressions.initialiser(b.init(), instance.scope());
    double value = initial instanceof Meaning.Initial(ModelSpec.Initial i) ? switch (i.kind()) {
      case "zeros" -> 0;
      case "ones" -> 1;
      case "full" -> i.args().getFirst();
      default -> Double.NaN;
    } : Double.NaN;
    if (Double.isNaN(value)) {
      throw elaboration.fail(Code.E0206, b.init().span(),
          "the state of an optimizer starts as zeros, ones or full(number)", "");
    }
    states.add(new OptimizerSpec.State(b.name().name(), value));
    instance.add(new Instance.Slot(b.name().name(), false, FLAT, ((Meaning.Initial) initial).initial(), false,
        b.span()));
    instance.scope().define(b.name().name(), new Meaning.Variable(instance, b.name().name()));
  }

  private Graph update(Instance instance, Syntax.Fn fn, Trace trace) {
    Meaning.Function f = new Meaning.Function(fn, instance.scope(), List.of());
    return elaboration.within(fn.name().span(), instance, () -> {
      Scope frame = instance.scope().ofFunction();
      frame.define(Signatures.DOTS, new Meaning.Dims(List.of(LENGTH)));
      List<Value> inputs = new ArrayList<>();
      for (Syntax.Param param : fn.params().subList(0, 2)) {
        trace.at(param.span(), null);
        Value value = trace.graph.add(new Given(Given.Kind.INPUT, param.name().name(),
            new TensorType(DType.F32, FLAT)));
        inputs.add(value);
        frame.define(param.name().name(), new Meaning.Tensor(value));
      }
      frame.define(fn.params().getLast().name().name(),
          new Meaning.Tensor(trace.graph.add(new RuntimeScalar(DType.F32, "step"))));
      trace.enter();
      Meaning result = elaboration.signatures.checkResult(f, elaboration.calls.body(fn, frame), frame,
          fn.name().span());
      trace.leave();
      Value updated = elaboration.tensors.tensor(result, DType.F32, fn.name().span());
      return trace.graph.build("update", inputs, List.of(new Graph.Result("p", updated)), trace.graphUpdates(),
          trace.requirements);
    });
  }
}
