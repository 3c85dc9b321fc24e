package org.dlm.compiler.loop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Runs the loop nests of a plan number by number in double precision: what generated code should give, clear rather
 * than fast.
 */
public final class InterpretPlan {
  private final Map<String, Long> dims;
  private final Map<Integer, double[]> memory = new HashMap<>();
  private final Map<Axis, Long> position = new HashMap<>();
  private Kernel kernel;
  private double[][] slots;

  private InterpretPlan(Map<String, Long> dims) {
    this.dims = new HashMap<>(dims);
  }

  /**
   * The contents of every buffer after the last step, by its id; {@code given}: those of buffers that come from
   * outside.
   */
  public static Map<Integer, double[]> run(Plan plan, Map<String, Long> dims, Function<Buffer, double[]> given) {
    InterpretPlan interpret = new InterpretPlan(dims);
    for (Buffer buffer : plan.buffers()) {
      interpret.memory.put(buffer.id(), switch (buffer.place()) {
        case Place.Argument a -> given.apply(buffer);
        case Place.Parameter p -> given.apply(buffer);
        case Place.State s -> given.apply(buffer);
        case Place.Gradient g -> new double[interpret.size(buffer.shape())];
        case Place.Arena a -> new double[interpret.size(buffer.shape())];
      });
    }
    plan.steps().forEach(interpret::step);
    return interpret.memory;
  }

  private void step(Step step) {
    switch (step) {
      case Step.Loops loops -> kernel(loops.kernel(), loops.buffers());
      case Step.Contract c -> {
        contract(c);
        c.end().ifPresent(e -> kernel(e.kernel(), c.buffers().subList(3, c.buffers().size())));
      }
      case Step.Repeat r -> {
        long extent = r.extent().evaluate(dims);
        for (long i = 0; i < extent; i++) {
          dims.put(r.counter(), r.backwards() ? extent - 1 - i : i);
          r.steps().forEach(this::step);
        }
      }
    }
  }

  private int size(Shape shape) {
    return Math.toIntExact(shape.size().evaluate(dims));
  }

  private void walk(List<Axis> axes, int from, Runnable body) {
    if (from == axes.size()) {
      body.run();
      return;
    }
    long extent = axes.get(from).extent().evaluate(dims);
    for (long i = 0; i < extent; i++) {
      position.put(axes.get(from), i);
      walk(axes, from + 1, body);
    }
  }

  private void contract(Step.Contract step) {
    Contraction c = step.contraction();
    double[] out = memory.get(step.buffers().get(2).id());
    double[] left = memory.get(step.buffers().get(0).id());
    double[] right = memory.get(step.buffers().get(1).id());
    Arrays.fill(out, 0);
    walk(c.batch(), 0, () -> walk(c.row(), 0, () -> walk(c.column(), 0, () -> walk(c.depth(), 0, () -> {
      long at = place(c.left(), step.leftOffset());
      long other = place(c.right(), step.rightOffset());
      if (at >= 0 && other >= 0) {
        out[(int) place(c.out(), Dim.ZERO)] += left[(int) at] * right[(int) other];
      }
    }))));
  }

  /** Where the operand's element lies, or -1 where a window looks outside. */
  private long place(List<? extends Contraction.Term> terms, Dim offset) {
    long sum = offset.evaluate(dims);
    for (Contraction.Term term : terms) {
      switch (term) {
        case Contraction.Term.Stride(Axis axis, Dim elements) -> sum += position.get(axis) * elements.evaluate(dims);
        case Contraction.Term.Window w -> {
          long dividend = position.get(w.position()) * w.stride() + position.get(w.tap()) * w.dilation() - w.padding();
          if (dividend < 0 || dividend % w.spread() != 0 || dividend / w.spread() >= w.size().evaluate(dims)) {
            return -1;
          }
          sum += dividend / w.spread() * w.elements().evaluate(dims);
        }
      }
    }
    return sum;
  }

  private void kernel(Kernel kernel, List<Buffer> buffers) {
    this.kernel = kernel;
    slots = new double[kernel.slots().size()][];
    int tensor = 0;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = kernel.slots().get(i).register() ? new double[1] : memory.get(buffers.get(tensor++).id());
    }
    walk(kernel.outer(), 0, () -> kernel.body().forEach(this::statement));
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Reduce r -> {
        double[] total = {r.combiner().neutral()};
        walk(r.over(), 0, () -> total[0] = r.combiner().combine(total[0], expr(r.element())));
        slots[r.register()][0] = total[0];
      }
      case Statement.Each e -> walk(e.axes(), 0, () -> {
        double[] values = e.stores().stream().mapToDouble(s -> expr(s.value())).toArray();
        for (int i = 0; i < values.length; i++) {
          Store store = e.stores().get(i);
          int at = offset(store.operand(), store.at());
          if (at >= 0) {
            slots[store.operand()][at] = store.add() ? slots[store.operand()][at] + values[i] : values[i];
          }
        }
      });
      case Statement.Running r -> {
        double[] total = {r.combiner().neutral()};
        walk(List.of(r.along()), 0, () -> {
          total[0] = r.combiner().combine(total[0], expr(r.element()));
          slots[r.operand()][offset(r.operand(), r.at())] = total[0];
        });
      }
    }
  }

  /** Where in the slot the element lies, or -1 if an index is outside. */
  private int offset(int slot, List<Index> at) {
    Shape shape = kernel.slots().get(slot).shape();
    long offset = 0;
    for (int i = 0; i < at.size(); i++) {
      long size = shape.dim(i).evaluate(dims);
      long index = index(at.get(i));
      if (index < 0 || index >= size) {
        return -1;
      }
      offset = offset * size + index;
    }
    return (int) offset;
  }

  private double expr(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> c.value();
      case Expr.Size s -> s.value().evaluate(dims);
      case Expr.Position p -> index(p.index());
      case Expr.Element e -> {
        int at = offset(e.operand(), e.at());
        if (at < 0 && !e.guarded()) {
          throw new IndexOutOfBoundsException(kernel.name() + " reads outside of " + kernel.slots().get(e.operand()));
        }
        yield at < 0 ? 0 : slots[e.operand()][at];
      }
      case Expr.Call c -> c.function().apply(c.args().stream().mapToDouble(this::expr).toArray());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          expr(condition) != 0 ? expr(then) : expr(otherwise);
      case Expr.Cast(DType type, Expr value) -> switch (type) {
        case F32 -> expr(value);
        case I32 -> (int) expr(value);
        case BOOL -> expr(value) != 0 ? 1 : 0;
      };
      case Expr.Random r -> throw new IllegalArgumentException("random numbers are not interpreted here");
      case Expr.Scalar s -> throw new IllegalArgumentException("no value for the scalar " + s.name());
    };
  }

  private long index(Index index) {
    return switch (index) {
      case Index.Of(Axis axis) -> position.get(axis);
      case Index.Fixed(Dim value) -> value.evaluate(dims);
      case Index.Plus(Index left, Index right) -> index(left) + index(right);
      case Index.Times(Index of, Dim factor) -> index(of) * factor.evaluate(dims);
      case Index.Divided(Index of, Dim divisor) -> Math.floorDiv(index(of), divisor.evaluate(dims));
      case Index.Exactly(Index of, Dim divisor) -> {
        long dividend = index(of);
        long by = divisor.evaluate(dims);
        yield Math.floorMod(dividend, by) == 0 ? Math.floorDiv(dividend, by) : -1;
      }
      case Index.Modulo(Index of, Dim divisor) -> Math.floorMod(index(of), divisor.evaluate(dims));
      case Index.Loaded(Expr value, Dim extent, String lookup) ->
          Lookup.checked((long) expr(value), extent.evaluate(dims), lookup);
    };
  }
}
