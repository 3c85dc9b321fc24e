package org.dlm.runtime.data;

import java.io.IOException;
import java.util.List;

/**
 * Some of the examples of a source, in that order.
 *
 * @param examples their numbers in the source
 */
public record Selection(IndexedSource source, int[] examples) implements IndexedSource {
  @Override
  public String origin() {
    return source.origin();
  }

  @Override
  public List<Column> columns() {
    return source.columns();
  }

  @Override
  public int count() {
    return examples.length;
  }

  @Override
  public int block() {
    return source.block();
  }

  @Override
  public void read(int example, Example into) throws IOException {
    source.read(examples[example], into);
  }
}
