package org.dlm.compiler.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.Cast;
import org.dlm.compiler.op.Concat;
import org.dlm.compiler.op.CustomGradient;
import org.dlm.compiler.op.JointResult;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Flip;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Iota;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Pad;
import org.dlm.compiler.op.Permute;
import org.dlm.compiler.op.Pointwise;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.Reshape;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.op.ScatterAdd;
import org.dlm.compiler.op.Select;
import org.dlm.compiler.op.Slice;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.op.Take;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * The table of rewrites. Each keeps every number, up to the rounding of constants; a test tries each on random numbers.
 */
final class Rules {
  private Rules() {}

  static final List<Rule> ALL = List.of(
      // ---------------------------------------------------------------------------------------- constants
      new Rule("f(constants) -> constant", Rules::fold, (o, g, x) -> o.add(o.constant(2), o.constant(3))),
      new Rule("select(constant, a, b) -> a or b", Rules::knownSelect,
          (o, g, x) -> o.select(o.full(DType.BOOL, 0, x.shape()), o.exp(x), x)),
      new Rule("cast(constant) -> constant", (o, g, v) -> v.op() instanceof Cast(DType to)
          && constant(v.input(0)) != null
          ? o.full(to, cast(to, constant(v.input(0))), v.shape()) : null,
          (o, g, x) -> o.cast(o.full(DType.I32, 3, x.shape()), DType.F32)),
      new Rule("constant under another shape -> constant", Rules::reshapedConstant,
          (o, g, x) -> o.permute(o.full(DType.F32, 3, x.shape()), List.of(2, 1, 0))),
      new Rule("sum(einsum) over axes of both tensors -> einsum", Sums::sumOfEinsum,
          (o, g, x) -> o.sum(g.add(new Einsum("abc", "abd", "acd"), x, o.exp(x)), List.of(0), false)),
      new Rule("sum(constant) -> constant", Sums::summedConstant,
          (o, g, x) -> o.sum(o.full(DType.F32, 3, x.shape()), List.of(0, 2), false)),

      // ---------------------------------------------------------------------------------------- pointwise
      new Rule("x + 0 -> x", (o, g, v) -> is(v, ScalarFn.ADD, 1, 0) ? v.input(0) : is(v, ScalarFn.ADD, 0, 0)
          ? v.input(1) : null, (o, g, x) -> o.add(x, 0)),
      new Rule("x - 0 -> x", (o, g, v) -> is(v, ScalarFn.SUB, 1, 0) ? v.input(0) : null,
          (o, g, x) -> o.sub(x, o.constant(0))),
      new Rule("0 - x -> -x", (o, g, v) -> is(v, ScalarFn.SUB, 0, 0) ? o.neg(v.input(1)) : null,
          (o, g, x) -> o.sub(o.constant(0), x)),
      new Rule("x * 1 -> x", (o, g, v) -> is(v, ScalarFn.MUL, 1, 1) ? v.input(0) : is(v, ScalarFn.MUL, 0, 1)
          ? v.input(1) : null, (o, g, x) -> o.mul(o.constant(1), x)),
      new Rule("x * -1 -> -x", (o, g, v) -> is(v, ScalarFn.MUL, 1, -1) ? o.neg(v.input(0)) : is(v, ScalarFn.MUL, 0, -1)
          ? o.neg(v.input(1)) : null, (o, g, x) -> o.mul(x, -1)),
      new Rule("x / 1 -> x", (o, g, v) -> is(v, ScalarFn.DIV, 1, 1) ? v.input(0) : null,
          (o, g, x) -> o.div(x, o.constant(1))),
      new Rule("x / c -> x * (1 / c) for powers of 2", Rules::exactReciprocal, (o, g, x) -> o.div(x, o.constant(4))),
      new Rule("--x -> x", (o, g, v) -> twice(v, ScalarFn.NEG), (o, g, x) -> o.neg(o.neg(x))),
      new Rule("not not x -> x", (o, g, v) -> twice(v, ScalarFn.NOT),
          (o, g, x) -> o.cast(o.not(o.not(o.lt(x, o.constant(0)))), DType.F32)),
      new Rule("a + -b -> a - b", (o, g, v) -> applies(v, ScalarFn.ADD) && applies(v.input(1), ScalarFn.NEG)
          ? o.sub(v.input(0), v.input(1).input(0)) : null, (o, g, x) -> o.add(o.exp(x), o.neg(x))),
      new Rule("a - -b -> a + b", (o, g, v) -> applies(v, ScalarFn.SUB) && applies(v.input(1), ScalarFn.NEG)
          ? o.add(v.input(0), v.input(1).input(0)) : null, (o, g, x) -> o.sub(o.exp(x), o.neg(x))),
      new Rule("(x * c) * d -> x * (c d)", Rules::twoFactors, (o, g, x) -> o.mul(o.mul(x, 3), 0.5)),
      new Rule("x ** c -> products and roots", Rules::power, (o, g, x) -> o.pow(x, o.constant(3))),
      new Rule("x and constant, x or constant -> x or constant", Rules::knownLogic,
          (o, g, x) -> o.cast(o.and(o.lt(x, o.constant(0)), o.full(DType.BOOL, 1, x.shape())), DType.F32)),
      new Rule("f(cast(bool), constant) -> select(bool, f(1), f(0))", Rules::chosenConstant,
          (o, g, x) -> o.div(o.cast(o.lt(x, o.constant(0)), DType.F32), o.constant(0.75))),
      new Rule("select(c, x, x) -> x", (o, g, v) -> v.op() instanceof Select && v.input(1) == v.input(2)
          ? v.input(1) : null, (o, g, x) -> o.select(o.lt(x, o.constant(0)), x, x)),
      new Rule("select(not c, a, b) -> select(c, b, a)", (o, g, v) ->
          v.op() instanceof Select && applies(v.input(0), ScalarFn.NOT)
              ? o.select(v.input(0).input(0), v.input(2), v.input(1)) : null,
          (o, g, x) -> o.select(o.not(o.lt(x, o.constant(0))), o.exp(x), x)),
      new Rule("cast to the same -> x", (o, g, v) -> v.op() instanceof Cast && v.type().equals(v.input(0).type())
          ? v.input(0) : null, (o, g, x) -> g.add(new Cast(DType.F32), x)),

      // ---------------------------------------------------------------------------------------- only for gradients
      new Rule("stop(x) -> x", (o, g, v) -> v.op() instanceof Stop ? v.input(0) : null,
          (o, g, x) -> g.add(new Stop(), x)),
      new Rule("joint_result(y, all) -> y", (o, g, v) -> v.op() instanceof JointResult ? v.input(0) : null,
          (o, g, x) -> g.add(new JointResult(Dim.ZERO), x, x)),
      new Rule("custom_gradient(y, ...) -> y", (o, g, v) -> v.op() instanceof CustomGradient ? v.input(0) : null,
          (o, g, x) -> g.add(new CustomGradient("f", (h, self, d) -> List.of(d)), o.exp(x), x)),

      // ---------------------------------------------------------------------------------------- shapes
      new Rule("the same shape again -> x", Rules::unmoved, (o, g, x) -> g.add(new Reshape(x.shape()), x)),
      new Rule("reshape(reshape(x)) -> reshape(x)", (o, g, v) ->
          v.op() instanceof Reshape && v.input(0).op() instanceof Reshape
              ? o.reshape(v.input(0).input(0), v.shape()) : null,
          (o, g, x) -> o.reshape(o.reshape(x, Shape.of(12)), Shape.of(6, 2))),
      new Rule("permute(permute(x)) -> permute(x)", Rules::permuteTwice,
          (o, g, x) -> o.permute(o.permute(x, List.of(2, 0, 1)), List.of(2, 1, 0))),
      new Rule("permute that moves only axes of length 1 -> reshape", Rules::permuteOfOnes,
          (o, g, x) -> o.permute(x, List.of(1, 0, 2))),
      new Rule("broadcast(broadcast(x)) -> broadcast(x)", (o, g, v) ->
          v.op() instanceof Broadcast && v.input(0).op() instanceof Broadcast
              ? o.broadcast(v.input(0).input(0), v.shape()) : null,
          (o, g, x) -> o.broadcast(o.broadcast(x, Shape.of(3, 5, 4)), Shape.of(2, 3, 5, 4))),
      new Rule("broadcast that only adds axes of length 1 -> reshape", (o, g, v) ->
          v.op() instanceof Broadcast && v.shape().size().equals(v.input(0).shape().size())
              ? o.reshape(v.input(0), v.shape()) : null,
          (o, g, x) -> o.broadcast(x, Shape.of(1, 3, 1, 4))),
      new Rule("broadcast(leading axes of length 1) -> broadcast without them", (o, g, v) ->
          v.op() instanceof Broadcast && v.input(0).shape().rank() > 0 && v.input(0).shape().dim(0).is(1)
              ? o.broadcast(o.reshape(v.input(0), withoutLeadingOnes(v.input(0).shape())), v.shape()) : null,
          (o, g, x) -> o.broadcast(o.slice(x, 0, Dim.ZERO, Dim.ONE), x.shape())),
      new Rule("f(reshape(x)) -> reshape(f(x)) for axes of length 1", Rules::sinkReshape,
          (o, g, x) -> o.mul(o.exp(o.reshape(x, Shape.of(1, 3, 4))), o.reshape(x, Shape.of(1, 3, 4)))),
      new Rule("flip(flip(x)) -> x", (o, g, v) -> v.op() instanceof Flip && v.input(0).op().equals(v.op())
          ? v.input(0).input(0) : null,
          (o, g, x) -> g.add(new Flip(List.of(0, 2)), g.add(new Flip(List.of(0, 2)), x))),

      // ---------------------------------------------------------------------------------------- reductions
      new Rule("reduction over axes of length 1 -> reshape", (o, g, v) -> v.op() instanceof Reduce reduce
          && reduce.axes().stream().allMatch(a -> v.input(0).shape().dim(a).is(1))
              ? o.reshape(v.input(0), v.shape()) : null,
          (o, g, x) -> o.sum(x, List.of(1), false)),
      new Rule("reduction that keeps axes -> reshape of one that does not", (o, g, v) ->
          v.op() instanceof Reduce(Combiner combiner, List<Integer> axes, boolean keep) && keep
              ? o.reshape(o.reduce(combiner, v.input(0), axes, false), v.shape()) : null,
          (o, g, x) -> o.sum(x, List.of(0, 2), true)),
      new Rule("sum((x - mean(x)) * repeated) -> 0", Centred::sum, Centred::example),
      new Rule("sum(-x) -> -sum(x)", (o, g, v) -> Sums.isSum(v) && applies(v.input(0), ScalarFn.NEG)
          ? o.neg(o.sum(v.input(0).input(0), ((Reduce) v.op()).axes(), false)) : null,
          (o, g, x) -> o.sum(o.neg(x), List.of(0), false)),
      new Rule("sum(x * repeated) -> sum(x) * once", Sums::sumOfScaled,
          (o, g, x) -> o.sum(o.div(o.exp(x), o.broadcast(o.slice(x, 0, Dim.ZERO, Dim.ONE), x.shape())), List.of(0),
              false)),
      new Rule("reduction of a reduction -> one", Sums::reduceTwice,
          (o, g, x) -> o.sum(o.sum(x, List.of(0), false), List.of(1), false)),
      new Rule("sum over repeated axes -> product", Sums::sumOfBroadcast,
          (o, g, x) -> o.sum(o.broadcast(x, Shape.of(5, 3, 2, 4)), List.of(0, 2), false)),

      // ------------------------------------------------------------------------------------- rows that are looked up
      new Rule("permute(take(table, ids)) -> take(table, permute(ids))", LookedUp::permutedRows,
          (o, g, x) -> o.permute(LookedUp.exampleTake(o, g, x), List.of(2, 0, 1, 3))),
      new Rule("scatter_add(ids, permute(x)) -> scatter_add(permute(ids), x)", LookedUp::addedRowsPermuted,
          (o, g, x) -> g.add(new ScatterAdd(Dim.of(5)), g.add(new Iota(Shape.of(3, 2, 3), 2)),
              o.permute(LookedUp.exampleRows(o, x), List.of(1, 0, 2, 3)))),
      new Rule("einsum(take(table, ids), w) -> take(einsum(table, w), ids)", LookedUp::productOfRows,
          (o, g, x) -> g.add(new Einsum("abd", "cklb", "lckad"), o.reshape(o.exp(x), Shape.of(1, 3, 4)),
              g.add(new Take(), o.reshape(x, Shape.of(4, 3)), LookedUp.exampleIds(g)))),
      new Rule("einsum(take(table, ids), y) over ids -> einsum(table, scatter_add(ids, y))", LookedUp::sumOverRows,
          (o, g, x) -> g.add(new Einsum("bcad", "abce", "de"),
              o.permute(LookedUp.exampleRows(o, x), List.of(1, 2, 0, 3)), LookedUp.exampleTake(o, g, x))),
      new Rule("scatter_add(ids, einsum(y, w)) -> einsum(scatter_add(ids, y), w)", LookedUp::addedProducts,
          (o, g, x) -> g.add(new ScatterAdd(Dim.of(4)), LookedUp.exampleIds(g), g.add(new Einsum("bacd", "de", "abce"),
              o.permute(LookedUp.exampleRows(o, x), List.of(1, 0, 2, 3)),
              o.reshape(LookedUp.exampleTable(o, x), Shape.of(4, 24))))));

  // ------------------------------------------------------------------------------------------------ questions

  /** The number of a constant tensor, or null. */
  static Double constant(Value value) {
    return value.op() instanceof Full full ? Double.valueOf(full.value()) : null;
  }

  static boolean applies(Value value, ScalarFn function) {
    return value.op() instanceof Pointwise pointwise && pointwise.function() == function;
  }

  private static boolean is(Value value, ScalarFn function, int input, double number) {
    Double constant = applies(value, function) ? constant(value.input(input)) : null;
    return constant != null && constant == number;
  }

  private static Value twice(Value value, ScalarFn function) {
    return applies(value, function) && applies(value.input(0), function) ? value.input(0).input(0) : null;
  }

  private static double cast(DType to, double number) {
    return switch (to) {
      case F32 -> number;
      case I32 -> (int) number;
      case BOOL -> number != 0 ? 1 : 0;
    };
  }

  // ------------------------------------------------------------------------------------------------ rewritings

  private static Value fold(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Pointwise pointwise)) {
      return null;
    }
    double[] numbers = new double[value.inputs().size()];
    for (int i = 0; i < numbers.length; i++) {
      Double constant = constant(value.input(i));
      if (constant == null) {
        return null;
      }
      numbers[i] = constant;
    }
    return o.full(value.type().element(), pointwise.function().apply(numbers), value.shape());
  }

  private static Value knownSelect(Operators o, GraphBuilder g, Value value) {
    Double condition = value.op() instanceof Select ? constant(value.input(0)) : null;
    return condition == null ? null : condition != 0 ? value.input(1) : value.input(2);
  }

  private static Value reshapedConstant(Operators o, GraphBuilder g, Value value) {
    boolean moves = switch (value.op()) {
      case Reshape r -> true;
      case Permute p -> true;
      case Broadcast b -> true;
      case Slice s -> true;
      case Flip f -> true;
      default -> false;
    };
    Double constant = moves ? constant(value.input(0)) : null;
    return constant == null ? null : o.full(value.type().element(), constant, value.shape());
  }

  private static Value twoFactors(Operators o, GraphBuilder g, Value value) {
    if (value.type().element() != DType.F32 || !applies(value, ScalarFn.MUL)) {
      return null;
    }
    int c = constant(value.input(1)) != null ? 1 : 0;
    Value inner = value.input(1 - c);
    if (constant(value.input(c)) == null || !applies(inner, ScalarFn.MUL)) {
      return null;
    }
    int d = constant(inner.input(1)) != null ? 1 : 0;
    return constant(inner.input(d)) == null ? null
        : o.mul(inner.input(1 - d), constant(value.input(c)) * constant(inner.input(d)));
  }

  /** A product is faster than a quotient, and for these the same. */
  private static Value exactReciprocal(Operators o, GraphBuilder g, Value value) {
    Double divisor = applies(value, ScalarFn.DIV) ? constant(value.input(1)) : null;
    boolean exact = divisor != null && Math.abs(divisor) >= 0x1p-100 && Math.abs(divisor) <= 0x1p100
        && Math.abs(divisor) == Math.scalb(1.0, Math.getExponent(divisor));
    return exact ? o.mul(value.input(0), 1 / divisor) : null;
  }

  private static Value power(Operators o, GraphBuilder g, Value value) {
    Double exponent = applies(value, ScalarFn.POW) ? constant(value.input(1)) : null;
    if (exponent == null) {
      return null;
    }
    Value x = value.input(0);
    return switch (Double.toString(exponent)) {
      case "0.0" -> o.full(DType.F32, 1, value.shape());
      case "1.0" -> x;
      case "2.0" -> o.mul(x, x);
      case "3.0" -> o.mul(o.mul(x, x), x);
      case "4.0" -> o.mul(o.mul(x, x), o.mul(x, x));
      case "0.5" -> o.apply(ScalarFn.SQRT, x);
      case "-0.5" -> o.apply(ScalarFn.RSQRT, x);
      case "-1.0" -> o.div(o.full(DType.F32, 1, value.shape()), x);
      default -> null;
    };
  }

  private static Value unmoved(Operators o, GraphBuilder g, Value value) {
    boolean unmoved = switch (value.op()) {
      case Reshape r -> value.shape().equals(value.input(0).shape());
      case Broadcast b -> value.shape().equals(value.input(0).shape());
      case Permute p -> p.order().equals(p.order().stream().sorted().toList());
      case Slice s -> value.shape().equals(value.input(0).shape());
      case Pad p -> value.shape().equals(value.input(0).shape()) && p.low().stream().allMatch(d -> d.is(0));
      case Concat c -> value.inputs().size() == 1;
      case Flip f -> f.axes().isEmpty();
      default -> false;
    };
    return unmoved ? value.input(0) : null;
  }

  private static Value permuteTwice(Operators o, GraphBuilder g, Value value) {
    return value.op() instanceof Permute(List<Integer> outer)
        && value.input(0).op() instanceof Permute(List<Integer> inner)
            ? o.permute(value.input(0).input(0), outer.stream().map(inner::get).toList()) : null;
  }

  private static Value permuteOfOnes(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Permute(List<Integer> order))) {
      return null;
    }
    List<Integer> moved = order.stream().filter(a -> !value.input(0).shape().dim(a).is(1)).toList();
    return moved.equals(moved.stream().sorted().toList()) ? o.reshape(value.input(0), value.shape()) : null;
  }

  private static Shape withoutLeadingOnes(Shape shape) {
    int ones = 0;
    while (ones < shape.rank() && shape.dim(ones).is(1)) {
      ones++;
    }
    return new Shape(shape.dims().subList(ones, shape.rank()));
  }

  private static List<Dim> withoutOnes(Shape shape) {
    return shape.dims().stream().filter(d -> !d.is(1)).toList();
  }

  /** So that what is computed with and without axes of length 1 becomes one computation. */
  private static Value sinkReshape(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Pointwise) && !(value.op() instanceof Select)) {
      return null;
    }
    Shape small = null;
    for (Value input : value.inputs()) {
      if (input.op() instanceof Reshape) {
        Shape from = input.input(0).shape();
        if (small != null && !small.equals(from) || !withoutOnes(from).equals(withoutOnes(value.shape()))) {
          return null;
        }
        small = from;
      }
    }
    if (small == null) {
      return null;
    }
    List<Value> inputs = new ArrayList<>();
    for (Value input : value.inputs()) {
      if (input.op() instanceof Reshape) {
        inputs.add(input.input(0));
      } else if (constant(input) != null) {
        inputs.add(o.full(input.type().element(), constant(input), small));
      } else if (input.op() instanceof Broadcast && input.input(0).shape().rank() == 0) {
        inputs.add(o.broadcast(input.input(0), small));
      } else {
        return null;
      }
    }
    return o.reshape(g.add(value.op(), inputs), value.shape());
  }

  private static Value knownLogic(Operators o, GraphBuilder g, Value value) {
    boolean and = applies(value, ScalarFn.AND);
    if (!and && !applies(value, ScalarFn.OR)) {
      return null;
    }
    int known = constant(value.input(1)) != null ? 1 : 0;
    Double constant = constant(value.input(known));
    return constant == null ? null : and == (constant != 0) ? value.input(1 - known) : value.input(known);
  }

  private static Value chosenConstant(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Pointwise(ScalarFn function)) || function.arity() != 2
        || value.type().element() != DType.F32) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Double other = constant(value.input(1 - i));
      if (other != null && value.input(i).op() instanceof Cast
          && value.input(i).input(0).type().element() == DType.BOOL) {
        double yes = function.apply(i == 0 ? new double[] {1, other} : new double[] {other, 1});
        double no = function.apply(i == 0 ? new double[] {0, other} : new double[] {other, 0});
        return o.select(value.input(i).input(0), o.full(DType.F32, yes, value.shape()),
            o.full(DType.F32, no, value.shape()));
      }
    }
    return null;
  }
}
