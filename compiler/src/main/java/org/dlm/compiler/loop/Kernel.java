package org.dlm.compiler.loop;

import java.util.List;

/**
 * A loop nest: {@code body} is done for every point of the {@code outer} axes. The points are independent of each other
 * unless {@code serial}, so they may be cut into ranges that run at the same time.
 */
public record Kernel(String name, List<Slot> slots, List<Axis> outer, List<Statement> body, boolean serial) {
  public Kernel {
    slots = List.copyOf(slots);
    outer = List.copyOf(outer);
    body = List.copyOf(body);
  }

  /** The slots that are tensors, in order: the kernel's arguments. */
  public List<Slot> tensors() {
    return slots.stream().filter(s -> !s.register()).toList();
  }

  /** Whether a statement stores into the slot. */
  public boolean writes(int slot) {
    return body.stream().anyMatch(s -> switch (s) {
      case Statement.Reduce r -> false;
      case Statement.Each e -> e.stores().stream().anyMatch(w -> w.operand() == slot);
      case Statement.Running r -> r.operand() == slot;
    });
  }
}
