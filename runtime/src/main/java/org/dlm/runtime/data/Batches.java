package org.dlm.runtime.data;

import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Tensor;

/**
 * Walks over a source in mini-batches, which a thread reads ahead, in an order that the seed and the number of the
 * epoch decide. The last batch of an epoch is smaller where the size does not divide the count. The arrays are filled
 * anew for every batch, never replaced.
 *
 * <pre>{@code
 * batches.start(PassOrder.shuffled(seed, epoch), 0);
 * for (int batch = 0; batch < batches.count(); batch++) {
 *   batches.next();
 *   program.bind(inputs.tensors());
 * }
 * }</pre>
 */
public final class Batches implements AutoCloseable {
  /** Beside those in use: enough for a source whose speed varies, little memory. */
  private static final int AHEAD = 2;

  private final DataSource source;
  private final int size;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<BatchBuffer> buffers = new ArrayList<>();
  private ReadAhead reader;
  private final BatchBuffer[] held;
  private int heldCount;
  private BatchBuffer current;

  /** @param size examples in a batch; more than there are means all */
  public Batches(DataSource source, int size) {
    this(source, size, 1);
  }

  /** @param mostHeld batches that may be held at once */
  public Batches(DataSource source, int size, int mostHeld) {
    if (source.count() == 0) {
      throw new InputProblem(source.origin() + ": no examples in it", "Was the right file or folder named?");
    }
    this.source = source;
    this.size = Math.min(size, source.count());
    held = new BatchBuffer[Math.min(mostHeld, count())];
  }

  /** What one function takes of each batch, in the order of its inputs. */
  public final class Inputs {
    private final int feed;

    private Inputs(int feed) {
      this.feed = feed;
    }

    /** The tensors of the present batch; good until the next one is asked for. */
    public Tensor[] tensors() {
      return current.tensors(feed);
    }
  }

  /** The inputs of a function; asked for once, before the first batch. */
  public Inputs inputs(Feed feed) {
    feeds.add(feed);
    return new Inputs(feeds.size() - 1);
  }

  /** Batches in an epoch. */
  public int count() {
    return Math.ceilDiv(source.count(), size);
  }

  /** Examples in the batch of that number. */
  public int size(int batch) {
    return Math.min(size, source.count() - batch * size);
  }

  /** Begins to read the batches of an epoch, from that one on. */
  public void start(PassOrder order, int firstBatch) {
    close();
    for (int i = buffers.size(); i < Math.min(held.length + AHEAD, count()); i++) {
      buffers.add(new BatchBuffer(source, size, feeds));
    }
    reader = new ReadAhead(source, buffers, size, order, firstBatch, count());
  }

  /** Waits for the next batch, which is then what {@link Inputs#tensors} and the other methods speak of. */
  public void next() {
    reader.release(heldCount);
    heldCount = 0;
    nextToo();
  }

  /** The same, but those since the last {@link #next} are held, too. */
  public void nextToo() {
    current = reader.next(heldCount);
    held[heldCount++] = current;
  }

  /** Goes back to one of those that are held: the first is number 0. */
  public void again(int number) {
    current = held[number];
  }

  /** The number of the {@code i}-th example of the present batch among all examples. */
  public int example(int i) {
    return current.number(i);
  }

  /** The present batch's values of an i32 column, one example after the other. */
  public int[] ints(int column) {
    return (int[]) current.array(column);
  }

  /** Stops reading ahead. */
  @Override
  public void close() {
    if (reader != null) {
      reader.stop();
      reader = null;
    }
    current = null;
    heldCount = 0;
  }
}
