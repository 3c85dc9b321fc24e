package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A source text as ANTLR reads it, counted in UTF-16 units: ANTLR's own streams count code points, and then the spans
 * of everything behind an emoji would be off.
 */
final class TextStream implements CharStream {
  private final String name;
  private final String text;
  private int at;

  TextStream(String name, String text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public String getText(Interval interval) {
    int from = Math.min(interval.a, text.length());
    return text.substring(from, Math.max(from, Math.min(interval.b + 1, text.length())));
  }

  @Override
  public void consume() {
    if (at >= text.length()) {
      throw new IllegalStateException("cannot consume the end of the text");
    }
    at++;
  }

  @Override
  public int LA(int distance) {
    int index = distance > 0 ? at + distance - 1 : at + distance;
    return distance == 0 || index < 0 ? 0 : index >= text.length() ? IntStream.EOF : text.charAt(index);
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {
    // the whole text stays in memory, so there is nothing to let go
  }

  @Override
  public int index() {
    return at;
  }

  @Override
  public void seek(int index) {
    at = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return name;
  }
}
