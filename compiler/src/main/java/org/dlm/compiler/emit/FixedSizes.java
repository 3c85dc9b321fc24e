package org.dlm.compiler.emit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ExprParts;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.LaneAccess;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.shape.Dim;

/**
 * The sizes of a kernel that decide which code is written for it: small windows, what is divided by, and what must be
 * known to see that an element is inside of its tensor.
 */
final class FixedSizes {
  /** A loop this short is a window or the like: C2 does better with a constant. */
  static final long SMALL = 16;

  /** From this extent on a sum in lanes is written as four sums. */
  static final long FOUR_SUMS = 64;

  /** One of the dims of a slot. */
  private record Extent(int slot, int dim) {}

  private final Kernel kernel;
  private final Set<Axis> axes = new HashSet<>();
  private final Set<Extent> compared = new HashSet<>();
  private final Set<Integer> guarded = new HashSet<>();
  private boolean all;

  private FixedSizes(Kernel kernel) {
    this.kernel = kernel;
  }

  static FixedSizes of(Kernel kernel, Schedule schedule) {
    FixedSizes fixed = new FixedSizes(kernel);
    if (!schedule.lanes()) {
      // Number by number every point of the cut axes is divided apart, which wants constants.
      schedule.cut().stream().skip(1).forEach(fixed.axes::add);
    }
    fixed.look(schedule);
    fixed.all = schedule.across() != null && !schedule.cut().contains(schedule.across())
        && (LaneAccess.isShort(schedule.across()) || fixed.hasStepsOfTwo(schedule.across()));
    return fixed;
  }

  /** Of the end of a contraction, whose columns are divided apart where it does not work in lanes. */
  static FixedSizes ofEnd(Kernel kernel, Schedule schedule, int columnsFrom) {
    FixedSizes fixed = new FixedSizes(kernel);
    if (schedule.across() == null) {
      kernel.outer().stream().skip(columnsFrom + 1).forEach(fixed.axes::add);
    }
    fixed.look(schedule);
    return fixed;
  }

  /** Whether the lanes need to know all sizes: which places are even, where a row ends. */
  boolean all() {
    return all;
  }

  private boolean hasStepsOfTwo(Axis axis) {
    return Accesses.of(kernel.body(), kernel.slots()).accesses().stream()
        .flatMap(a -> a.at().stream()).filter(i -> Indices.axes(i).contains(axis))
        .anyMatch(i -> Affine.of(i).filter(a -> a.factor(axis).is(1)).isEmpty());
  }

  static boolean isSmall(Dim dim) {
    return dim.isConstant() && dim.constant() <= SMALL;
  }

  boolean isFixed(Axis axis) {
    return isSmall(axis.extent()) || axes.contains(axis);
  }

  /** Whether a dim of a slot is asked for by a guard, which the size proves unnecessary or not. */
  boolean isFixed(int slot, int dim) {
    return compared.contains(new Extent(slot, dim));
  }

  /** Whether elements of the slot may be outside. */
  boolean isGuarded(int slot) {
    return guarded.contains(slot);
  }

  private void look(Schedule schedule) {
    for (int i = 0; i < kernel.body().size(); i++) {
      Axis lanes = schedule.inner().isEmpty() ? null : schedule.inner().get(i);
      switch (kernel.body().get(i)) {
        case Statement.Reduce r -> {
          if (lanes != null && lanes.extent().isConstant() && lanes.extent().constant() < FOUR_SUMS) {
            axes.add(lanes);
          }
          parts(r.element());
        }
        case Statement.Each e -> e.stores().forEach(s -> {
          parts(s.value());
          s.at().forEach(this::divisions);
        });
        case Statement.Running r -> {
          parts(r.element());
          r.at().forEach(this::divisions);
        }
      }
    }
  }

  private void parts(Expr expr) {
    Map<Expr, Integer> counts = new LinkedHashMap<>();
    ExprParts.count(expr, counts);
    for (Expr part : counts.keySet()) {
      switch (part) {
        case Expr.Element e -> {
          e.at().forEach(this::divisions);
          if (e.guarded()) {
            guarded(e);
          }
        }
        case Expr.Position p -> divisions(p.index());
        case Expr.Random r -> divisions(r.counter());
        default -> { }
      }
    }
  }

  /** What a guard compares stays as it is, unless the index is a loop over just that dim of the tensor. */
  private void guarded(Expr.Element e) {
    guarded.add(e.operand());
    Slot slot = kernel.slots().get(e.operand());
    for (int i = 0; i < e.at().size(); i++) {
      boolean whole = e.at().get(i) instanceof Index.Of(Axis axis) && axis.extent().equals(slot.shape().dim(i));
      if (!whole) {
        axes.addAll(Indices.axes(e.at().get(i)));
        compared.add(new Extent(e.operand(), i));
      }
    }
  }

  private void divisions(Index index) {
    switch (index) {
      case Index.Of o -> { }
      case Index.Fixed f -> { }
      case Index.Plus(Index left, Index right) -> {
        divisions(left);
        divisions(right);
      }
      case Index.Times(Index of, Dim factor) -> divisions(of);
      case Index.Divided(Index of, Dim divisor) -> axes.addAll(Indices.axes(of));
      case Index.Exactly(Index of, Dim divisor) -> axes.addAll(Indices.axes(of));
      case Index.Modulo(Index of, Dim divisor) -> axes.addAll(Indices.axes(of));
      case Index.Loaded(Expr value, Dim extent, String lookup) -> parts(value);
    }
  }
}
