package org.dlm.compiler.build;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Functions that are computed while compiling: on numbers, lists, and the shapes of tensors. */
final class CompileTime {
  private static final Map<String, DoubleUnaryOperator> OF_ONE = Map.ofEntries(
      Map.entry("sqrt", Math::sqrt), Map.entry("exp", Math::exp), Map.entry("log", Math::log),
      Map.entry("sin", Math::sin), Map.entry("cos", Math::cos), Map.entry("tanh", Math::tanh),
      Map.entry("abs", Math::abs), Map.entry("sign", Math::signum));

  private static final Set<String> ROUNDING = Set.of("floor", "ceil", "round");
  private static final Set<String> OF_TWO = Set.of("min", "max", "pow");
  private static final Set<String> OTHERS = Set.of("len", "shape", "rank", "int", "float");

  /** The names of all of them. */
  static final Set<String> NAMES = names();

  private final Elaboration elaboration;

  CompileTime(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(OF_ONE.keySet());
    names.addAll(ROUNDING);
    names.addAll(OF_TWO);
    names.addAll(OTHERS);
    return names;
  }

  /** Is this call of a primitive one of numbers only, with an answer while compiling? */
  boolean computes(Syntax.Fn fn, List<Meaning.Argument> args) {
    String name = fn.name().name();
    int wanted = OF_ONE.containsKey(name) || ROUNDING.contains(name) || name.equals("int") || name.equals("float") ? 1
        : OF_TWO.contains(name) ? 2 : 0;
    return fn.primitive() && wanted > 0 && args.size() == wanted
        && args.stream().allMatch(a -> a.name() == null && Arithmetic.isNumber(a.value())
            && (Arithmetic.isKnown(a.value()) || name.equals("min") || name.equals("max")));
  }

  /** {@code floor(a / b)} and {@code ceil(a / b)} of ints: the division that may leave a rest. */
  Optional<Meaning> rounding(Syntax.Call c, Scope scope) {
    if (!(c.callee() instanceof Syntax.Name(Span span, String name)) || !name.equals("floor") && !name.equals("ceil")
        || c.args().size() != 1 || !(inner(c.args().getFirst().value()) instanceof Syntax.Binary division)
        || !division.op().equals("/")) {
      return Optional.empty();
    }
    Meaning left = elaboration.expressions.evaluate(division.left(), scope);
    Meaning right = elaboration.expressions.evaluate(division.right(), scope);
    if (left instanceof Meaning.Int(Dim l) && right instanceof Meaning.Int(Dim r)) {
      if (!r.isConstant() && r.lowerBound().filter(v -> v >= 1).isEmpty() || r.isConstant() && r.constant() <= 0) {
        throw elaboration.fail(Code.E0405, division.right().span(), "the divisor must be positive", "this is " + r);
      }
      return Optional.of(new Meaning.Int(name.equals("floor") ? l.floorDividedBy(r) : l.ceilDividedBy(r)));
    }
    Meaning quotient = elaboration.arithmetic.binary(division, left, right);
    Meaning callee = elaboration.expressions.evaluate(c.callee(), scope);
    return Optional.of(elaboration.calls.apply(callee,
        List.of(new Meaning.Argument(c.args().getFirst().span(), null, quotient)), c.span(), span, false));
  }

  private static Syntax.Expr inner(Syntax.Expr expr) {
    return expr instanceof Syntax.Parens p ? inner(p.inner()) : expr;
  }

  Meaning call(String name, List<Meaning.Argument> args, Span site) {
    int wanted = OF_TWO.contains(name) ? 2 : 1;
    if (args.size() != wanted) {
      throw elaboration.fail(args.size() < wanted ? Code.E0204 : Code.E0205, site, "`" + name + "` takes " + wanted
          + (wanted == 1 ? " argument" : " arguments"), "");
    }
    Meaning value = args.getFirst().value();
    Span at = args.getFirst().span();
    return switch (name) {
      case "len" -> Meaning.Int.of(elaboration.expressions.items(value, at).size());
      case "shape" -> new Meaning.Items(shape(value, at).dims().stream().map(d -> (Meaning) new Meaning.Int(d))
          .toList());
      case "rank" -> Meaning.Int.of(shape(value, at).rank());
      case "float" -> toFloat(value, at);
      case "int" -> toInt(value, at);
      case "min", "max", "pow" -> ofTwo(name, value, args.getLast().value(), site);
      case "floor", "ceil", "round" -> rounded(name, value, at);
      default -> {
        if (name.equals("abs") && value instanceof Meaning.Int(Dim v) && v.isConstant()) {
          yield Meaning.Int.of(Math.abs(v.constant()));
        }
        yield new Meaning.Real(OF_ONE.get(name).applyAsDouble(number(value, at)));
      }
    };
  }

  /** Of a tensor; a number is one without axes. */
  private Shape shape(Meaning value, Span at) {
    if (value instanceof Meaning.Tensor(Value v)) {
      return v.shape();
    }
    if (value instanceof Meaning.Int || value instanceof Meaning.Real) {
      return new Shape(List.of());
    }
    throw elaboration.fail(Code.E0206, at, "a tensor is needed here", "this is " + value.kind());
  }

  private Meaning toFloat(Meaning value, Span at) {
    return value instanceof Meaning.Tensor(Value v)
        ? new Meaning.Tensor(elaboration.tensors.add(at, o -> o.cast(v, DType.F32)))
        : value instanceof Meaning.Int(Dim d) && !d.isConstant()
        ? new Meaning.Tensor(elaboration.tensors.tensor(value, DType.F32, at)) : new Meaning.Real(number(value, at));
  }

  private Meaning toInt(Meaning value, Span at) {
    return value instanceof Meaning.Tensor(Value v)
        ? new Meaning.Tensor(elaboration.tensors.add(at, o -> o.cast(v, DType.I32)))
        : value instanceof Meaning.Int ? value : Meaning.Int.of((long) number(value, at));
  }

  private Meaning ofTwo(String name, Meaning left, Meaning right, Span site) {
    if (!name.equals("pow") && left instanceof Meaning.Int(Dim l) && right instanceof Meaning.Int(Dim r)) {
      return new Meaning.Int(name.equals("min") ? l.min(r) : l.max(r));
    }
    double l = number(left, site);
    double r = number(right, site);
    return new Meaning.Real(switch (name) {
      case "min" -> Math.min(l, r);
      case "max" -> Math.max(l, r);
      default -> Math.pow(l, r);
    });
  }

  private Meaning rounded(String name, Meaning value, Span at) {
    if (value instanceof Meaning.Int) {
      return value;
    }
    double number = number(value, at);
    if (Double.isNaN(number) || Math.abs(number) > Long.MAX_VALUE / 2) {
      throw elaboration.fail(Code.E0405, at, "`" + name + "` of " + number, "");
    }
    return Meaning.Int.of((long) switch (name) {
      case "floor" -> Math.floor(number);
      case "ceil" -> Math.ceil(number);
      default -> Math.rint(number);
    });
  }

  private double number(Meaning value, Span at) {
    if (!Arithmetic.isKnown(value)) {
      throw elaboration.fail(Code.E0401, at, "a number known while compiling is needed here",
          "this is " + value.kind());
    }
    return Arithmetic.number(value);
  }
}
