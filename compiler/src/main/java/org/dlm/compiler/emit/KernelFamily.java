package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.emit.KernelSizes.Scheduled;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.shape.Dim;

/** Kernels of one structure: one method does for all, with the sizes in which they differ as parameters. */
final class KernelFamily {
  private final Set<List<Dim>> members = new LinkedHashSet<>();
  /** For each size the parameter that stands for it, or null where all members have the same. */
  private List<String> parameters;

  void see(KernelSizes member) {
    members.add(member.all());
  }

  /** The kernel for all members, in the words of this one. */
  Scheduled shared(KernelSizes member, Set<String> taken) {
    parameters = new ArrayList<>();
    Set<String> names = new HashSet<>(taken);
    Map<List<Dim>, String> known = new LinkedHashMap<>();
    return member.with((size, wanted) -> {
      int position = parameters.size();
      List<Dim> values = members.stream().map(m -> m.get(position)).toList();
      boolean same = values.stream().allMatch(size::equals);
      parameters.add(same ? null : known.computeIfAbsent(values, v -> free(wanted, names)));
      return same ? size : Dim.symbol(parameters.getLast());
    });
  }

  private static String free(String wanted, Set<String> names) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }

  /** What a member hands over for the parameters. */
  Map<String, Dim> arguments(KernelSizes member) {
    Map<String, Dim> arguments = new HashMap<>();
    List<Dim> sizes = member.all();
    for (int i = 0; i < sizes.size(); i++) {
      if (parameters.get(i) != null) {
        arguments.put(parameters.get(i), sizes.get(i));
      }
    }
    return arguments;
  }

  /** The note of the member in whose words the method is written, which need not be the only one. */
  Note note(Note first) {
    return members.size() == 1 ? first : new Note(first.formula() + " and other sizes", first.span());
  }
}
