package org.dlm.runtime.data;

import java.util.List;

/**
 * One part of a data set, all of it in memory.
 *
 * @param origin where the examples are from, for messages: a file, "digits"
 */
public record Examples(String origin, List<Column> columns) {
  public Examples {
    columns = List.copyOf(columns);
    int count = columns.getFirst().count();
    if (columns.stream().anyMatch(c -> c.count() != count)) {
      throw new IllegalArgumentException("columns of different lengths in " + origin);
    }
  }

  public int count() {
    return columns.getFirst().count();
  }

  Examples select(int[] examples) {
    return new Examples(origin, columns.stream().map(c -> c.select(examples)).toList());
  }
}
