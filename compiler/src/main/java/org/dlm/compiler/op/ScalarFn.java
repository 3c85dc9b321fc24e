package org.dlm.compiler.op;

import static org.dlm.compiler.op.ScalarFn.Typing.COMPARISON;
import static org.dlm.compiler.op.ScalarFn.Typing.FLOAT;
import static org.dlm.compiler.op.ScalarFn.Typing.LOGIC;
import static org.dlm.compiler.op.ScalarFn.Typing.NUMBER;

import java.util.Collections;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.ScalarFunction;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * A pointwise function of the language: a sentence, its value, which element types it takes, its partial derivatives
 * and points to test it at. {@link #ALL} is the list of them; a new one needs an entry here, its Java text in the
 * emitter and a line in the prelude.
 */
public final class ScalarFn implements ScalarFunction {
  /** Which element types a function takes and gives. */
  public enum Typing {
    /** f32 to f32. */
    FLOAT,
    /** f32 to f32, i32 to i32. */
    NUMBER,
    /** Two of one element type to bool. */
    COMPARISON,
    /** bool to bool. */
    LOGIC
  }

  /** The value in double precision. */
  interface Formula {
    double apply(double[] x);
  }

  /** What flows to each argument {@code x}, given the result {@code y} and its gradient {@code d}; null for nothing. */
  interface Partials {
    List<Value> apply(Operators o, List<Value> x, Value y, Value d);
  }

  private final String name;
  private final String sentence;
  private final int arity;
  private final Typing typing;
  private final Formula formula;
  private final Partials partials;
  private final List<double[]> samples;

  /** {@code samples}: points where the derivative exists, or is what we say it is at a kink. */
  ScalarFn(String name, String sentence, int arity, Typing typing, Formula formula, Partials partials,
      double[]... samples) {
    this.name = name;
    this.sentence = sentence;
    this.arity = arity;
    this.typing = typing;
    this.formula = formula;
    this.partials = partials;
    this.samples = List.of(samples);
  }

  // Derivatives at kinks are those that PyTorch gives.

  private static final Partials NONE = (o, x, y, d) -> Collections.nCopies(x.size(), null);

  public static final ScalarFn NEG = new ScalarFn("neg", "-x", 1, NUMBER, x -> -x[0],
      (o, x, y, d) -> List.of(o.neg(d)), at(0.7), at(0), at(-3));

  public static final ScalarFn ABS = new ScalarFn("abs", "|x|", 1, NUMBER, x -> Math.abs(x[0]),
      (o, x, y, d) -> List.of(o.mul(d, o.sign(x.get(0)))), at(0.7), at(-0.7), at(0));

  public static final ScalarFn SIGN = new ScalarFn("sign", "-1, 0 or 1 by the sign of x; 0 for NaN", 1, NUMBER,
      x -> x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0,
      NONE, at(0.7), at(-2));

  public static final ScalarFn FLOOR = new ScalarFn("floor", "the largest whole number that is not above x", 1, FLOAT,
      x -> Math.floor(x[0]), NONE, at(0.7), at(-0.7));

  public static final ScalarFn ROUND = new ScalarFn("round",
      "the nearest whole number, the even one of two equally near", 1, FLOAT,
      x -> Math.rint(x[0]), NONE, at(0.7), at(-1.2));

  public static final ScalarFn EXP = new ScalarFn("exp", "e to the power x", 1, FLOAT, x -> Math.exp(x[0]),
      (o, x, y, d) -> List.of(o.mul(d, y)), at(0.7), at(-3), at(0));

  public static final ScalarFn EXPM1 = new ScalarFn("expm1", "exp(x) - 1, exact near 0", 1, FLOAT,
      x -> Math.expm1(x[0]),
      (o, x, y, d) -> List.of(o.mul(d, o.add(y, 1))), at(0.7), at(1e-6), at(0));

  public static final ScalarFn LOG = new ScalarFn("log", "natural logarithm", 1, FLOAT, x -> Math.log(x[0]),
      (o, x, y, d) -> List.of(o.div(d, x.get(0))), at(0.7), at(3));

  public static final ScalarFn LOG1P = new ScalarFn("log1p", "log(1 + x), exact near 0", 1, FLOAT,
      x -> Math.log1p(x[0]),
      (o, x, y, d) -> List.of(o.div(d, o.add(x.get(0), 1))), at(0.7), at(1e-6), at(0));

  public static final ScalarFn SQRT = new ScalarFn("sqrt", "square root", 1, FLOAT, x -> Math.sqrt(x[0]),
      (o, x, y, d) -> List.of(o.div(d, o.mul(y, 2))), at(0.7), at(9));

  public static final ScalarFn RSQRT = new ScalarFn("rsqrt", "1 / sqrt(x)", 1, FLOAT, x -> 1 / Math.sqrt(x[0]),
      (o, x, y, d) -> List.of(o.mul(o.mul(d, -0.5), o.mul(y, o.mul(y, y)))), at(0.7), at(9));

  public static final ScalarFn SIN = new ScalarFn("sin", "sine", 1, FLOAT, x -> Math.sin(x[0]),
      (o, x, y, d) -> List.of(o.mul(d, o.cos(x.get(0)))), at(0.7), at(0), at(-4));

  public static final ScalarFn COS = new ScalarFn("cos", "cosine", 1, FLOAT, x -> Math.cos(x[0]),
      (o, x, y, d) -> List.of(o.neg(o.mul(d, o.sin(x.get(0))))), at(0.7), at(0), at(-4));

  public static final ScalarFn TANH = new ScalarFn("tanh", "hyperbolic tangent", 1, FLOAT, x -> Math.tanh(x[0]),
      (o, x, y, d) -> List.of(o.mul(d, o.sub(o.constant(1), o.mul(y, y)))), at(0.7), at(0), at(-3));

  public static final ScalarFn SIGMOID = new ScalarFn("sigmoid", "1 / (1 + exp(-x))", 1, FLOAT,
      x -> 1 / (1 + Math.exp(-x[0])),
      (o, x, y, d) -> List.of(o.mul(d, o.mul(y, o.sub(o.constant(1), y)))), at(0.7), at(0), at(-5));

  public static final ScalarFn ERF = new ScalarFn("erf", "the error function", 1, FLOAT, x -> ErrorFunction.erf(x[0]),
      (o, x, y, d) -> List.of(o.mul(o.mul(d, 2 / Math.sqrt(Math.PI)), o.exp(o.neg(o.mul(x.get(0), x.get(0)))))),
      at(0.7), at(0), at(-2.5));

  public static final ScalarFn ADD = new ScalarFn("add", "a + b", 2, NUMBER, x -> x[0] + x[1],
      (o, x, y, d) -> List.of(d, d), at(0.7, 2));

  public static final ScalarFn SUB = new ScalarFn("sub", "a - b", 2, NUMBER, x -> x[0] - x[1],
      (o, x, y, d) -> List.of(d, o.neg(d)), at(0.7, 2));

  public static final ScalarFn MUL = new ScalarFn("mul", "a * b", 2, NUMBER, x -> x[0] * x[1],
      (o, x, y, d) -> List.of(o.mul(d, x.get(1)), o.mul(d, x.get(0))), at(0.7, 2), at(0, -3));

  public static final ScalarFn DIV = new ScalarFn("div", "a / b", 2, FLOAT, x -> x[0] / x[1],
      (o, x, y, d) -> {
        var over = o.div(d, x.get(1));
        return List.of(over, o.neg(o.mul(over, y)));
      }, at(0.7, 2), at(0, -3));

  public static final ScalarFn POW = new ScalarFn("pow", "a to the power b", 2, FLOAT, x -> Math.pow(x[0], x[1]),
      (o, x, y, d) -> {
        // Where the exponent is 0 nothing flows to the base; where the base is 0, log would make NaN of what must be 0.
        var a = x.get(0);
        var b = x.get(1);
        var base = o.mul(d, o.select(o.eq(b, o.constant(0)), o.constant(0),
            o.mul(b, o.pow(a, o.sub(b, o.constant(1))))));
        var nothing = o.and(o.eq(a, o.constant(0)), o.le(o.constant(0), b));
        return List.of(base, o.mul(d, o.select(nothing, o.constant(0), o.mul(y, o.log(a)))));
      }, at(0.7, 2), at(3, -1.5), at(2, 0), at(0, 2));

  public static final ScalarFn MAX = new ScalarFn("max", "the larger of two, NaN if one is", 2, NUMBER,
      x -> Math.max(x[0], x[1]),
      (o, x, y, d) -> o.splitByOrder(d, o.lt(x.get(0), x.get(1)), o.lt(x.get(1), x.get(0)), o.eq(x.get(0), x.get(1))),
      at(0.7, 2), at(3, -3), at(1.5, 1.5), at(0, 0));

  public static final ScalarFn MIN = new ScalarFn("min", "the smaller of two, NaN if one is", 2, NUMBER,
      x -> Math.min(x[0], x[1]),
      (o, x, y, d) -> o.splitByOrder(d, o.lt(x.get(1), x.get(0)), o.lt(x.get(0), x.get(1)), o.eq(x.get(0), x.get(1))),
      at(0.7, 2), at(3, -3), at(1.5, 1.5), at(0, 0));

  public static final ScalarFn REM = new ScalarFn("rem", "a - b * floor(a / b): the remainder with the sign of b", 2,
      NUMBER,
      x -> x[0] % x[1] + (x[0] % x[1] != 0 && x[0] % x[1] < 0 != x[1] < 0 ? x[1] : 0),
      (o, x, y, d) -> List.of(d, o.neg(o.mul(d, o.floor(o.div(x.get(0), x.get(1)))))), at(7.5, 2), at(-7.5, 2),
          at(7.5, -2));

  public static final ScalarFn LT = new ScalarFn("lt", "a < b", 2, COMPARISON, x -> truth(x[0] < x[1]), NONE,
      at(1, 2), at(2, 2));

  public static final ScalarFn LE = new ScalarFn("le", "a <= b", 2, COMPARISON, x -> truth(x[0] <= x[1]), NONE,
      at(2, 2), at(3, 2));

  public static final ScalarFn EQ = new ScalarFn("eq", "a == b", 2, COMPARISON, x -> truth(x[0] == x[1]), NONE,
      at(2, 2), at(3, 2));

  public static final ScalarFn NOT = new ScalarFn("not", "not a", 1, LOGIC, x -> 1 - x[0], NONE, at(0), at(1));

  public static final ScalarFn AND = new ScalarFn("and", "a and b", 2, LOGIC, x -> x[0] * x[1], NONE, at(0, 1),
      at(1, 1));

  public static final ScalarFn OR = new ScalarFn("or", "a or b", 2, LOGIC, x -> Math.max(x[0], x[1]), NONE, at(0, 1),
      at(0, 0));

  /** Every pointwise function, in the order of the language's table. */
  public static final List<ScalarFn> ALL = List.of(
      NEG, ABS, SIGN, FLOOR, ROUND, EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, SIN, COS, TANH, SIGMOID, ERF,
      ADD, SUB, MUL, DIV, POW, MAX, MIN, REM, LT, LE, EQ, NOT, AND, OR);

  @Override
  public String name() {
    return name;
  }

  /** What it computes, in a few words. */
  public String sentence() {
    return sentence;
  }

  @Override
  public int arity() {
    return arity;
  }

  public Typing typing() {
    return typing;
  }

  /** Points at which tests compare derivatives with central differences. */
  public List<double[]> samples() {
    return samples;
  }

  /** What flows to each argument. */
  List<Value> partials(Operators o, List<Value> x, Value y, Value d) {
    return partials.apply(o, x, y, d);
  }

  @Override
  public DType result(List<DType> arguments) {
    DType first = arguments.getFirst();
    for (int i = 0; i < arguments.size(); i++) {
      DType type = arguments.get(i);
      boolean fits = switch (typing) {
        case FLOAT -> type == DType.F32;
        case NUMBER -> type != DType.BOOL && type == first;
        case COMPARISON -> type == first;
        case LOGIC -> type == DType.BOOL;
      };
      if (!fits) {
        throw mismatch(type, first, i);
      }
    }
    return typing == Typing.COMPARISON ? DType.BOOL : first;
  }

  private ShapeProblem mismatch(DType type, DType first, int input) {
    String needs = switch (typing) {
      case FLOAT -> "f32";
      case LOGIC -> "bool";
      case NUMBER -> type == DType.BOOL ? "numbers" : "two of one element type";
      case COMPARISON -> "two of one element type";
    };
    String found = input > 0 && type != first ? first.source() + " and " + type.source() : type.source();
    return new ShapeProblem(Code.E0307, input, "`" + name + "` needs " + needs + ", not " + found,
        type == DType.F32 || first == DType.F32 || typing == Typing.FLOAT ? "convert it: float(...)" : null);
  }

  @Override
  public double apply(double[] arguments) {
    return formula.apply(arguments);
  }

  @Override
  public String toString() {
    return name;
  }

  private static double truth(boolean b) {
    return b ? 1 : 0;
  }

  private static double[] at(double... point) {
    return point;
  }
}
