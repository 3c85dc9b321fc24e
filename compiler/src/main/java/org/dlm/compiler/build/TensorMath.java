package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.op.Attributes;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Primitive;
import org.dlm.compiler.op.Primitives;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Facts;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;
import org.dlm.compiler.source.Span;

/** Makes the values of the graph: numbers that meet tensors, variables, operators, primitives. */
final class TensorMath {
  private final Elaboration elaboration;

  TensorMath(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** Adds to the graph; what a shape rule objects to becomes a message at {@code span}. */
  Value add(Span span, Function<Operators, Value> work) {
    Trace trace = elaboration.trace(span);
    trace.at(elaboration.visible(span), trace.owner);
    int before = trace.graph.size();
    CheckSize.requireRoom(trace, span, elaboration);
    try {
      Value value = work.apply(new Operators(trace.graph));
      trace.graph.since(before).forEach(v -> requireProved(v, trace.facts));
      return value;
    } catch (ShapeProblem problem) {
      throw elaboration.fail(describe(problem, span));
    }
  }

  /**
   * What the source must make sure of is proved by the facts, and what is checked on entry is not ruled out by them.
   */
  private static void requireProved(Value value, Facts facts) {
    for (Graph.Requirement r : value.op().obligations(value)) {
      if (!r.followsFrom(facts)) {
        String relation = r.right() + " >= " + r.left();
        throw new ShapeProblem(Code.E0303, 0, "cannot prove " + relation + ": " + r.message(),
            "if it always holds, say it in the shapes; if callers must guarantee it, write `require " + relation + "`");
      }
    }
    for (Graph.Requirement r : value.op().requirements(value)) {
      if (r.contradicts(facts)) {
        throw new ShapeProblem(Code.E0311, 0, r.message() + ", which `require` rules out", null);
      }
    }
  }

  /** What stands behind a colon in a shape rule's message says what is at the place itself. */
  private Diagnostic.Builder describe(ShapeProblem problem, Span span) {
    String[] parts = problem.getMessage().split(": ", problem.code() == Code.E0303 ? 2 : 1);
    Diagnostic.Builder builder = elaboration.at(problem.code(), span, parts[0]);
    if (parts.length > 1) {
      builder.label(parts[1]);
    }
    elaboration.stages.addTrace(builder, "");
    if (problem.code() == Code.E0303) {
      elaboration.showOpenDims(builder, parts[0]);
    }
    return problem.help() == null ? builder : builder.help(problem.help());
  }

  // ------------------------------------------------------------------------------------------------ sources

  Value variable(Instance instance, String name, Span at) {
    Trace trace = elaboration.trace(at);
    Instance.Slot slot = instance.slot(name);
    String path = instance.pathOf(name);
    return trace.variables.computeIfAbsent(path, p -> add(slot.span(), o -> trace.graph.add(
        new Given(slot.parameter() ? Given.Kind.PARAMETER : Given.Kind.BUFFER, p,
            new TensorType(DType.F32, slot.shape())))));
  }

  /** The value with the shape that the facts make of it: the same memory. */
  Value normal(Value value) {
    Trace trace = elaboration.trace();
    if (!trace.facts.rewrites()) {
      return value;
    }
    Shape shape = trace.facts.normal(value.shape());
    return shape.equals(value.shape()) ? value : new Operators(trace.graph).recast(value, shape);
  }

  /** A tensor, or a number that becomes one of element type {@code type}. */
  Value tensor(Meaning meaning, DType type, Span at) {
    return switch (meaning) {
      case Meaning.Tensor(Value value) -> value;
      case Meaning.Int(Dim dim) when dim.isConstant() -> add(at, o -> o.full(type, dim.constant(), Shape.SCALAR));
      case Meaning.Int(Dim dim) -> add(at, o -> o.cast(o.size(dim), type));
      case Meaning.Real(double number) -> add(at, o -> o.full(DType.F32, number, Shape.SCALAR));
      case Meaning.Bool(boolean flag) -> add(at, o -> o.full(DType.BOOL, flag ? 1 : 0, Shape.SCALAR));
      default -> {
        Diagnostic.Builder problem = elaboration.at(Code.E0206, at, "a tensor is needed here")
            .label("this is " + meaning.kind());
        throw elaboration.fail(meaning instanceof Meaning.Function(var fn, var scope, var given)
            ? problem.help("give it what it works on: x |> " + fn.name().name()) : problem);
      }
    };
  }

  /** Several operands; a number takes the element type of the tensors beside it. */
  List<Value> tensors(List<Meaning> operands, Span at) {
    DType type = operands.stream().filter(m -> m instanceof Meaning.Tensor)
        .map(m -> ((Meaning.Tensor) m).value().type().element())
        .filter(t -> t != DType.BOOL).findFirst().orElse(DType.F32);
    List<Value> values = new ArrayList<>();
    operands.forEach(m -> values.add(tensor(m, type, at)));
    return values;
  }

  // ------------------------------------------------------------------------------------------------ operators

  /** An operator of the language on operands of which at least one is a tensor. */
  Meaning apply(String operator, List<Meaning> operands, Span at) {
    List<Value> v = tensors(operands, at);
    if (operator.equals("%") && v.getLast().op() instanceof Full(DType type, double divisor, var shape)
        && type == DType.I32 && divisor == 0) {
      throw elaboration.fail(Code.E0405, at, "division by zero", "whole numbers have no remainder by 0");
    }
    return new Meaning.Tensor(switch (operator) {
      case "neg" -> add(at, o -> o.neg(v.get(0)));
      case "not" -> add(at, o -> o.not(v.get(0)));
      case "+" -> add(at, o -> o.apply(ScalarFn.ADD, v));
      case "-" -> add(at, o -> o.apply(ScalarFn.SUB, v));
      case "*" -> add(at, o -> o.apply(ScalarFn.MUL, v));
      case "/" -> add(at, o -> o.apply(ScalarFn.DIV, v));
      case "%" -> add(at, o -> o.apply(ScalarFn.REM, v));
      case "**" -> add(at, o -> o.apply(ScalarFn.POW, v));
      case "<" -> add(at, o -> o.apply(ScalarFn.LT, v));
      case "<=" -> add(at, o -> o.apply(ScalarFn.LE, v));
      case ">" -> add(at, o -> o.apply(ScalarFn.LT, v.reversed()));
      case ">=" -> add(at, o -> o.apply(ScalarFn.LE, v.reversed()));
      case "==" -> add(at, o -> o.apply(ScalarFn.EQ, v));
      case "!=" -> add(at, o -> o.not(o.apply(ScalarFn.EQ, v)));
      case "and" -> add(at, o -> o.apply(ScalarFn.AND, v));
      case "or" -> add(at, o -> o.apply(ScalarFn.OR, v));
      case "@" -> primitive("matmul", v, new Attributes(java.util.Map.of()), at);
      default -> throw elaboration.fail(Code.E0206, at, "`" + operator + "` is not for tensors", "");
    });
  }

  Value primitive(String name, List<Value> tensors, Attributes attributes, Span at) {
    Primitive primitive = Primitives.ALL.get(name);
    if (primitive == null) {
      throw elaboration.fail(Code.E0108, at, "the primitive `" + name + "` is not supported yet", "");
    }
    return add(at, o -> primitive.apply(elaboration.trace().graph, tensors, attributes));
  }
}
