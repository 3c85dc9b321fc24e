package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * A kernel and the sizes in it that do not decide which code is written: extents of loops, strides, offsets. They come
 * in an order that is the same for all kernels of one structure, and the kernel can be had again with others.
 */
final class KernelSizes {
  /** A size, with a name for it in case it becomes a parameter. */
  interface Sizes {
    Dim of(Dim size, String name);
  }

  /** A kernel and its schedule, which speak of the same axes. */
  record Scheduled(Kernel kernel, Schedule schedule) {}

  private static final Dim ANY = Dim.symbol("size");

  private final Scheduled one;
  private final FixedSizes fixed;

  private KernelSizes(Scheduled one, FixedSizes fixed) {
    this.one = one;
    this.fixed = fixed;
  }

  static KernelSizes of(Step.Loops step) {
    return new KernelSizes(new Scheduled(step.kernel(), step.schedule()),
        FixedSizes.of(step.kernel(), step.schedule()));
  }

  static KernelSizes of(Step.End end) {
    return new KernelSizes(new Scheduled(end.kernel(), end.schedule()),
        FixedSizes.ofEnd(end.kernel(), end.schedule(), end.batchAxes() + end.rowAxes()));
  }

  /** What two kernels have in common that differ in names and sizes only. */
  Object structure() {
    return new Writing(one, fixed, true, (size, name) -> ANY).write();
  }

  /** The sizes, in order. */
  List<Dim> all() {
    List<Dim> all = new ArrayList<>();
    with((size, name) -> {
      all.add(size);
      return size;
    });
    return all;
  }

  /** The kernel with other sizes. */
  Scheduled with(Sizes sizes) {
    return new Writing(one, fixed, false, sizes).write();
  }

  /** Writes the kernel once more; {@code anonymous}: with names that say nothing. */
  private static final class Writing {
    private final Kernel kernel;
    private final Schedule schedule;
    private final FixedSizes fixed;
    private final boolean anonymous;
    private final Sizes sizes;
    private final Map<Axis, Axis> axes = new HashMap<>();

    Writing(Scheduled one, FixedSizes fixed, boolean anonymous, Sizes sizes) {
      this.kernel = one.kernel();
      this.schedule = one.schedule();
      this.fixed = fixed;
      this.anonymous = anonymous;
      this.sizes = fixed.all() ? (size, name) -> size : sizes;
    }

    Scheduled write() {
      List<Axis> outer = kernel.outer().stream().map(this::axis).toList();
      kernel.body().forEach(s -> own(s).forEach(this::axis));
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < kernel.slots().size(); i++) {
        slots.add(slot(i));
      }
      List<Statement> body = kernel.body().stream().map(this::statement).toList();
      List<Axis> inner = new ArrayList<>();
      schedule.inner().forEach(a -> inner.add(a == null ? null : axis(a)));
      return new Scheduled(new Kernel(anonymous ? "" : kernel.name(), slots, outer, body, kernel.serial()),
          new Schedule(schedule.cut().stream().map(this::axis).toList(),
          schedule.across() == null ? null : axis(schedule.across()), inner, Dim.ONE));
    }

    private static List<Axis> own(Statement statement) {
      return switch (statement) {
        case Statement.Reduce r -> r.over();
        case Statement.Each e -> e.axes();
        case Statement.Running r -> List.of(r.along());
      };
    }

    private Axis axis(Axis axis) {
      Axis known = axes.get(axis);
      if (known == null) {
        known = new Axis(anonymous ? "a" + axes.size() : axis.name(),
            fixed.isFixed(axis) ? axis.extent() : sizes.of(axis.extent(), axis.name() + "Size"));
        axes.put(axis, known);
      }
      return known;
    }

    private Slot slot(int index) {
      Slot slot = kernel.slots().get(index);
      List<Dim> dims = new ArrayList<>();
      for (int i = 0; i < slot.shape().rank(); i++) {
        Dim dim = slot.shape().dim(i);
        if (i == 0 && !fixed.isGuarded(index) && !fixed.all()) {
          dims.add(Dim.ONE); // the first dim of a tensor is no part of any stride, and no guard asks for it
        } else if (FixedSizes.isSmall(dim) || fixed.isFixed(index, i)) {
          dims.add(dim);
        } else {
          dims.add(sizes.of(dim, slot.name() + "Size" + (slot.shape().rank() > 2 ? i : "")));
        }
      }
      return new Slot(anonymous ? "" : slot.name(), slot.type(), new Shape(dims), slot.register());
    }

    private Statement statement(Statement statement) {
      return switch (statement) {
        case Statement.Reduce(int register, var combiner, var over, Expr element) ->
            new Statement.Reduce(register, combiner, over.stream().map(this::axis).toList(), expr(element));
        case Statement.Each(var own, var stores) -> new Statement.Each(own.stream().map(this::axis).toList(),
            stores.stream().map(w -> new Store(w.operand(), all(w.at()), expr(w.value()), w.add())).toList());
        case Statement.Running(var along, var combiner, var element, int operand, var at) ->
            new Statement.Running(axis(along), combiner, expr(element), operand, all(at));
      };
    }

    private Expr expr(Expr expr) {
      return switch (expr) {
        case Expr.Constant c -> c;
        case Expr.Scalar s -> s;
        case Expr.Size(var type, Dim value) ->
            new Expr.Size(type, FixedSizes.isSmall(value) ? value : sizes.of(value, "count"));
        case Expr.Position(Index index) -> new Expr.Position(index(index, true));
        case Expr.Element(int operand, var type, var at, boolean guarded) ->
            new Expr.Element(operand, type, at.stream().map(i -> index(i, !guarded)).toList(), guarded);
        case Expr.Call(var function, var args) -> new Expr.Call(function, args.stream().map(this::expr).toList());
        case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
            new Expr.Select(expr(condition), expr(then), expr(otherwise));
        case Expr.Cast(var type, Expr value) -> new Expr.Cast(type, expr(value));
        case Expr.Random(var distribution, Dim site, Index counter) ->
            new Expr.Random(distribution, sizes.of(site, "site"), index(counter, true));
      };
    }

    private List<Index> all(List<Index> indices) {
      return indices.stream().map(i -> index(i, true)).toList();
    }

    /** {@code free}: not inside of a division, which is faster and simpler to judge with numbers. */
    private Index index(Index index, boolean free) {
      return switch (index) {
        case Index.Of(Axis axis) -> new Index.Of(axis(axis));
        case Index.Fixed(Dim value) -> new Index.Fixed(number(value, "offset", free));
        case Index.Plus(Index left, Index right) -> new Index.Plus(index(left, free), index(right, free));
        case Index.Times(Index of, Dim factor) -> new Index.Times(index(of, free), number(factor, "stride", free));
        case Index.Divided(Index of, Dim divisor) -> new Index.Divided(index(of, false), divisor);
        case Index.Exactly(Index of, Dim divisor) -> new Index.Exactly(index(of, false), divisor);
        case Index.Modulo(Index of, Dim divisor) -> new Index.Modulo(index(of, false), divisor);
        case Index.Loaded(Expr value, Dim extent, String lookup) ->
            new Index.Loaded(expr(value), FixedSizes.isSmall(extent) ? extent : sizes.of(extent, "entries"), lookup);
      };
    }

    private Dim number(Dim value, String name, boolean free) {
      return free && value.isConstant() && value.constant() > FixedSizes.SMALL ? sizes.of(value, name) : value;
    }
  }
}
