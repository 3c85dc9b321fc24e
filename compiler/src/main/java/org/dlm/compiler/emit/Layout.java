package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.model.ModelSpec;

/** Where each of a model's variables lies in its flat array, and what the constant that says so is called. */
record Layout(List<Entry> entries, int size, Map<String, Entry> byPath) {
  /** Data begin 16 bytes into an array: 12 modulo 16 floats is the start of a cache line. */
  private static final int LINE = 16;
  private static final int FIRST = 12;

  record Entry(ModelSpec.Variable variable, String constant, int offset, int size) {}

  static Layout of(List<ModelSpec.Variable> variables, Set<String> taken) {
    List<Entry> entries = new ArrayList<>();
    int next = variables.isEmpty() ? 0 : FIRST;
    for (ModelSpec.Variable variable : variables) {
      int size = Math.toIntExact(variable.shape().size().constant());
      entries.add(new Entry(variable, constant(variable.path(), taken), next, size));
      next += (size + LINE - 1) / LINE * LINE;
    }
    return new Layout(List.copyOf(entries), next,
        entries.stream().collect(Collectors.toMap(e -> e.variable().path(), e -> e, (first, second) -> first)));
  }

  private static String constant(String path, Set<String> taken) {
    String name = path.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    String base = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "P_" + name : name;
    String candidate = base;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  /** The constant of the variable with that path. */
  String constant(String path) {
    return entry(path).constant;
  }

  Entry entry(String path) {
    Entry entry = byPath.get(path);
    if (entry == null) {
      throw new IllegalArgumentException("the model has no variable `" + path + "`");
    }
    return entry;
  }
}
