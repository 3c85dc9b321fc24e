package org.dlm.compiler.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Lookup;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * The expressions of one value made executable: loop variables in a map of cells, everything else closures over them.
 */
final class Evaluation {
  /** A number at the current point of the loops. */
  interface Number {
    double get();
  }

  /** A whole number at the current point of the loops; negative means outside. */
  interface Position {
    long get();
  }

  private final Interpret interpret;
  private final Value value;
  private final Map<String, long[]> variables = new HashMap<>();

  Evaluation(Interpret interpret, Value value) {
    this.interpret = interpret;
    this.value = value;
  }

  /** Runs the body for all points, the last axis fastest. */
  void loop(List<Axis> axes, Runnable body) {
    if (axes.isEmpty()) {
      body.run();
      return;
    }
    long[] cell = cell(axes.getFirst());
    long extent = interpret.length(axes.getFirst().extent());
    List<Axis> inner = axes.subList(1, axes.size());
    for (cell[0] = 0; cell[0] < extent; cell[0]++) {
      loop(inner, body);
    }
  }

  private long[] cell(Axis axis) {
    return variables.computeIfAbsent(axis.name(), name -> new long[1]);
  }

  Number number(Expr expr) {
    return switch (expr) {
      case Expr.Constant(DType type, double number) -> () -> number;
      case Expr.Size(DType type, Dim dim) -> {
        double size = interpret.length(dim);
        yield () -> size;
      }
      case Expr.Position(Index index) -> {
        Position position = position(index);
        yield position::get;
      }
      case Expr.Element(int operand, DType type, List<Index> at, boolean guarded) -> {
        double[] numbers = interpret.contents(value.input(operand));
        Position position = position(at, value.input(operand).shape(), guarded);
        yield () -> {
          long from = position.get();
          return from < 0 ? 0 : numbers[(int) from];
        };
      }
      case Expr.Call call -> call(call);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        Number c = number(condition);
        Number a = number(then);
        Number b = number(otherwise);
        yield () -> c.get() != 0 ? a.get() : b.get();
      }
      case Expr.Cast(DType type, Expr inner) -> {
        Number number = number(inner);
        yield switch (type) {
          case F32 -> number;
          case I32 -> () -> (long) number.get();
          case BOOL -> () -> number.get() != 0 ? 1 : 0;
        };
      }
      case Expr.Random(Expr.Distribution distribution, Dim site, Index counter) -> {
        Position position = position(counter);
        int key = Math.toIntExact(site.constant());
        yield () -> interpret.environment().random().next(distribution, key, position.get());
      }
      case Expr.Scalar(DType type, String name) -> {
        double scalar = interpret.environment().scalars().applyAsDouble(name);
        yield () -> scalar;
      }
    };
  }

  private Number call(Expr.Call call) {
    Number[] args = call.args().stream().map(this::number).toArray(Number[]::new);
    double[] numbers = new double[args.length];
    return () -> {
      for (int i = 0; i < args.length; i++) {
        numbers[i] = args[i].get();
      }
      return call.function().apply(numbers);
    };
  }

  /** The element's place in its tensor, row by row; -1 where it is outside and that is allowed. */
  Position position(List<Index> at, Shape shape, boolean guarded) {
    Position[] positions = at.stream().map(this::position).toArray(Position[]::new);
    long[] extents = shape.dims().stream().mapToLong(interpret::length).toArray();
    return () -> {
      long place = 0;
      for (int i = 0; i < positions.length; i++) {
        long index = positions[i].get();
        if (index < 0 || index >= extents[i]) {
          if (guarded) {
            return -1;
          }
          throw new IndexOutOfBoundsException(value + " " + value.op() + " reads " + index + " of axis " + i + " of "
              + shape);
        }
        place = place * extents[i] + index;
      }
      return place;
    };
  }

  private Position position(Index index) {
    return switch (index) {
      case Index.Of(Axis axis) -> {
        long[] cell = cell(axis);
        yield () -> cell[0];
      }
      case Index.Fixed(Dim dim) -> {
        long fixed = interpret.length(dim);
        yield () -> fixed;
      }
      case Index.Plus(Index left, Index right) -> {
        Position a = position(left);
        Position b = position(right);
        yield () -> a.get() + b.get();
      }
      case Index.Times(Index inner, Dim factor) -> {
        Position a = position(inner);
        long by = interpret.length(factor);
        yield () -> a.get() * by;
      }
      case Index.Divided(Index inner, Dim divisor) -> {
        Position a = position(inner);
        long by = interpret.length(divisor);
        yield () -> Math.floorDiv(a.get(), by);
      }
      case Index.Exactly(Index inner, Dim divisor) -> {
        Position a = position(inner);
        long by = interpret.length(divisor);
        yield () -> Math.floorMod(a.get(), by) == 0 ? Math.floorDiv(a.get(), by) : -1;
      }
      case Index.Modulo(Index inner, Dim divisor) -> {
        Position a = position(inner);
        long by = interpret.length(divisor);
        yield () -> Math.floorMod(a.get(), by);
      }
      case Index.Loaded(Expr expr, Dim extent, String lookup) -> {
        Number number = number(expr);
        long limit = interpret.length(extent);
        yield () -> Lookup.checked((long) number.get(), limit, lookup);
      }
    };
  }
}
