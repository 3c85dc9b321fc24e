package org.dlm.runtime.data;

import java.io.IOException;
import org.dlm.runtime.store.RandomStream;

/** A pass through a stream that draws from the examples that were read last. */
final class ShuffleWindow implements DataSource.Pass {
  private final StreamedSource source;
  private final StreamedSource.Reader reader;
  private final PassOrder order;
  private final RandomStream random;
  private final Example[] kept;
  private final int[] numbers;
  private int filled;
  private int read;

  ShuffleWindow(StreamedSource source, StreamedSource.Reader reader, PassOrder order) {
    this.source = source;
    this.reader = reader;
    this.order = order;
    random = new RandomStream(order.stream());
    kept = new Example[Math.clamp(source.window(), 1, Math.max(1, source.count()))];
    numbers = new int[kept.length];
  }

  private void readInto(int place) throws IOException {
    if (kept[place] == null) {
      kept[place] = new Example(source.columns());
    }
    order.begin(kept[place], read);
    reader.read(kept[place]);
    numbers[place] = read++;
  }

  @Override
  public int next(Example into) throws IOException {
    return draw(into);
  }

  /** {@code into}: null leaves the example out. */
  private int draw(Example into) throws IOException {
    while (filled < kept.length && read < source.count()) {
      readInto(filled++);
    }
    int place = random.below(filled);
    int number = numbers[place];
    if (into != null) {
      into.begin(kept[place]);
      for (int c = 0; c < source.columns().size(); c++) {
        into.copy(c, kept[place], c);
      }
    }
    if (read < source.count()) {
      readInto(place);
    } else {
      filled--;
      Example free = kept[place];
      kept[place] = kept[filled];
      kept[filled] = free;
      numbers[place] = numbers[filled];
    }
    return number;
  }

  @Override
  public void skip(int examples) throws IOException {
    for (int i = 0; i < examples; i++) {
      draw(null);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
