package org.dlm.compiler.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One text the compiler reads, and where its lines begin. The name is what messages show. */
public final class SourceFile {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    lineStarts = starts.stream().mapToInt(Integer::intValue).toArray();
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /** The line of a character offset, counted from 1. */
  public int line(int offset) {
    int at = Arrays.binarySearch(lineStarts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The column of a character offset, counted from 1. */
  public int column(int offset) {
    return offset - lineStarts[line(offset) - 1] + 1;
  }

  /** The offset of a place, both counted from 1; what is behind the end of a line or of the text is there. */
  public int offset(int line, int column) {
    if (line > lineStarts.length) {
      return text.length();
    }
    int at = Math.max(line, 1);
    return lineStarts[at - 1] + Math.clamp(column - 1, 0, lineText(at).length());
  }

  /** The text of a line (from 1) without its line end. */
  public String lineText(int line) {
    int from = lineStarts[line - 1];
    int to = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    String found = text.substring(from, to);
    return found.endsWith("\r") ? found.substring(0, found.length() - 1) : found;
  }

  @Override
  public String toString() {
    return name;
  }
}
