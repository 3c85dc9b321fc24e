package org.dlm.runtime.data.text;

import java.io.IOException;
import java.util.List;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;

/**
 * Stretches of a text: {@code ids}, and {@code next}, the same one token further on, or only the one token that
 * follows. In training each window begins anywhere before the next one, so that no two epochs cut the text in the
 * same places.
 */
final class TextWindows implements IndexedSource {
  private final String origin;
  private final Tokens tokens;
  private final int from;
  private final int last;
  private final int length;
  private final int stride;
  private final List<Column> columns;
  private final byte[] scratch;
  private final int[] window;

  /** @param end behind the last token of this part of the text */
  TextWindows(String origin, Tokens tokens, int from, int end, int length, int stride, boolean onlyLast,
      int vocabulary) {
    this.origin = origin;
    this.tokens = tokens;
    this.from = from;
    this.length = length;
    this.stride = stride;
    last = end - length - 1;
    columns = List.of(Column.ints("ids", vocabulary, length),
        onlyLast ? Column.ints("next", vocabulary) : Column.ints("next", vocabulary, length));
    scratch = new byte[2 * length + 2];
    window = new int[length + 1];
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public int count() {
    return last < from ? 0 : (last - from) / stride + 1;
  }

  @Override
  public synchronized void read(int example, Example into) throws IOException {
    int at = from + example * stride;
    if (stride > 1 && into.random() != null) {
      at = Math.min(last, at + into.random().below(stride));
    }
    tokens.read(at, window, length + 1, scratch);
    System.arraycopy(window, 0, into.ints(0), 0, length);
    int wanted = columns.get(1).exampleSize();
    System.arraycopy(window, length + 1 - wanted, into.ints(1), 0, wanted);
  }
}
