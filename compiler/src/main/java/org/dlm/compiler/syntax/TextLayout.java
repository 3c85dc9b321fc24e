package org.dlm.compiler.syntax;

import org.dlm.compiler.source.Span;

/** A text being printed: knows its column and how far the next line is indented. */
final class TextLayout {
  static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();
  private int lineStart;
  private int indent;

  TextLayout add(String text) {
    out.append(text);
    return this;
  }

  TextLayout newLine() {
    int end = out.length();
    while (end > lineStart && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    out.append('\n');
    lineStart = out.length();
    out.repeat(' ', indent);
    return this;
  }

  int column() {
    return out.length() - lineStart;
  }

  /** Lines begun by {@code part} are indented to {@code column}. */
  TextLayout indentedTo(int column, Runnable part) {
    int before = indent;
    indent = column;
    part.run();
    indent = before;
    return this;
  }

  TextLayout indented(Runnable part) {
    return indentedTo(indent + STEP, part);
  }

  int indent() {
    return indent;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  // ------------------------------------------------------------------------------------------------ as the author
  // wrote

  /** Whether the author began {@code second} on a later line than {@code first} ends. */
  static boolean breaks(Span first, Span second) {
    return first.file() == second.file() && first.end() <= second.start() && endLine(first) < second.line();
  }

  /** Whether the author left an empty line between the two. */
  static boolean blankBetween(Span first, Span second) {
    return first.file() == second.file() && first.end() <= second.start()
        && first.file().text().substring(first.end(), second.start()).matches("(?s).*\\n[ \\t\\r]*\\n.*");
  }

  static String firstLine(Span span) {
    return span.text().lines().findFirst().orElse("");
  }

  static boolean onOneLine(Span span) {
    return span.line() == endLine(span);
  }

  static int endLine(Span span) {
    return span.file().line(Math.max(span.start(), span.end() - 1));
  }
}
