package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;
import java.util.List;
import org.dlm.compiler.shape.DType;

/** The scalar functions of the language as Java on single numbers. */
final class ScalarFunctions {
  private static final ClassName MATH = ClassName.get("org.dlm.runtime.lanes", "ScalarMath");

  private ScalarFunctions() {}

  static Code call(String function, DType type, List<Code> args) {
    Code a = args.getFirst();
    Code b = args.getLast();
    boolean whole = type == DType.I32;
    return switch (function) {
      case "neg" -> Code.of(Code.UNARY, a.level() == Code.UNARY ? "-($L)" : "-$L", a.in(Code.UNARY));
      case "abs" -> Code.primary("$T.abs($L)", Math.class, a);
      case "sign" -> whole ? Code.primary("$T.signum($L)", Integer.class, a)
          : Code.primary("$T.sign($L)", MATH, a);
      case "floor" -> Code.of(Code.UNARY, "(float) $T.floor($L)", Math.class, a);
      case "round" -> Code.of(Code.UNARY, "(float) $T.rint($L)", Math.class, a);
      case "sqrt" -> Code.of(Code.UNARY, "(float) $T.sqrt($L)", Math.class, a);
      case "rsqrt" -> Code.of(Code.PRODUCT, "1f / (float) $T.sqrt($L)", Math.class, a);
      case "exp", "log", "sin", "cos", "tanh", "sigmoid", "erf", "expm1", "log1p" ->
          Code.primary("$T.$L($L)", MATH, function, a);
      case "pow" -> Code.of(Code.UNARY, "(float) $T.pow($L, $L)", Math.class, a, b);
      case "add" -> Code.of(Code.SUM, "$L + $L", a.in(Code.SUM), b.in(Code.PRODUCT));
      case "sub" -> Code.of(Code.SUM, "$L - $L", a.in(Code.SUM), b.in(Code.PRODUCT));
      case "mul" -> Code.of(Code.PRODUCT, "$L * $L", a.in(Code.PRODUCT), b.in(Code.UNARY));
      case "div" -> Code.of(Code.PRODUCT, "$L / $L", a.in(Code.PRODUCT), b.in(Code.UNARY));
      case "max", "min" -> Code.primary("$T.$L($L, $L)", Math.class, function, a, b);
      case "rem" -> whole ? Code.primary("$T.floorMod($L, $L)", Math.class, a, b)
          : Code.primary("$T.rem($L, $L)", MATH, a, b);
      case "lt" -> Code.of(Code.RELATION, "$L < $L", a.in(Code.SUM), b.in(Code.SUM));
      case "le" -> Code.of(Code.RELATION, "$L <= $L", a.in(Code.SUM), b.in(Code.SUM));
      case "eq" -> Code.of(Code.EQUALITY, "$L == $L", a.in(Code.RELATION), b.in(Code.RELATION));
      case "not" -> Code.of(Code.UNARY, "!$L", a.in(Code.PRIMARY));
      case "and" -> Code.of(Code.AND, "$L && $L", a.in(Code.AND), b.in(Code.EQUALITY));
      case "or" -> Code.of(Code.OR, "$L || $L", a.in(Code.OR), b.in(Code.AND));
      default -> throw new IllegalArgumentException("the function `" + function + "` has no Java text yet");
    };
  }
}
