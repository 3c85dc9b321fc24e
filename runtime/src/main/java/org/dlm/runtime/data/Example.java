package org.dlm.runtime.data;

import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.store.RandomStream;

/** Where a source puts the tensors of one example. It is used again for the next one; every element is to be set. */
public final class Example {
  private final Object[] values;
  private final int[] lengths;
  private final int[] sizes;
  private long key;
  private boolean training;
  private RandomStream random;

  /** Room for one example of these columns. */
  public Example(List<Column> columns) {
    values = new Object[columns.size()];
    lengths = new int[columns.size()];
    sizes = new int[columns.size()];
    for (int c = 0; c < values.length; c++) {
      Column column = columns.get(c);
      int size = column.exampleSize() * (column.open() ? Math.max(1, column.longest()) : 1);
      values[c] = column.type() == ElementType.F32 ? (Object) new float[size] : new int[size];
      sizes[c] = column.exampleSize();
      lengths[c] = 1;
    }
  }

  /** The elements of an f32 column, to be set. */
  public float[] floats(int column) {
    return (float[]) values[column];
  }

  /** The elements of an i32 column, to be set. */
  public int[] ints(int column) {
    return (int[]) values[column];
  }

  /** As {@link #floats(int)}, of a column whose length is open: at least so long. */
  public float[] floats(int column, int length) {
    lengths[column] = length;
    if (floats(column).length < length * sizes[column]) {
      values[column] = new float[length * sizes[column] * 5 / 4];
    }
    return floats(column);
  }

  /** As {@link #ints(int)}, of a column whose length is open: at least so long. */
  public int[] ints(int column, int length) {
    lengths[column] = length;
    if (ints(column).length < length * sizes[column]) {
      values[column] = new int[length * sizes[column] * 5 / 4];
    }
    return ints(column);
  }

  /** The length that an open column has in this example. */
  public int length(int column) {
    return lengths[column];
  }

  /** How many elements of a column count. */
  public int size(int column) {
    return lengths[column] * sizes[column];
  }

  /**
   * Random numbers for whoever changes examples while they are read; null where they are to be read as they are, as for
   * tests. They depend on the seed, the epoch and the example's number, never on what was read before.
   */
  public RandomStream random() {
    if (training && random == null) {
      random = new RandomStream(key);
    }
    return random;
  }

  /** The next example to be read is this one of a training epoch. */
  void begin(long seed, int epoch, int example) {
    training = true;
    key = (seed * 0x5851F42D4C957F2DL + epoch) * 0x9E3779B97F4A7C15L + example;
    random = null;
  }

  /** The next example to be read is to be as it is. */
  void begin() {
    training = false;
    random = null;
  }

  /** The next example is read with the random numbers of another. */
  void begin(Example like) {
    training = like.training;
    key = like.key;
    random = like.random();
  }

  /** Takes a column of another example. */
  void copy(int column, Example from, int fromColumn) {
    int size = from.size(fromColumn);
    Object to = values[column] instanceof float[] ? floats(column, from.lengths[fromColumn])
        : ints(column, from.lengths[fromColumn]);
    System.arraycopy(from.values[fromColumn], 0, to, 0, size);
  }

  /** A number that every element has a part in. */
  long contents() {
    long hash = 1;
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < size(c); i++) {
        int bits = values[c] instanceof float[] floats ? Float.floatToIntBits(floats[i]) : ((int[]) values[c])[i];
        hash = hash * 0x5851F42D4C957F2DL + bits;
      }
    }
    return hash;
  }

  /** Puts a column's elements into an array of a batch. */
  void put(int column, Object batch, int at) {
    System.arraycopy(values[column], 0, batch, at, size(column));
  }
}
