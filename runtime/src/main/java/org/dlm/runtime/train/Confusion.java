package org.dlm.runtime.train;

import java.util.Arrays;
import java.util.List;

/** Counts how often each class was taken for each: rows are the true classes. */
public record Confusion(int[][] counts, List<String> classNames) {
  /** More classes than this do not fit on a line. */
  private static final int WIDEST = 26;

  private static final int LONGEST_NAME = 16;

  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /** The share on the diagonal. */
  public double accuracy() {
    int right = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
    }
    return right / (double) total();
  }

  /** A table of lines, true classes downwards; only its size for a great many classes. */
  public String table() {
    if (counts.length > WIDEST) {
      return "(" + counts.length + " classes: too many for a table)\n";
    }
    int left = Math.max(4, classNames.stream().mapToInt(n -> shortName(n).length()).max().orElse(4));
    int width = Math.max(3,
        Integer.toString(Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(0)).length()) + 2;
    StringBuilder out = new StringBuilder(" ".repeat(left + 2) + "taken for\n" + pad("true", left) + "  ");
    for (int j = 0; j < counts.length; j++) {
      out.append(padLeft(name(j, width - 1), width));
    }
    out.append("    right\n");
    for (int i = 0; i < counts.length; i++) {
      out.append(pad(name(i, LONGEST_NAME), left)).append("  ");
      int row = Arrays.stream(counts[i]).sum();
      for (int j = 0; j < counts.length; j++) {
        out.append(padLeft(counts[i][j] == 0 ? "." : Integer.toString(counts[i][j]), width));
      }
      out.append(row == 0 ? "        -" : String.format(java.util.Locale.ROOT, "%8.1f%%", 100.0 * counts[i][i] / row));
      out.append('\n');
    }
    return out.toString();
  }

  private String name(int i, int longest) {
    String name = i < classNames.size() ? classNames.get(i) : Integer.toString(i);
    return name.length() > longest ? name.substring(0, longest) : name;
  }

  private static String shortName(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
