package org.dlm.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;

/** One line of a source as the terminal shows it, and the marks to draw under it. */
record MarkedLine(String text, List<Mark> marks) {
  private static final int TAB = 4;

  /** Longer lines are cut to the part around the first mark: a terminal would wrap them, and the marks with them. */
  private static final int WIDEST = 160;

  /** Columns from 0, the end behind the last one. */
  private record Mark(int from, int to, String label, boolean primary) {}

  /** Puts colour on marks and labels. */
  interface Paint {
    String paint(String text, boolean primary);
  }

  static MarkedLine of(SourceFile file, int number, List<Diagnostic.Label> labels, Diagnostic.Label primary) {
    String source = file.lineText(number);
    StringBuilder shown = new StringBuilder();
    int[] columns = new int[source.length() + 1];
    for (int i = 0; i < source.length(); i++) {
      columns[i] = shown.length();
      char c = source.charAt(i);
      if (c == '\t') {
        shown.repeat(' ', TAB);
      } else {
        shown.append(Character.isISOControl(c) ? '\ufffd' : c);
      }
    }
    columns[source.length()] = shown.length();
    int lineStart = labels.isEmpty() ? 0 : labels.getFirst().span().start() - labels.getFirst().span().column() + 1;
    List<Mark> marks = new ArrayList<>();
    for (Diagnostic.Label label : labels) {
      marks.add(mark(label, lineStart, source, columns, label == primary));
    }
    marks.sort(Comparator.comparingInt(Mark::from).thenComparing(Mark::primary));
    return cut(shown.toString(), marks);
  }

  /** A span that goes on over the line's end is marked to the end of the line's text; an empty one gets one mark. */
  private static Mark mark(Diagnostic.Label label, int lineStart, String source, int[] columns, boolean primary) {
    Span span = label.span();
    int start = Math.min(span.start() - lineStart, source.length());
    int end = Math.min(span.end() - lineStart, source.stripTrailing().length());
    int from = columns[start];
    return new Mark(from, Math.max(from + 1, columns[Math.max(start, end)]), label.text(), primary);
  }

  private static MarkedLine cut(String shown, List<Mark> marks) {
    if (shown.length() <= WIDEST) {
      return new MarkedLine(shown, marks);
    }
    int first = marks.isEmpty() ? 0 : marks.getFirst().from;
    int from = first <= WIDEST / 2 ? 0 : first - WIDEST / 4;
    int to = Math.min(shown.length(), from + WIDEST);
    String text = (from > 0 ? "…" : "") + shown.substring(from, to) + (to < shown.length() ? "…" : "");
    int shift = from > 0 ? from - 1 : 0;
    List<Mark> moved = marks.stream()
        .map(m -> new Mark(Math.min(m.from, to) - shift, Math.min(m.to, to + 1) - shift, m.label, m.primary))
        .map(m -> new Mark(m.from, Math.max(m.from + 1, m.to), m.label, m.primary))
        .toList();
    return new MarkedLine(text, moved);
  }

  /**
   * The lines below: the marks, the label of the last one beside it; then each other label on its own line under its
   * mark, from right to left, hanging from it by a stroke.
   */
  List<String> below(Paint paint) {
    Mark last = marks.getLast();
    boolean beside = marks.stream().allMatch(m -> m == last || m.to <= last.from);
    List<String> lines = new ArrayList<>();
    lines.add(underlines(paint) + (beside && !last.label.isEmpty() ? " " + paint.paint(last.label, last.primary) : ""));
    List<Mark> hanging = new ArrayList<>(beside ? marks.subList(0, marks.size() - 1) : marks);
    hanging.removeIf(mark -> mark.label.isEmpty());
    if (!hanging.isEmpty()) {
      lines.add(strokes(hanging.subList(0, hanging.size() - 1), hanging.getLast(), "|", paint));
    }
    while (!hanging.isEmpty()) {
      Mark lowest = hanging.removeLast();
      lines.add(strokes(hanging, lowest, lowest.label, paint));
    }
    return lines;
  }

  /** The primary mark covers the others where they meet. */
  private String underlines(Paint paint) {
    StringBuilder signs = new StringBuilder();
    for (boolean primary : new boolean[] {false, true}) {
      for (Mark mark : marks) {
        if (mark.primary == primary) {
          signs.repeat(' ', Math.max(0, mark.to - signs.length()));
          signs.replace(mark.from, mark.to, (primary ? "^" : "-").repeat(mark.to - mark.from));
        }
      }
    }
    StringBuilder line = new StringBuilder(" ");
    int at = 0;
    while (at < signs.length()) {
      int end = at + 1;
      while (end < signs.length() && signs.charAt(end) == signs.charAt(at)) {
        end++;
      }
      String run = signs.substring(at, end);
      line.append(run.isBlank() ? run : paint.paint(run, run.charAt(0) == '^'));
      at = end;
    }
    return line.toString();
  }

  private static String strokes(List<Mark> hanging, Mark last, String text, Paint paint) {
    StringBuilder line = new StringBuilder(" ");
    int at = 0;
    for (Mark mark : hanging) {
      if (mark.from >= at && mark.from < last.from) {
        line.repeat(' ', mark.from - at).append(paint.paint("|", mark.primary));
        at = mark.from + 1;
      }
    }
    line.repeat(' ', Math.max(0, last.from - at)).append(paint.paint(text, last.primary));
    return line.toString();
  }
}
