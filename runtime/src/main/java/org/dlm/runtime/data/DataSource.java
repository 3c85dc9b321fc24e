package org.dlm.runtime.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Examples that are read when they are needed: one part (training, validation, test) of a data set. A program that
 * has its own data implements {@link IndexedSource}, or {@link StreamedSource} where examples can only be read one
 * after the other.
 */
public sealed interface DataSource permits IndexedSource, StreamedSource {
  /** Where the examples are from, for messages: a file, "digits". */
  String origin();

  /** The tensors of each example. */
  List<Column> columns();

  /** How many examples there are. */
  int count();

  /** Begins to read all examples once. */
  Pass pass(PassOrder order) throws IOException;

  /** One walk through all examples, by one thread. */
  interface Pass extends Closeable {
    /** Reads the next example and returns its number. */
    int next(Example into) throws IOException;

    /** Leaves out the next examples. */
    void skip(int examples) throws IOException;

    @Override
    default void close() throws IOException {}
  }
}
