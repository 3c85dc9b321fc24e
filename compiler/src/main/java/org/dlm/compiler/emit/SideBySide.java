package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.LaneAccess;
import org.dlm.compiler.loop.Registers;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Taps;

/**
 * Sums down the columns of a tensor, several vectors of columns at a time: one vector alone would read a cache line of
 * every row, from another page of memory each time, and each addition would wait for the one before. The order in which
 * a column is summed is the same.
 */
final class SideBySide {
  private static final int VECTORS = 4;

  /** Sums that read more than this want the registers for themselves. */
  private static final int MOST_READ = 3;

  private final Kernel kernel;
  private final KernelNames names;
  private final ReduceCode reductions;
  private final StoreCode stores;
  private final CodeBlock.Builder code;

  SideBySide(Kernel kernel, KernelNames names, ReduceCode reductions, StoreCode stores, CodeBlock.Builder code) {
    this.kernel = kernel;
    this.names = names;
    this.reductions = reductions;
    this.stores = stores;
    this.code = code;
  }

  /** Whether the kernel, in lanes, is sums down columns and what is made of them. */
  static boolean fits(Kernel kernel, Schedule schedule) {
    Axis lane = schedule.across();
    return lane != null && !LaneAccess.isShort(lane)
        && kernel.body().stream().anyMatch(s -> s instanceof Statement.Reduce)
        && kernel.body().stream().allMatch(s -> switch (s) {
          case Statement.Reduce r -> Taps.of(r).isEmpty() && !LineCode.areSlow(List.of(r.element()), lane)
              && !Registers.isReadBy(r.element(), kernel.slots())
              && Accesses.of(List.of(s), kernel.slots()).accesses().size() <= MOST_READ;
          case Statement.Each e -> e.axes().isEmpty()
              && e.stores().stream().noneMatch(w -> LineCode.areSlow(List.of(w.value()), lane));
          case Statement.Running r -> false;
        });
  }

  /** The loop over all columns for which there are so many vectors; {@code name} stands behind them afterwards. */
  void loop(Axis lane, String name, CodeBlock to, Scope scope) {
    String bound = scope.fresh(name + "Bound" + VECTORS);
    code.addStatement("int $L = $L - $L * LANES", bound, to, VECTORS);
    code.beginControlFlow("for (; $L <= $L; $L += $L * LANES)", name, bound, name, VECTORS);
    List<String> places = new ArrayList<>(List.of(name, name + " + LANES"));
    for (int i = 2; i < VECTORS; i++) {
      places.add(name + " + " + i + " * LANES");
    }
    point(lane, places, scope.inner());
    names.shift(lane, name);
    code.endControlFlow();
  }

  private void point(Axis lane, List<String> places, Scope scope) {
    List<Integer> registers = new ArrayList<>();
    List<String> own = new ArrayList<>();
    List<List<String>> totals = new ArrayList<>();
    for (Statement statement : kernel.body()) {
      switch (statement) {
        case Statement.Reduce r -> {
          own.add(names.slot(r.register()));
          registers.add(r.register());
          totals.add(reductions.reduceSideBySide(r, lane, places, scope));
        }
        case Statement.Each each -> {
          for (int i = 0; i < places.size(); i++) {
            names.shift(lane, places.get(i));
            for (int k = 0; k < registers.size(); k++) {
              names.rename(registers.get(k), totals.get(k).get(i));
            }
            stores.stores(each.stores(), lane, scope.beside());
          }
          for (int k = 0; k < registers.size(); k++) {
            names.rename(registers.get(k), own.get(k));
          }
        }
        case Statement.Running r -> throw new IllegalStateException();
      }
    }
  }
}
