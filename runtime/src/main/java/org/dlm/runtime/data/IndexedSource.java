package org.dlm.runtime.data;

import java.io.IOException;

/** Examples that can be read in any order. */
public non-sealed interface IndexedSource extends DataSource {
  /**
   * Reads the example of that number, from 0. Called by one thread at a time for each pass, but by several where
   * several passes are under way.
   */
  void read(int example, Example into) throws IOException;

  /**
   * How many neighbours are cheaper to read together than each alone: these stay near each other when the order is
   * shuffled. With 1, every order of the examples is as likely as any other.
   */
  default int block() {
    return 1;
  }

  @Override
  default Pass pass(PassOrder order) {
    Numbers numbers = order.shuffled() ? Numbers.shuffled(count(), block(), order.stream()) : Numbers.ascending();
    return new Pass() {
      @Override
      public int next(Example into) throws IOException {
        int number = numbers.next();
        order.begin(into, number);
        read(number, into);
        return number;
      }

      @Override
      public void skip(int examples) {
        for (int i = 0; i < examples; i++) {
          numbers.next();
        }
      }
    };
  }
}
