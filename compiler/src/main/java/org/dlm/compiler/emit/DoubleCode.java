package org.dlm.compiler.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;

/**
 * Expressions over scalars as Java on doubles: what is computed once for a whole step is as exact as PyTorch has it,
 * whose hyper-parameters are Python's numbers.
 */
final class DoubleCode {
  private final Function<String, String> scalars;
  private final Map<Expr, Code> known = new HashMap<>();

  /** {@code scalars}: the Java expression (a name) for each scalar. */
  DoubleCode(Function<String, String> scalars) {
    this.scalars = scalars;
  }

  /** From here on the expression has a name. */
  void define(Expr expr, Code name) {
    known.put(expr, name);
  }

  Code of(Expr expr) {
    return known.containsKey(expr) ? known.get(expr) : written(expr);
  }

  private Code written(Expr expr) {
    return switch (expr) {
      case Expr.Constant(DType type, double value) -> type == DType.F32 ? real(value)
          : ScalarCode.constant(type, value);
      case Expr.Scalar s -> Code.name(scalars.apply(s.name()));
      case Expr.Call call -> call(call.function().name(), call.args());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> Code.of(Code.CHOICE, "$L ? $L : $L",
          of(condition).in(Code.OR), of(then).in(Code.OR), of(otherwise).in(Code.CHOICE));
      case Expr.Cast(DType type, Expr value) -> cast(type, value);
      case Expr.Element e -> throw notAScalar(expr);
      case Expr.Size s -> throw notAScalar(expr);
      case Expr.Position p -> throw notAScalar(expr);
      case Expr.Random r -> throw notAScalar(expr);
    };
  }

  private static IllegalArgumentException notAScalar(Expr expr) {
    return new IllegalArgumentException(expr + " is not made of scalars");
  }

  private static Code real(double value) {
    return value == Math.PI ? Code.primary("$T.PI", Math.class)
        : Double.isNaN(value) ? Code.primary("Double.NaN")
        : Double.isInfinite(value) ? Code.primary("Double.$L_INFINITY", value > 0 ? "POSITIVE" : "NEGATIVE")
        : Code.of(value < 0 || 1 / value < 0 ? Code.UNARY : Code.PRIMARY, "$L", value);
  }

  private Code cast(DType type, Expr value) {
    DType from = Types.of(value);
    Code code = of(value);
    return from == type ? code : switch (type) {
      case F32 -> from == DType.BOOL ? Code.of(Code.CHOICE, "$L ? 1.0 : 0.0", code.in(Code.OR))
          : Code.of(Code.UNARY, "(double) $L", code.in(Code.UNARY));
      case I32 -> from == DType.BOOL ? Code.of(Code.CHOICE, "$L ? 1 : 0", code.in(Code.OR))
          : Code.of(Code.UNARY, "(int) $L", code.in(Code.UNARY));
      case BOOL -> Code.of(Code.EQUALITY, "$L != 0", code.in(Code.EQUALITY));
    };
  }

  private Code call(String function, List<Expr> args) {
    List<Code> codes = args.stream().map(this::of).toList();
    Code a = codes.getFirst();
    Code b = codes.getLast();
    DType type = Types.of(args.getFirst());
    if (type == DType.I32) {
      return ScalarFunctions.call(function, type, codes);
    }
    return switch (function) {
      case "neg", "abs", "add", "sub", "mul", "div", "max", "min", "lt", "le", "eq", "and", "or" ->
          ScalarFunctions.call(function, type, codes);
      case "not" -> args.getFirst() instanceof Expr.Call(var inner, List<Expr> two) && inner.name().equals("eq")
          ? Code.of(Code.EQUALITY, "$L != $L", of(two.getFirst()).in(Code.RELATION),
              of(two.getLast()).in(Code.RELATION))
          : ScalarFunctions.call(function, type, codes);
      case "sign" -> Code.primary("$T.signum($L)", Math.class, a);
      case "round" -> Code.primary("$T.rint($L)", Math.class, a);
      case "floor", "sqrt", "exp", "log", "sin", "cos", "tanh", "expm1", "log1p" ->
          Code.primary("$T.$L($L)", Math.class, function, a);
      case "pow" -> Code.primary("$T.pow($L, $L)", Math.class, a, b);
      case "rsqrt" -> Code.of(Code.PRODUCT, "1.0 / $T.sqrt($L)", Math.class, a);
      case "sigmoid" -> Code.of(Code.PRODUCT, "1.0 / (1.0 + $T.exp(-$L))", Math.class, a.in(Code.PRIMARY));
      case "rem" -> Code.of(Code.SUM, "$L - $L * $T.floor($L / $L)", a.in(Code.SUM), b.in(Code.UNARY), Math.class,
          a.in(Code.PRODUCT), b.in(Code.UNARY));
      // The rest has no form of its own on doubles; the numbers are few and need no more digits.
      default -> ScalarFunctions.call(function, type,
          codes.stream().map(c -> Code.of(Code.UNARY, "(float) $L", c.in(Code.UNARY))).toList());
    };
  }
}
