package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks lines of Java that are wider than a page, where a person would: outside the innermost parentheses. */
final class LongLines {
  private static final int WIDTH = 120;
  private static final Pattern COMMENT = Pattern.compile("( *)(/\\*\\* |\\* |// )(.*?)( \\*/)?");
  private record Break(int at, double reluctance) {}

  private LongLines() {}

  static List<String> broken(String line) {
    if (line.length() <= WIDTH) {
      return List.of(line);
    }
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      return comment(comment);
    }
    List<String> lines = new ArrayList<>();
    int indent = line.length() - line.stripLeading().length();
    String rest = line;
    while (rest.length() > WIDTH) {
      int at = bestBreak(rest, indent + 16);
      if (at < 0) {
        break;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = " ".repeat(indent + 4) + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** Where the rest begins that goes to the next line, or -1. */
  private static int bestBreak(String line, int least) {
    Break best = null;
    for (Break candidate : breaks(line)) {
      if (candidate.at > least && candidate.at <= (line.charAt(candidate.at - 1) == ' ' ? WIDTH + 1 : WIDTH)
          && (best == null || candidate.reluctance <= best.reluctance)) {
        best = candidate;
      }
    }
    return best == null ? -1 : best.at;
  }

  private static List<Break> breaks(String line) {
    List<Break> found = new ArrayList<>();
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        i = endOfText(line, i);
        continue;
      }
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      boolean space = i + 1 < line.length() && line.charAt(i + 1) == ' ';
      if (c == ',' && space) {
        found.add(new Break(i + 2, depth));
      } else if (c == ')' && line.startsWith(".", i + 1)) {
        found.add(new Break(i + 1, depth + 0.4));
      } else if (space && i > 0 && line.charAt(i - 1) == ' ' || line.startsWith("&& ", i)) {
        found.add(new Break(c == '=' ? i + 2 : i, depth + reluctance(c)));
      }
    }
    return found;
  }

  /** How willingly a line is broken at an operator; more than 1 is worse than a break one parenthesis deeper. */
  private static double reluctance(char operator) {
    return switch (operator) {
      case '&' -> 0;
      case ':' -> 0.05;
      case '?' -> 0.1;
      case '+', '-' -> 0.2;
      case '*', '/' -> 0.3;
      case '=' -> 1.1;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static int endOfText(String line, int from) {
    int i = from + 1;
    while (i < line.length() && line.charAt(i) != '"') {
      i += line.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static List<String> comment(Matcher comment) {
    boolean opens = comment.group(2).equals("/** ");
    String prefix = comment.group(1) + (opens ? " * " : comment.group(2));
    List<String> lines = new ArrayList<>();
    if (opens) {
      lines.add(comment.group(1) + "/**");
    }
    StringBuilder line = new StringBuilder(prefix);
    for (String word : comment.group(3).split(" ")) {
      if (line.length() > prefix.length() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(prefix.length());
      }
      line.append(line.length() > prefix.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
    if (comment.group(4) != null) {
      lines.add(opens ? comment.group(1) + " */" : comment.group(1) + "*/");
    }
    return lines;
  }
}
