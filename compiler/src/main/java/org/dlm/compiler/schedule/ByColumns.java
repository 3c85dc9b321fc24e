package org.dlm.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.shape.Dim;

/**
 * Rows that are added to where their numbers point, one after the other, are taken apart into stretches of columns:
 * these have nothing to do with each other, so threads may share them out, and neighbouring columns are added at once.
 * Every column is still summed in the order of the rows.
 */
final class ByColumns {
  /** More columns than this make no longer stretch: what is read of a row is long enough. */
  private static final long WIDEST = 256;

  /** Stretches are whole vectors of any machine. */
  private static final long LANES = 16;

  private ByColumns() {}

  /** The kernel with an outer loop over stretches of columns, or as it is where the rows have none. */
  static Kernel of(Kernel kernel) {
    if (!kernel.serial() || !kernel.outer().isEmpty() || kernel.body().size() != 1
        || !(kernel.body().getFirst() instanceof Statement.Each(List<Axis> axes, List<Store> stores))
        || stores.size() != 1 || axes.isEmpty() || !isColumn(axes.getLast(), stores.getFirst())) {
      return kernel;
    }
    Axis column = axes.getLast();
    long width = width(column.extent());
    Axis stretch = new Axis(column.name() + "Stretch", column.extent().floorDividedBy(Dim.of(width)));
    Axis inside = new Axis(column.name(), Dim.of(width));
    Index both = Index.of(stretch).times(width).plus(Index.of(inside));
    Substitution substitution = Substitution.ofAxes(a -> a.equals(column) ? both : Index.of(a));
    List<Axis> inner = new ArrayList<>(axes.subList(0, axes.size() - 1));
    inner.add(inside);
    Store store = stores.getFirst();
    Store apart = new Store(store.operand(), substitution.all(store.at()), substitution.apply(store.value()), true);
    return new Kernel(kernel.name(), kernel.slots(), List.of(stretch),
        List.of(new Statement.Each(inner, List.of(apart))), false);
  }

  /** Whether places of the axis are columns of what is stored into, and only the last index is one. */
  private static boolean isColumn(Axis axis, Store store) {
    List<Index> at = store.at();
    return store.add() && width(axis.extent()) >= LANES && at.getLast().equals(Index.of(axis))
        && at.subList(0, at.size() - 1).stream().noneMatch(i -> Indices.axes(i).contains(axis))
        && Indices.lookups(new Expr.Position(at.getLast())).isEmpty();
  }

  /** The length of a stretch: whole vectors, an even number of stretches where there is one; 0 where it does not go. */
  private static long width(Dim columns) {
    if (!columns.isConstant()) {
      return 0;
    }
    long all = columns.constant();
    long even = widest(all / 2, all);
    return even > 0 ? even : widest(all, all);
  }

  private static long widest(long most, long all) {
    return LongStream.rangeClosed(1, Math.min(most, WIDEST) / LANES).map(i -> i * LANES)
        .filter(w -> all % w == 0 && (all / w % 2 == 0 || most == all)).max().orElse(0);
  }
}
