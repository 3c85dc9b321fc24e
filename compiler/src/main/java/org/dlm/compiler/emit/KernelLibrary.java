package org.dlm.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;

/** The kernels of one model; two that differ in names only are one. */
final class KernelLibrary {
  /** A kernel's method; {@code lanes}: whether it has a form in lanes besides the scalar one. */
  record Entry(String method, boolean lanes) {}

  private final Map<Object, Entry> known = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<MethodSpec> scalar = new ArrayList<>();
  private final List<MethodSpec> vector = new ArrayList<>();

  Entry add(Kernel kernel, Schedule schedule, Note note) {
    Object shape = form(kernel, schedule);
    return known.computeIfAbsent(shape, k -> write(kernel, schedule, note));
  }

  /** The end of a contraction. */
  Entry add(Step.End end) {
    Object shape = List.of("end", end.batchAxes(), end.rowAxes(), form(end.kernel(), end.schedule()));
    return known.computeIfAbsent(shape, k -> {
      String name = unique(end.kernel().name());
      scalar.add(KernelMethod.ofEnd(name, end, false));
      if (end.schedule().across() != null) {
        vector.add(KernelMethod.ofEnd(name, end, true));
      }
      return new Entry(name, end.schedule().across() != null);
    });
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }

  private Entry write(Kernel kernel, Schedule schedule, Note note) {
    String name = unique(kernel.name());
    boolean lanes = schedule.lanes();
    scalar.add(KernelMethod.of(name, kernel, schedule, false, note));
    if (lanes) {
      vector.add(KernelMethod.of(name, kernel, schedule, true, note));
    }
    return new Entry(name, lanes);
  }

  List<MethodSpec> scalarMethods() {
    return scalar;
  }

  List<MethodSpec> vectorMethods() {
    return vector;
  }

  /** The kernel with names that say nothing, as a key. */
  private static Object form(Kernel kernel, Schedule schedule) {
    Map<Axis, Axis> axes = new HashMap<>();
    Substitution rename = Substitution.ofAxes(a -> org.dlm.compiler.loop.Index.of(canonical(a, axes)));
    kernel.outer().forEach(a -> canonical(a, axes));
    List<Slot> slots = kernel.slots().stream().map(s -> new Slot("", s.type(), s.shape(), s.register())).toList();
    List<Statement> body = kernel.body().stream().map(s -> switch (s) {
      case Statement.Reduce(int register, var combiner, var over, Expr element) -> (Statement) new Statement.Reduce(
          register, combiner, over.stream().map(a -> canonical(a, axes)).toList(), rename.apply(element));
      case Statement.Each(var own, var stores) -> new Statement.Each(own.stream().map(a -> canonical(a, axes)).toList(),
          stores.stream().map(w -> new Store(w.operand(), rename.all(w.at()), rename.apply(w.value()), w.add()))
          .toList());
      case Statement.Running(var along, var combiner, var element, int operand, var at) ->
          new Statement.Running(canonical(along, axes), combiner, rename.apply(element), operand, rename.all(at));
    }).toList();
    List<Axis> outer = kernel.outer().stream().map(a -> canonical(a, axes)).toList();
    List<Object> lanes = new ArrayList<>();
    schedule.inner().forEach(a -> lanes.add(a == null ? "none" : canonical(a, axes)));
    return List.of(new Kernel("", slots, outer, body, kernel.serial()), lanes,
        schedule.across() == null ? "none" : canonical(schedule.across(), axes),
        schedule.cut().stream().map(a -> canonical(a, axes)).toList());
  }

  private static Axis canonical(Axis axis, Map<Axis, Axis> axes) {
    return axes.computeIfAbsent(axis, a -> new Axis("a" + axes.size(), a.extent()));
  }
}
