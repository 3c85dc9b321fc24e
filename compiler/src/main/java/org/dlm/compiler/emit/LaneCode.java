package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.LaneAccess;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Expressions of a kernel as Java on vectors of neighbours along one axis. */
final class LaneCode {
  static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
  static final ClassName INT_VECTOR = ClassName.get("jdk.incubator.vector", "IntVector");
  static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
  private static final ClassName SPREAD = ClassName.get("org.dlm.runtime.lanes", "SpreadLanes");
  private static final ClassName RANDOM_LANES = ClassName.get("org.dlm.runtime.lanes", "RandomLanes");
  private static final ClassName MATH = ClassName.get("org.dlm.runtime.lanes", "LaneMath");

  private final Kernel kernel;
  private final KernelNames names;
  private final ScalarCode scalar;
  private final Axis lane;
  private final Predicate<Expr> varies;
  private final boolean rest;

  /**
   * @param varies whether neighbours along the axis have different values of an expression
   * @param rest whether only the first {@code left} lanes count, those that {@code rest} is set for
   */
  LaneCode(Kernel kernel, KernelNames names, ScalarCode scalar, Axis lane, Predicate<Expr> varies, boolean rest) {
    this.kernel = kernel;
    this.names = names;
    this.scalar = scalar;
    this.lane = lane;
    this.varies = varies;
    this.rest = rest;
  }

  /** The Java type of a local variable that holds such a value. */
  static TypeName type(DType type) {
    return switch (type) {
      case F32 -> FLOAT_VECTOR;
      case I32 -> INT_VECTOR;
      case BOOL -> ParameterizedTypeName.get(ClassName.get("jdk.incubator.vector", "VectorMask"),
          TypeName.FLOAT.box());
    };
  }

  /** The same number in all lanes. */
  static Code broadcast(DType type, Object value) {
    return switch (type) {
      case F32 -> Code.primary("$T.broadcast(FLOATS, $L)", FLOAT_VECTOR, value);
      case I32 -> Code.primary("$T.broadcast(INTS, $L)", INT_VECTOR, value);
      case BOOL -> Code.primary("FLOATS.maskAll($L)", value);
    };
  }

  /** The expression as a vector, also where all lanes are equal. */
  Code vector(Expr expr, Scope scope) {
    if (varies.test(expr)) {
      return lanes(expr, scope);
    }
    DType type = Types.of(expr);
    return expr instanceof Expr.Constant c && c.value() == 0 && type == DType.F32
        ? Code.primary("$T.zero(FLOATS)", FLOAT_VECTOR) : broadcast(type, scalar.expr(expr, scope));
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
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> switch (Types.of(then)) {
        case BOOL -> Code.primary("$L.and($L).or($L.andNot($L))", mask(then, scope), mask(condition, scope),
            mask(otherwise, scope), mask(condition, scope));
        case F32 -> Code.primary("$L.blend($L, $L)", vector(otherwise, scope), argument(then, scope),
            mask(condition, scope));
        case I32 -> Code.primary("$L.blend($L, $L.cast(INTS))", vector(otherwise, scope), argument(then, scope),
            mask(condition, scope));
      };
      case Expr.Constant c -> throw notVarying(expr);
      case Expr.Size s -> throw notVarying(expr);
      case Expr.Scalar s -> throw notVarying(expr);
      case Expr.Position(Index index) -> position(index, scope);
      case Expr.Cast(DType to, Expr value) -> cast(to, value, scope);
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
    LaneAccess access = LaneAccess.of(e.at(), kernel.slots().get(e.operand()).shape(), lane).orElseThrow();
    Code read = read(e.type() == DType.F32, access, names.slot(e.operand()), at);
    return e.type() == DType.BOOL ? Code.primary("$L.compare($T.NE, 0).cast(FLOATS)", read, OPERATORS) : read;
  }

  private Code read(boolean floats, LaneAccess access, String array, CodeBlock at) {
    CodeBlock left = rest ? CodeBlock.of(", left") : CodeBlock.of("");
    return switch (access) {
      case NEIGHBOURS -> floats
          ? Code.primary("$T.fromArray(FLOATS, $L, $L$L)", FLOAT_VECTOR, array, at, rest ? ", rest" : "")
          : Code.primary("$T.fromArray(INTS, $L, $L$L)", INT_VECTOR, array, at, rest ? ", rest.cast(INTS)" : "");
      case TWICE -> Code.primary("$T.twice($L, $L$L)", SPREAD, array, at, left);
      case EVENS -> Code.primary("$T.evens($L, $L$L)", SPREAD, array, at, left);
      case ODDS -> Code.primary("$T.odds($L, $L$L)", SPREAD, array, at, left);
      case SAME -> throw new IllegalStateException("an element that all lanes share does not vary");
    };
  }

  /** The value of an index in each lane. */
  private Code position(Index index, Scope scope) {
    if (!Indices.axes(index).contains(lane)) {
      return scalar.index(index, scope);
    }
    Optional<Affine> affine = Affine.of(index);
    if (affine.isPresent()) {
      Code first = scalar.index(index, scope);
      Dim step = affine.get().factor(lane);
      return step.is(1) ? Code.primary("$T.counting($L)", SPREAD, first)
          : Code.primary("$T.counting(0).mul($L).add($L)", SPREAD, DimCode.of(step), first);
    }
    return switch (index) {
      case Index.Modulo m -> Code.primary("$T.alternating()", SPREAD);
      case Index.Plus(Index left, Index right) -> Indices.axes(left).contains(lane)
          ? Code.primary("$L.add($L)", position(left, scope), position(right, scope))
          : Code.primary("$L.add($L)", position(right, scope), position(left, scope));
      case Index.Times(Index of, Dim factor) -> Code.primary("$L.mul($L)", position(of, scope), DimCode.of(factor));
      default -> throw new IllegalStateException("the position " + index + " has no form in lanes");
    };
  }

  private Code cast(DType to, Expr value, Scope scope) {
    Code code = lanes(value, scope);
    return switch (Types.of(value)) {
      case I32 -> to == DType.F32 ? Code.primary("$T.floats($L)", SPREAD, code) : code;
      case BOOL -> to == DType.F32 ? Code.primary("$T.zero(FLOATS).blend(1f, $L)", FLOAT_VECTOR, code)
          : Code.primary("$T.zero(INTS).blend(1, $L.cast(INTS))", INT_VECTOR, code);
      case F32 -> throw new IllegalStateException("rounding to whole numbers has no form in lanes");
    };
  }

  /** What is in memory and a vector of numbers added up. */
  static CodeBlock added(CodeBlock value, String array, CodeBlock at, boolean rest) {
    return CodeBlock.of("$T.fromArray(FLOATS, $L, $L$L).add($L)", FLOAT_VECTOR, array, at, rest ? ", rest" : "", value);
  }

  /** A store of what {@link #vector} gave. */
  static CodeBlock store(DType type, CodeBlock value, String array, CodeBlock at, boolean rest) {
    return switch (type) {
      case F32 -> CodeBlock.of("$L.intoArray($L, $L$L)", value, array, at, rest ? ", rest" : "");
      case I32 -> CodeBlock.of("$L.intoArray($L, $L$L)", value, array, at, rest ? ", rest.cast(INTS)" : "");
      case BOOL -> CodeBlock.of("$T.zero(INTS).blend(1, $L.cast(INTS)).intoArray($L, $L$L)", INT_VECTOR, value, array,
          at, rest ? ", rest.cast(INTS)" : "");
    };
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
    return Code.primary(
        Types.of(left) == DType.I32 ? "$L.compare($T.$L, $L).cast(FLOATS)" : "$L.compare($T.$L, $L)",
        lanes(left, scope), OPERATORS, operator, argument(right, scope));
  }
}
