package org.dlm.runtime.data;

import java.io.IOException;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.InputProblem;

/**
 * Examples in memory.
 *
 * @param origin where the examples are from, for messages: a file, "digits"
 * @param columns with their values
 */
public record Examples(String origin, List<Column> columns, int count) implements IndexedSource {
  public Examples(String origin, List<Column> columns) {
    this(origin, columns, count(columns.getFirst()));
  }

  public Examples {
    columns = List.copyOf(columns);
    int wanted = count;
    if (columns.stream().anyMatch(c -> count(c) != wanted)) {
      throw new IllegalArgumentException("columns of different lengths in " + origin);
    }
  }

  private static int count(Column column) {
    return switch (column) {
      case Column.Floats f -> f.data().length / f.exampleSize();
      case Column.Ints i -> i.data().length / i.exampleSize();
      case Column.Described d -> throw new IllegalArgumentException("column " + d.name() + " has no values");
    };
  }

  @Override
  public void read(int example, Example into) {
    for (int c = 0; c < columns.size(); c++) {
      switch (columns.get(c)) {
        case Column.Floats f -> System.arraycopy(f.data(), example * f.exampleSize(), into.floats(c), 0,
            f.exampleSize());
        case Column.Ints i -> System.arraycopy(i.data(), example * i.exampleSize(), into.ints(c), 0, i.exampleSize());
        case Column.Described d -> throw new IllegalStateException();
      }
    }
  }

  /** Some of them, in that order. */
  public Examples select(int... examples) {
    return of(new Selection(this, examples));
  }

  /** Reads a whole source into memory, as its examples come; lengths must not be open. */
  public static Examples of(DataSource source) {
    int count = source.count();
    List<Column> columns = source.columns().stream().map(c -> {
      if (c.open()) {
        throw new IllegalArgumentException("column " + c.name() + " has an open length");
      }
      return c.type() == ElementType.F32
          ? new Column.Floats(c.name(), new float[count * c.exampleSize()], c.shape())
          : (Column) new Column.Ints(c.name(), new int[count * c.exampleSize()], c.shape());
    }).toList();
    Example example = new Example(columns);
    try (DataSource.Pass pass = source.pass(PassOrder.AS_THEY_COME)) {
      for (int i = 0; i < count; i++) {
        pass.next(example);
        for (int c = 0; c < columns.size(); c++) {
          Object data = columns.get(c) instanceof Column.Floats f ? f.data() : ((Column.Ints) columns.get(c)).data();
          example.put(c, data, i * columns.get(c).exampleSize());
        }
      }
    } catch (IOException e) {
      throw new InputProblem(source.origin() + ": cannot be read: " + e.getMessage(), "Check the file.", e);
    }
    return new Examples(source.origin(), columns);
  }
}
