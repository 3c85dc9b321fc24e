package org.dlm.runtime.data.text;

import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;

/**
 * Lines of a text, each for itself: {@code ids} begins with the end of the line before, token 0, and {@code next} ends
 * with that of its own. With a context, an example is one token of a line, and as many before it.
 */
final class LineSource implements IndexedSource {
  private final String origin;
  private final int[][] lines;
  private final int context;
  private final int[] ends;
  private final List<Column> columns;

  /** @param context 0 for whole lines */
  LineSource(String origin, int[][] lines, int context, int vocabulary) {
    this.origin = origin;
    this.lines = lines;
    this.context = context;
    ends = new int[lines.length];
    int sum = 0;
    int longest = 1;
    for (int i = 0; i < lines.length; i++) {
      sum += lines[i].length + 1;
      ends[i] = sum;
      longest = Math.max(longest, lines[i].length + 1);
    }
    columns = context > 0 ? List.of(Column.ints("ids", vocabulary, context), Column.ints("next", vocabulary))
        : List.of(new Column.Described("ids", ElementType.I32, vocabulary, longest, Column.OPEN),
            new Column.Described("next", ElementType.I32, vocabulary, longest, Column.OPEN));
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
    return context == 0 || lines.length == 0 ? lines.length : ends[ends.length - 1];
  }

  @Override
  public void read(int example, Example into) {
    if (context == 0) {
      int[] line = lines[example];
      int[] ids = into.ints(0, line.length + 1);
      int[] next = into.ints(1, line.length + 1);
      ids[0] = 0;
      System.arraycopy(line, 0, ids, 1, line.length);
      System.arraycopy(line, 0, next, 0, line.length);
      next[line.length] = 0;
      return;
    }
    int found = Arrays.binarySearch(ends, example + 1);
    int number = found < 0 ? -found - 1 : found;
    int[] line = lines[number];
    int at = example - (ends[number] - line.length - 1);
    int[] ids = into.ints(0);
    for (int i = 0; i < context; i++) {
      int place = at - context + i;
      ids[i] = place < 0 ? 0 : line[place];
    }
    into.ints(1)[0] = at < line.length ? line[at] : 0;
  }
}
