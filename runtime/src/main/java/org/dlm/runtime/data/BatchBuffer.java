package org.dlm.runtime.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/**
 * Memory for a batch: an array for each column and count of examples, used again for every batch of the same shape.
 * Where lengths are open, examples are padded with zeros to a common length, of which there are only a few: a model
 * plans its memory anew for each.
 */
final class BatchBuffer {
  /** Lengths that a column is padded to. A program keeps as many plans. */
  private static final int DIFFERENT_LENGTHS = 4;

  /** Lengths below this are padded to the longest there is. */
  private static final int SHORT = 16;

  /** Shapes kept for later: whole and smaller batches of each length. */
  private static final int MOST_FORMS = 12;

  private final List<Column> columns;
  private final List<Feed> feeds;
  private final Example[] rows;
  private final int[] numbers;
  private final List<Form> forms = new ArrayList<>();
  private final boolean open;
  private Form form;

  /** The arrays for one count of examples and choice of lengths, and the tensors made of them for each feed. */
  private record Form(int count, int[] lengths, Object[] arrays, List<Tensor[]> tensors) {}

  /** @param feeds what is wanted of the batches; may grow until the first batch is read */
  BatchBuffer(DataSource source, int size, List<Feed> feeds) {
    columns = source.columns();
    this.feeds = feeds;
    numbers = new int[size];
    open = columns.stream().anyMatch(Column::open);
    rows = new Example[open ? size : 1];
    Arrays.setAll(rows, i -> new Example(columns));
  }

  /** Reads the next examples into the arrays. */
  void fill(DataSource.Pass pass, int count) throws IOException {
    if (!open) {
      form = form(count, new int[columns.size()]);
      for (int i = 0; i < count; i++) {
        numbers[i] = pass.next(rows[0]);
        put(rows[0], i);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = pass.next(rows[i]);
    }
    form = form(count, lengths(count));
    for (int i = 0; i < count; i++) {
      put(rows[i], i);
    }
  }

  private int[] lengths(int count) {
    int[] lengths = new int[columns.size()];
    for (int c = 0; c < lengths.length; c++) {
      if (columns.get(c).open()) {
        int longest = 1;
        for (int i = 0; i < count; i++) {
          longest = Math.max(longest, rows[i].length(c));
        }
        lengths[c] = padded(longest, columns.get(c).longest());
      }
    }
    return lengths;
  }

  /** Few different lengths: multiples of a share of the longest, or powers of two where that is not known. */
  static int padded(int length, int longest) {
    if (longest == 0) {
      return Integer.highestOneBit(2 * length - 1);
    }
    int step = longest <= SHORT ? longest : Math.ceilDiv(longest, DIFFERENT_LENGTHS);
    return Math.max(length, Math.min(longest, Math.ceilDiv(length, step) * step));
  }

  private void put(Example row, int i) {
    int lengthColumn = columns.size();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      int place = column.exampleSize() * (column.open() ? form.lengths[c] : 1);
      row.put(c, form.arrays[c], i * place);
      if (column.open()) {
        clear(form.arrays[c], i * place + row.size(c), (i + 1) * place);
        ((int[]) form.arrays[lengthColumn++])[i] = row.length(c);
      }
    }
  }

  private static void clear(Object array, int from, int to) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, to, 0);
    } else {
      Arrays.fill((int[]) array, from, to, 0);
    }
  }

  private Form form(int count, int[] lengths) {
    for (int i = 0; i < forms.size(); i++) {
      if (forms.get(i).count == count && Arrays.equals(forms.get(i).lengths, lengths)) {
        return forms.get(i);
      }
    }
    List<Object> arrays = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      int size = Math.multiplyExact(count, column.exampleSize() * (column.open() ? lengths[c] : 1));
      arrays.add(column.type() == ElementType.F32 ? (Object) new float[size] : new int[size]);
    }
    columns.stream().filter(Column::open).forEach(c -> arrays.add(new int[count]));
    Form made = new Form(count, lengths, arrays.toArray(), new ArrayList<>());
    feeds.forEach(feed -> made.tensors.add(tensors(feed, made)));
    if (forms.size() == MOST_FORMS) {
      forms.removeFirst();
    }
    forms.add(made);
    return made;
  }

  private Tensor[] tensors(Feed feed, Form of) {
    Tensor[] tensors = new Tensor[feed.columns().size()];
    for (int i = 0; i < tensors.length; i++) {
      int column = feed.columns().get(i);
      int[] shape = feed.batchShape(i, of.count, column < columns.size() ? of.lengths[column] : 0);
      tensors[i] = switch (of.arrays[column]) {
        case float[] floats -> new FloatTensor(floats, shape);
        case int[] ints -> IntTensor.of(ints, shape);
        default -> throw new IllegalStateException();
      };
    }
    return tensors;
  }

  int count() {
    return form.count;
  }

  int number(int i) {
    return numbers[i];
  }

  Tensor[] tensors(int feed) {
    return form.tensors.get(feed);
  }

  Object array(int column) {
    return form.arrays[column];
  }
}
