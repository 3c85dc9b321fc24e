package org.dlm.runtime.data;

import java.io.Closeable;
import java.io.IOException;

/**
 * Examples that can only be read one after the other. They are shuffled in a {@link #window}: each time one of the
 * examples in it is drawn and the next one read in its place.
 */
public non-sealed interface StreamedSource extends DataSource {
  /** Begins at the first example. */
  Reader open() throws IOException;

  /** How many examples are kept in memory for shuffling. */
  default int window() {
    return 4096;
  }

  /** Reads on. */
  interface Reader extends Closeable {
    /** Reads the next example; there are {@link DataSource#count} of them. */
    void read(Example into) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  @Override
  default Pass pass(PassOrder order) throws IOException {
    Reader reader = open();
    return order.shuffled() ? new ShuffleWindow(this, reader, order) : new Pass() {
      private int number;

      @Override
      public int next(Example into) throws IOException {
        into.begin();
        reader.read(into);
        return number++;
      }

      @Override
      public void skip(int examples) throws IOException {
        Example unused = new Example(columns());
        for (int i = 0; i < examples; i++) {
          next(unused);
        }
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
