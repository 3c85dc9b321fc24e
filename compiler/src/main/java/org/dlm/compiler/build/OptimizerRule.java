package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.RuntimeScalar;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.syntax.Syntax;

/**
 * One {@code optimizer}: its update traced over one flat axis, with the hyper-parameters and {@code step} as run-time
 * scalars. A hyper-parameter of type bool is a flag: the update is traced for both its values, so that {@code if} may
 * ask for it.
 */
final class OptimizerRule {
  private static final Shape FLAT = Shape.of(Dim.symbol("n"));

  /** A shape that shows whether a rule depends on the shape of the parameter: then it cannot be traced flat. */
  private static final Shape RECTANGLE = Shape.of(Dim.symbol("rows"), Dim.symbol("columns"));

  /** More would make too many variants of the code. */
  private static final int MOST_FLAGS = 3;

  private final Elaboration elaboration;
  private final Syntax.Optimizer optimizer;
  private final Map<Syntax.Param, Meaning> defaults = new LinkedHashMap<>();

  OptimizerRule(Elaboration elaboration, Syntax.Optimizer optimizer) {
    this.elaboration = elaboration;
    this.optimizer = optimizer;
  }

  Optional<OptimizerSpec> elaborate() {
    try {
      List<OptimizerSpec.HyperParameter> hyperParameters = hyperParameters();
      List<String> flags = hyperParameters.stream().filter(OptimizerSpec.HyperParameter::flag)
          .map(OptimizerSpec.HyperParameter::name).toList();
      if (flags.size() > MOST_FLAGS) {
        throw elaboration.fail(Code.E0206, optimizer.name().span(), "an optimizer has at most " + MOST_FLAGS
            + " hyper-parameters of type bool", "this one has " + flags.size());
      }
      List<OptimizerSpec.Variant> variants = new ArrayList<>();
      for (int setting = 0; setting < 1 << flags.size(); setting++) {
        Map<String, Boolean> on = new LinkedHashMap<>();
        for (int i = 0; i < flags.size(); i++) {
          on.put(flags.get(i), (setting >> i & 1) == 1);
        }
        refuseShapes(new Variant(on, RECTANGLE).trace().update());
        variants.add(new Variant(on, FLAT).trace());
      }
      return Optional.of(new OptimizerSpec(elaboration.declarations.packageOf(optimizer), optimizer.name().name(),
          prose(), optimizer.span(), hyperParameters, variants));
    } catch (Reported e) {
      return Optional.empty();
    }
  }

  /** What the library says for its own page does not belong into generated code. */
  private String prose() {
    return Prelude.holds(optimizer.span().file()) ? Documentation.of(optimizer.doc()).prose() : optimizer.doc();
  }

  private List<OptimizerSpec.HyperParameter> hyperParameters() {
    Scope scope = elaboration.declarations.scopeOf(optimizer);
    List<OptimizerSpec.HyperParameter> found = new ArrayList<>();
    for (Syntax.Param param : optimizer.params()) {
      String name = param.name().name();
      if (param.value() == null) {
        throw elaboration.fail(Code.E0204, param.span(),
            "hyper-parameter `" + name + "` of an optimizer needs a default", "");
      }
      if (name.equals("step")) {
        throw elaboration.fail(Code.E0202, param.name().span(), "`step` is the number of the step",
            "choose another name");
      }
      Meaning value = elaboration.expressions.typed(param.value(), param.type(), scope);
      if (!(value instanceof Meaning.Bool) && !Arithmetic.isKnown(value)) {
        throw elaboration.fail(Code.E0206, param.value().span(),
            "a hyper-parameter of an optimizer is a number or a bool",
            "this is " + value.kind());
      }
      defaults.put(param, value);
      found.add(value instanceof Meaning.Bool(boolean on) ? new OptimizerSpec.HyperParameter(name, on ? 1 : 0, true)
          : new OptimizerSpec.HyperParameter(name, Arithmetic.number(value), false));
    }
    return List.copyOf(found);
  }

  private void refuseShapes(Graph update) {
    NumberByNumber.offender(update).ifPresent(value -> {
      throw elaboration.fail(elaboration.at(Code.E0503, value.origin().span(),
          "an update rule does the same to every number of a parameter, and this does not")
              .label("depends on the shape")
              .help("use functions that work number by number, and reductions of the whole tensor: sum(p),"
                  + " mean(g * g), amax(abs(g))"));
    });
  }

  /** The rule for one setting of the flags, on parameters of one shape. */
  private final class Variant {
    private final Map<String, Boolean> flags;
    private final Shape shape;
    private final Trace trace = new Trace(new GraphBuilder(), true);
    private final Instance instance;
    private final List<OptimizerSpec.State> states = new ArrayList<>();
    private final List<OptimizerSpec.Check> checks = new ArrayList<>();
    private Syntax.Fn update;

    Variant(Map<String, Boolean> flags, Shape shape) {
      this.flags = flags;
      this.shape = shape;
      instance = new Instance(optimizer, optimizer.name().span(), elaboration.declarations.scopeOf(optimizer),
          Map.of());
    }

    OptimizerSpec.Variant trace() {
      return elaboration.traced(trace, () -> {
        defaults.forEach((param, value) -> {
          String name = param.name().name();
          instance.scope().define(name, value instanceof Meaning.Bool ? new Meaning.Bool(flags.get(name))
              : new Meaning.Tensor(trace.graph.add(new RuntimeScalar(DType.F32, name))));
        });
        members(optimizer.body());
        if (update == null || update.params().size() != 3) {
          throw elaboration.fail(elaboration.at(Code.E0208,
              update == null ? optimizer.name().span() : update.name().span(),
              "an optimizer needs a function `update(p, g, step)`")
              .help("fn update(p: [...], g: [...], step: int) -> [...] { return p - lr * g }"));
        }
        Graph graph = graph();
        return new OptimizerSpec.Variant(flags, List.copyOf(states), List.copyOf(checks), graph);
      });
    }

    private void members(List<Syntax.Member> members) {
      Scope scope = instance.scope();
      for (Syntax.Member member : members) {
        switch (member) {
          case Syntax.BufferDecl b -> state(b);
          case Syntax.Const c -> scope.define(c.name().name(),
              elaboration.expressions.typed(c.value(), c.type(), scope));
          case Syntax.Fn fn -> {
            scope.define(fn.name().name(), new Meaning.Function(fn, scope, List.of()));
            update = fn.name().name().equals("update") ? fn : update;
          }
          case Syntax.MemberIf i -> members(elaboration.expressions.condition(i.condition(), scope) ? i.then()
              : i.otherwise());
          case Syntax.Require r -> check(r);
          case Syntax.ParamDecl p -> throw refused(p);
          case Syntax.Field f -> throw refused(f);
        }
      }
    }

    private Reported refused(Syntax.Member member) {
      return elaboration.fail(Code.E0206, member.span(),
          "an optimizer has buffers, constants, requirements and functions", "not this");
    }

    private void check(Syntax.Require r) {
      Meaning condition = elaboration.expressions.evaluate(r.condition(), instance.scope());
      String source = Elaboration.oneLine(r.condition().span().text());
      List<String> about = optimizer.params().stream().map(p -> p.name().name())
          .filter(name -> source.matches(".*\\b" + name + "\\b.*")).toList();
      Value holds = switch (condition) {
        case Meaning.Bool(boolean decided) when decided -> null;
        case Meaning.Bool b when !about.isEmpty() -> trace.graph.add(new Full(DType.BOOL, 0, Shape.SCALAR));
        case Meaning.Tensor(Value value) when value.type().equals(new TensorType(DType.BOOL, Shape.SCALAR)) -> value;
        default -> {
          elaboration.statements.claims(r, condition);
          yield null;
        }
      };
      if (holds != null) {
        checks.add(new OptimizerSpec.Check(holds, r.message() == null ? source : r.message(), about, r.span()));
      }
    }

    private void state(Syntax.BufferDecl b) {
      if (!(b.type() instanceof Syntax.TensorType t && t.element() == null && t.dims().size() == 1
          && t.dims().getFirst() instanceof Syntax.Dots)) {
        throw elaboration.fail(Code.E0301, b.type().span(), "the state of an optimizer has the shape of the parameter",
            "write [...]");
      }
      Meaning initial = elaboration.expressions.initialiser(b.init(), instance.scope());
      double value = initial instanceof Meaning.Initial(ModelSpec.Initial i) ? switch (i.kind()) {
        case "zeros" -> 0;
        case "ones" -> 1;
        case "full" -> i.args().getFirst();
        default -> Double.NaN;
      } : Double.NaN;
      if (Double.isNaN(value)) {
        throw elaboration.fail(Code.E0206, b.init().span(),
            "the state of an optimizer starts as zeros, ones or full(number)",
            "");
      }
      states.add(new OptimizerSpec.State(b.name().name(), value));
      instance.add(new Instance.Slot(b.name().name(), false, shape, ((Meaning.Initial) initial).initial(), false,
          b.span()));
      instance.scope().define(b.name().name(), new Meaning.Variable(instance, b.name().name()));
    }

    private Graph graph() {
      Meaning.Function f = new Meaning.Function(update, instance.scope(), List.of());
      return elaboration.within(update.name().span(), instance, () -> {
        Scope frame = instance.scope().ofFunction();
        frame.define(Signatures.DOTS, new Meaning.Dims(shape.dims()));
        List<Value> inputs = new ArrayList<>();
        for (Syntax.Param param : update.params().subList(0, 2)) {
          trace.at(param.span(), null);
          Value value = trace.graph.add(new Given(Given.Kind.INPUT, param.name().name(),
              new TensorType(DType.F32, shape)));
          inputs.add(value);
          frame.define(param.name().name(), new Meaning.Tensor(value));
        }
        frame.define(update.params().getLast().name().name(),
            new Meaning.Tensor(trace.graph.add(new RuntimeScalar(DType.F32, "step"))));
        trace.enter();
        Meaning result = elaboration.signatures.checkResult(f, elaboration.calls.body(update, frame), frame,
            update.name().span());
        trace.leave();
        Value updated = elaboration.tensors.tensor(result, DType.F32, update.name().span());
        return trace.graph.build("update", inputs, List.of(new Graph.Result("p", updated)), trace.graphUpdates(),
            trace.requirements);
      });
    }
  }
}
