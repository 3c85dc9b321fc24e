package org.dlm.compiler.source;

/** A stretch of a source file: characters from {@code start} (included) to {@code end} (excluded). */
public record Span(SourceFile file, int start, int end) {
  /** The line of the first character, counted from 1. */
  public int line() {
    return file.line(start);
  }

  /** The column of the first character, counted from 1. */
  public int column() {
    return file.column(start);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  /** The smallest span that holds both; both lie in one file. */
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** {@code lenet.dlm:7}: the form in generated code and in messages of the running program. */
  public String fileAndLine() {
    String name = file.name();
    return name.substring(name.lastIndexOf('/') + 1) + ":" + line();
  }

  @Override
  public String toString() {
    return file.name() + ":" + line() + ":" + column();
  }
}
