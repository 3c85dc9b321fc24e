package org.dlm.compiler.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;

/**
 * A diagnostic as text for a terminal: what is wrong, the lines it speaks of with marks under them, the shapes on the
 * way, facts, ways out, and where it was built.
 */
public final class Render {
  /** A wider stage than this would push the shapes out of the window. */
  private static final int WIDEST_STAGE = 44;

  private final Diagnostic diagnostic;
  private final boolean colours;
  private final String margin;
  private final StringBuilder out = new StringBuilder();

  private Render(Diagnostic diagnostic, boolean colours) {
    this.diagnostic = diagnostic;
    this.colours = colours;
    int last = diagnostic.primary().span().line();
    for (Diagnostic.Label label : diagnostic.secondary()) {
      last = Math.max(last, label.span().line());
    }
    this.margin = " ".repeat(2 + Integer.toString(last).length());
  }

  /** Ends with a line end; {@code colours} as ANSI escapes. */
  public static String text(Diagnostic diagnostic, boolean colours) {
    return new Render(diagnostic, colours).render();
  }

  /** All of them, an empty line between two. */
  public static String text(List<Diagnostic> diagnostics, boolean colours) {
    return String.join("\n", diagnostics.stream().map(d -> text(d, colours)).toList());
  }

  private String render() {
    boolean error = diagnostic.code().severity() == Severity.ERROR;
    String head = (error ? "error[" : "warning[") + diagnostic.code().id() + "]";
    line((error ? Ink.ERROR : Ink.WARNING).on(head, colours) + Ink.STRONG.on(": " + diagnostic.message(), colours));
    Map<SourceFile, List<Diagnostic.Label>> byFile = new LinkedHashMap<>();
    byFile.computeIfAbsent(diagnostic.primary().span().file(), _ -> new ArrayList<>()).add(diagnostic.primary());
    for (Diagnostic.Label label : diagnostic.secondary()) {
      byFile.computeIfAbsent(label.span().file(), _ -> new ArrayList<>()).add(label);
    }
    byFile.values().forEach(this::file);
    shapeTrace();
    diagnostic.notes().forEach(note -> remark(Ink.STRONG.on("note", colours) + ": ", note));
    diagnostic.helps().forEach(help -> remark(Ink.HELP.on("help", colours) + ": ", help.text()));
    closing();
    return out.toString();
  }

  // ------------------------------------------------------------------------------------------------ places

  private void file(List<Diagnostic.Label> labels) {
    Span first = labels.getFirst().span();
    boolean primary = labels.getFirst() == diagnostic.primary();
    line(margin.substring(1) + Ink.FRAME.on(primary ? "-->" : ":::", colours) + " " + first);
    if (first.file().text().isEmpty()) {
      return;
    }
    frame("|", "");
    Map<Integer, List<Diagnostic.Label>> byLine = new TreeMap<>();
    labels.forEach(label -> byLine.computeIfAbsent(label.span().line(), _ -> new ArrayList<>()).add(label));
    int previous = 0;
    for (Map.Entry<Integer, List<Diagnostic.Label>> entry : byLine.entrySet()) {
      int number = entry.getKey();
      if (previous > 0 && number == previous + 2) {
        sourceLine(previous + 1, MarkedLine.of(first.file(), previous + 1, List.of(), null));
      } else if (previous > 0 && number > previous + 2) {
        frame("…", "");
      }
      MarkedLine marked = MarkedLine.of(first.file(), number, entry.getValue(), diagnostic.primary());
      sourceLine(number, marked);
      marked.below(this::paint).forEach(below -> frame("|", below));
      previous = number;
    }
  }

  private void sourceLine(int number, MarkedLine marked) {
    String digits = Integer.toString(number);
    String gutter = " ".repeat(margin.length() - 1 - digits.length()) + digits + " |";
    line(Ink.FRAME.on(gutter, colours) + (marked.text().isBlank() ? "" : " " + marked.text().stripTrailing()));
  }

  private String paint(String text, boolean primary) {
    Ink strong = diagnostic.code().severity() == Severity.ERROR ? Ink.ERROR : Ink.WARNING;
    return (primary ? strong : Ink.ASIDE).on(text, colours);
  }

  // ------------------------------------------------------------------------------------------------ what follows

  private void shapeTrace() {
    List<Diagnostic.TraceLine> rows = diagnostic.shapeTrace();
    if (rows.isEmpty()) {
      return;
    }
    frame("|", "");
    frame("=", " shapes along the list");
    int stages = rows.stream().mapToInt(row -> shortened(row.stage()).length()).max().orElse(0);
    int shapes = rows.stream().mapToInt(row -> row.shape().length()).max().orElse(0);
    for (Diagnostic.TraceLine row : rows) {
      String mark = row.atFault() ? paint("▸ ", true) : "  ";
      String cells = padded(shortened(row.stage()), Math.max(stages + 2, 21)) + padded(row.shape(), shapes + 4);
      line((margin + "  " + mark + cells + row.remark()).stripTrailing());
    }
  }

  private static String shortened(String stage) {
    String oneLine = stage.replaceAll("\\s+", " ");
    return oneLine.length() <= WIDEST_STAGE ? oneLine : oneLine.substring(0, WIDEST_STAGE - 1) + "…";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** A text of several lines keeps its later lines under the first. */
  private void remark(String head, String text) {
    frame("=", " " + head + text.replace("\n", "\n" + margin + "  "));
  }

  private void closing() {
    String explain = Ink.FAINT.on("dlm explain " + diagnostic.code().id(), colours);
    List<String> building = diagnostic.instantiation();
    for (int i = 0; i < building.size(); i++) {
      String place = building.get(i).startsWith("while ") ? building.get(i) : "while building " + building.get(i);
      frame("=", " " + place + (i == building.size() - 1 ? "      " + explain : ""));
    }
    if (building.isEmpty()) {
      frame("=", " " + explain);
    }
  }

  private void frame(String mark, String text) {
    line(margin + Ink.FRAME.on(mark, colours) + text);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
