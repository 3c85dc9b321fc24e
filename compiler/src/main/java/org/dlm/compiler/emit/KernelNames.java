package org.dlm.compiler.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Slot;

/** What slots and axes of one kernel are called in its methods. */
final class KernelNames {
  private final Map<Integer, String> slots = new HashMap<>();
  private final Map<Axis, String> axes = new HashMap<>();
  private final Scope scope;

  KernelNames(Kernel kernel, Scope scope) {
    this.scope = scope;
    for (int i = 0; i < kernel.slots().size(); i++) {
      String name = scope.fresh(kernel.slots().get(i).name());
      slots.put(i, name);
      if (!kernel.slots().get(i).register()) {
        scope.fresh(name + "At");
      }
    }
  }

  String slot(int slot) {
    return slots.get(slot);
  }

  /** Lets a register stand for one of several side by side. */
  void rename(int register, String name) {
    slots.put(register, name);
  }

  /** The parameter that says where in its array a slot's tensor begins. */
  String base(int slot) {
    return slots.get(slot) + "At";
  }

  String axis(Axis axis) {
    return axes.computeIfAbsent(axis, a -> scope.fresh(a.name()));
  }

  /** Another name for an axis, for where its first one is already a variable of the block. */
  String again(Axis axis) {
    String name = scope.fresh(axis.name());
    axes.put(axis, name);
    return name;
  }

  /** Lets an axis stand for a place some vectors further on. */
  void shift(Axis axis, String place) {
    axes.put(axis, place);
  }

  /** Names for all axes up front, so that they are the same in every loop. */
  void reserve(List<Axis> all) {
    all.forEach(this::axis);
  }

  static boolean isFloat(Slot slot) {
    return slot.type() == org.dlm.compiler.shape.DType.F32;
  }
}
