package org.dlm.runtime.data;

import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.RandomStream;

/**
 * Walks over examples in mini-batches, in an order that the seed and the number of the epoch decide. The last batch of
 * an epoch is smaller where the size does not divide the count. The arrays are filled anew for every batch, never
 * replaced.
 */
public final class Batches {
  private final Examples examples;
  private final int size;
  private final int[] order;
  private final int[] exampleSizes;
  private final Object[] wholeArrays;
  private final Object[] restArrays;
  private final List<Inputs> inputs = new ArrayList<>();

  /** @param size examples in a batch; more than there are means all */
  public Batches(Examples examples, int size) {
    this.examples = examples;
    this.size = Math.min(size, examples.count());
    order = new int[examples.count()];
    exampleSizes = examples.columns().stream().mapToInt(Column::exampleSize).toArray();
    wholeArrays = arrays(this.size);
    restArrays = arrays(examples.count() % this.size);
    inOrder();
  }

  private Object[] arrays(int count) {
    return examples.columns().stream().map(c -> switch (c) {
      case Column.Floats f -> (Object) new float[count * f.exampleSize()];
      case Column.Ints i -> (Object) new int[count * i.exampleSize()];
    }).toArray();
  }

  /** What one function takes of each batch, in the order of its inputs. */
  public final class Inputs {
    private final Tensor[] whole;
    private final Tensor[] rest;
    private Tensor[] current;

    private Inputs(Feed feed) {
      whole = allocate(feed, wholeArrays, size);
      rest = allocate(feed, restArrays, examples.count() % size);
      current = whole;
    }

    /** The tensors of the batch that {@link Batches#fill} filled last; the array and its data are used again. */
    public Tensor[] tensors() {
      return current;
    }
  }

  private static Tensor[] allocate(Feed feed, Object[] arrays, int count) {
    Tensor[] tensors = new Tensor[feed.columns().size()];
    for (int i = 0; i < tensors.length; i++) {
      int[] shape = feed.batchShape(i, count);
      tensors[i] = switch (arrays[feed.columns().get(i)]) {
        case float[] floats -> new FloatTensor(floats, shape);
        case int[] ints -> IntTensor.of(ints, shape);
        default -> throw new IllegalStateException();
      };
    }
    return tensors;
  }

  /** The inputs of a function; asked for once, before the first batch. */
  public Inputs inputs(Feed feed) {
    Inputs made = new Inputs(feed);
    inputs.add(made);
    return made;
  }

  /** Batches in an epoch. */
  public int count() {
    return (examples.count() + size - 1) / size;
  }

  /** Examples in the batch of that number. */
  public int size(int batch) {
    return Math.min(size, examples.count() - batch * size);
  }

  /** The number of the {@code i}-th example of a batch among all examples. */
  public int example(int batch, int i) {
    return order[batch * size + i];
  }

  /** As the examples come. */
  public void inOrder() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** The order of an epoch; does not depend on the orders before, so that a run can be resumed anywhere. */
  public void shuffle(long seed, int epoch) {
    inOrder();
    Shuffle.shuffle(order, new RandomStream(seed * 0x5851F42D4C957F2DL + epoch));
  }

  /** Copies the examples of that batch into the arrays. */
  public void fill(int batch) {
    boolean whole = size(batch) == size;
    Object[] arrays = whole ? wholeArrays : restArrays;
    for (int c = 0; c < arrays.length; c++) {
      Column column = examples.columns().get(c);
      Object source = column instanceof Column.Floats floats ? floats.data() : ((Column.Ints) column).data();
      int length = exampleSizes[c];
      for (int i = 0; i < size(batch); i++) {
        System.arraycopy(source, example(batch, i) * length, arrays[c], i * length, length);
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).current = whole ? inputs.get(i).whole : inputs.get(i).rest;
    }
  }
}
