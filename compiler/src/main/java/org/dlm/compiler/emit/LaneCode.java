package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.function.Predicate;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;

/** Expressions of a kernel as Java on vectors of neighbours along one axis. */
final class LaneCode {
  static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
  static final ClassName INT_VECTOR = ClassName.get("jdk.incubator.vector", "IntVector");
  static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
  private static final ClassName RANDOM_LANES = ClassName.get("org.dlm.runtime.lanes", "RandomLanes");
  private static final ClassName MATH = ClassName.get("org.dlm.runtime.lanes", "LaneMath");

  private final Kernel kernel;
  private final KernelNames names;
  private final ScalarCode scalar;
  private final Predicate<Expr> varies;

  /** {@code varies}: whether neighbours along the axis have different values of an expression. */
  LaneCode(Kernel kernel, KernelNames names, ScalarCode scalar, Predicate<Expr> varies) {
    this.kernel = kernel;
    this.names = names;
    this.scalar = scalar;
    this.varies = varies;
  }

  /** The expression as a vector, also where all lanes are equal. */
  Code vector(Expr expr, Scope scope) {
    if (varies.test(expr)) {
      return lanes(expr, scope);
    }
    Code one = scalar.expr(expr, scope);
    return expr instanceof Expr.Constant c && c.value() == 0 ? Code.primary("$T.zero(FLOATS)", FLOAT_VECTOR)
        : Code.primary("$T.broadcast(FLOATS, $L)", FLOAT_VECTOR, one);
  }

  /** As an argument of a lanewise operation: a vector, or the number that all lanes share. */
  private Code argument(Expr expr, Scope scope) {
    return varies.test(expr) ? lanes(expr, scope) : scalar.expr(expr, scope);
  }

  private Code lanes(Expr expr, Scope scope) {
    Code known = scope.lookup(expr);
    if (known != null) {
      return known;
    }
    return switch (expr) {
      case Expr.Element e -> element(e, scope);
      case Expr.Call call -> call(call.function().name(), call.args(), scope);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> Types.of(then) == DType.BOOL
          ? Code.primary("$L.and($L).or($L.andNot($L))", mask(then, scope), mask(condition, scope),
              mask(otherwise, scope), mask(condition, scope))
          : Code.primary("$L.blend($L, $L)", vector(otherwise, scope), argument(then, scope), mask(condition, scope));
      case Expr.Constant c -> throw notVarying(expr);
      case Expr.Size s -> throw notVarying(expr);
      case Expr.Scalar s -> throw notVarying(expr);
      case Expr.Position p -> throw new IllegalStateException("positions have no form in lanes");
      case Expr.Cast c -> throw new IllegalStateException("casts have no form in lanes");
      case Expr.Random(var distribution, var site, var counter) -> Code.primary("$T.$L($T.key(seed, step, $L), $L)",
          RANDOM_LANES, distribution.name().toLowerCase(java.util.Locale.ROOT), ScalarCode.RANDOM, DimCode.of(site),
          scalar.index(counter, scope));
    };
  }

  private static IllegalStateException notVarying(Expr expr) {
    return new IllegalStateException(expr + " is the same in all lanes");
  }

  private Code element(Expr.Element e, Scope scope) {
    if (kernel.slots().get(e.operand()).register()) {
      return Code.name(names.slot(e.operand()));
    }
    CodeBlock at = scalar.offset(e.operand(), e.at(), scope);
    return e.type() == DType.BOOL
        ? Code.primary("$T.fromArray(INTS, $L, $L).compare($T.NE, 0).cast(FLOATS)", INT_VECTOR, names.slot(e.operand()),
            at, OPERATORS)
        : Code.primary("$T.fromArray(FLOATS, $L, $L)", FLOAT_VECTOR, names.slot(e.operand()), at);
  }

  private Code mask(Expr expr, Scope scope) {
    return varies.test(expr) ? lanes(expr, scope) : Code.primary("FLOATS.maskAll($L)", scalar.expr(expr, scope));
  }

  private Code call(String function, List<Expr> args, Scope scope) {
    Expr a = args.getFirst();
    Expr b = args.getLast();
    boolean logic = Types.of(a) == DType.BOOL;
    return switch (function) {
      case "neg", "abs", "sqrt" -> Code.primary("$L.$L()", vector(a, scope), function);
      case "exp", "log", "sin", "cos", "tanh", "sigmoid", "erf", "expm1", "log1p", "sign", "rsqrt" ->
          Code.primary("$T.$L($L)", MATH, function, vector(a, scope));
      case "pow" -> Code.primary("$L.pow($L)", vector(a, scope), argument(b, scope));
      case "add", "mul", "max", "min" -> varies.test(a)
          ? Code.primary("$L.$L($L)", lanes(a, scope), function, argument(b, scope))
          : Code.primary("$L.$L($L)", lanes(b, scope), function, argument(a, scope));
      case "sub", "div" -> Code.primary("$L.$L($L)", vector(a, scope), function, argument(b, scope));
      case "lt", "le" -> varies.test(a) ? compare(a, function.toUpperCase(java.util.Locale.ROOT), b, scope)
          : compare(b, function.equals("lt") ? "GT" : "GE", a, scope);
      case "eq" -> logic ? Code.primary("$L.eq($L)", mask(a, scope), mask(b, scope))
          : varies.test(a) ? compare(a, "EQ", b, scope) : compare(b, "EQ", a, scope);
      case "not" -> Code.primary("$L.not()", mask(a, scope));
      case "and", "or" -> Code.primary("$L.$L($L)", mask(a, scope), function, mask(b, scope));
      default -> throw new IllegalArgumentException("the function `" + function + "` has no form in lanes yet");
    };
  }

  private Code compare(Expr left, String operator, Expr right, Scope scope) {
    return Code.primary("$L.compare($T.$L, $L)", lanes(left, scope), OPERATORS, operator, argument(right, scope));
  }
}
