package org.dlm.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drawings with one element a line, made small: stretches of a curve become one line, the outline of a letter is
 * written once and used again, numbers are no more exact than can be seen. Drawings that one object has made small
 * share their letters, so they belong into one file.
 */
final class CompactSvg {
  private static final Pattern LINE =
      Pattern.compile("<line style=\"([^\"]*)\" x1=\"([^\"]+)\" x2=\"([^\"]+)\" y1=\"([^\"]+)\" y2=\"([^\"]+)\"/>");
  private static final Pattern SHAPE = Pattern.compile("<path d=\"([MLQCZ][^\"]*)\" style=\"(fill:rgb[^\"]*)\"/>");
  private static final Pattern PIECE = Pattern.compile("([MLQCZ])([-0-9.eE, ]*)");
  private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  /** Two letters that are that near to each other everywhere, in pixels, are the same. */
  private static final double SAME = 0.02;

  /** Letters by their commands. */
  private final Map<String, List<Letter>> letters = new HashMap<>();
  private int letterCount;
  private final StringBuilder out = new StringBuilder();

  /** The curve that is being drawn: points and style, empty where there is none. */
  private final StringBuilder points = new StringBuilder();
  private String single = "";
  private String style = "";
  private String end = "";

  /** One line of an outline from its beginning to its end; {@code points}: x and y in turn. */
  private record Contour(String commands, double[] points) {
    double least(int axis) {
      double least = points[axis];
      for (int i = axis; i < points.length; i += 2) {
        least = Math.min(least, points[i]);
      }
      return least;
    }

    double most(int axis) {
      double most = points[axis];
      for (int i = axis; i < points.length; i += 2) {
        most = Math.max(most, points[i]);
      }
      return most;
    }

    boolean meets(Contour other) {
      return least(0) <= other.most(0) && other.least(0) <= most(0) && least(1) <= other.most(1)
          && other.least(1) <= most(1);
    }
  }

  /** {@code points} as they are when the first one is at 0, 0. */
  private record Letter(String id, double[] points) {}

  /** The drawing, small. */
  String of(String svg) {
    out.setLength(0);
    svg.lines().map(String::strip).forEach(this::element);
    endCurve();
    return out.toString();
  }

  private void element(String text) {
    Matcher line = LINE.matcher(text);
    if (line.matches()) {
      stretch(text, line);
      return;
    }
    endCurve();
    Matcher shape = SHAPE.matcher(text);
    if (shape.matches()) {
      shape(shape.group(1), shape.group(2));
    } else {
      out.append(rounded(text)).append('\n');
    }
  }

  private static String rounded(String text) {
    return LONG_NUMBER.matcher(text).replaceAll("$1");
  }

  private void stretch(String text, Matcher line) {
    String from = point(line.group(2), line.group(4));
    if (!line.group(1).equals(style) || !from.equals(end)) {
      endCurve();
      style = line.group(1);
      single = rounded(text);
      points.append(from);
    } else {
      single = "";
    }
    end = point(line.group(3), line.group(5));
    points.append(' ').append(end);
  }

  private void endCurve() {
    if (!points.isEmpty()) {
      out.append(!single.isEmpty() ? single
          : "<polyline style=\"" + style + "stroke-linejoin:round;\" points=\"" + points + "\"/>").append('\n');
    }
    points.setLength(0);
    style = "";
    end = "";
  }

  /** To tenths of a pixel. */
  private static String point(String x, String y) {
    return number(Double.parseDouble(x), 1) + "," + number(Double.parseDouble(y), 1);
  }

  private static String number(double value, int digits) {
    String text = BigDecimal.valueOf(Math.round(value * Math.pow(10, digits)), digits).stripTrailingZeros()
        .toPlainString();
    return text.startsWith("0.") ? text.substring(1) : text.startsWith("-0.") ? "-" + text.substring(2) : text;
  }

  /** A text: its letters, which do not touch each other. */
  private void shape(String path, String look) {
    out.append("<g style=\"").append(look).append("\">");
    List<Contour> letter = new ArrayList<>();
    for (Contour contour : contours(path)) {
      if (!letter.isEmpty() && letter.stream().noneMatch(contour::meets)) {
        letter(letter);
        letter.clear();
      }
      letter.add(contour);
    }
    if (!letter.isEmpty()) {
      letter(letter);
    }
    out.append("</g>\n");
  }

  private static List<Contour> contours(String path) {
    List<Contour> contours = new ArrayList<>();
    StringBuilder commands = new StringBuilder();
    List<Double> points = new ArrayList<>();
    for (MatchResult piece : PIECE.matcher(path).results().toList()) {
      if (piece.group(1).equals("M") && !commands.isEmpty()) {
        contours.add(new Contour(commands.toString(), points.stream().mapToDouble(p -> p).toArray()));
        commands.setLength(0);
        points.clear();
      }
      commands.append(piece.group(1));
      for (String number : piece.group(2).strip().split("[, ]+")) {
        if (!number.isEmpty()) {
          points.add(Double.parseDouble(number));
        }
      }
    }
    if (!points.isEmpty()) {
      contours.add(new Contour(commands.toString(), points.stream().mapToDouble(p -> p).toArray()));
    }
    return contours;
  }

  private void letter(List<Contour> contours) {
    StringBuilder commands = new StringBuilder();
    double[] from = {contours.getFirst().points()[0], contours.getFirst().points()[1]};
    List<Double> all = new ArrayList<>();
    for (Contour contour : contours) {
      commands.append(contour.commands());
      for (int i = 0; i < contour.points().length; i++) {
        all.add(contour.points()[i] - from[i % 2]);
      }
    }
    double[] own = all.stream().mapToDouble(p -> p).toArray();
    List<Letter> alike = letters.computeIfAbsent(commands.toString(), key -> new ArrayList<>());
    Letter known = alike.stream().filter(l -> same(l.points(), own)).findFirst().orElse(null);
    if (known == null) {
      known = new Letter("g" + letterCount++, own);
      alike.add(known);
      out.append("<defs><path id=\"").append(known.id()).append("\" d=\"").append(outline(commands.toString(), own))
          .append("\"/></defs>");
    }
    out.append("<use xlink:href=\"#").append(known.id()).append("\" x=\"").append(number(from[0], 2)).append("\" y=\"")
        .append(number(from[1], 2)).append("\"/>");
  }

  private static boolean same(double[] one, double[] two) {
    for (int i = 0; i < one.length; i++) {
      if (!(Math.abs(one[i] - two[i]) < SAME)) {
        return false;
      }
    }
    return true;
  }

  /** Each point as seen from the one before, which takes fewer digits. */
  private static String outline(String commands, double[] points) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    double[] here = {0, 0};
    double[] start = {0, 0};
    for (char command : commands.toCharArray()) {
      text.append(Character.toLowerCase(command));
      int count = command == 'Z' ? 0 : command == 'Q' ? 2 : command == 'C' ? 3 : 1;
      String before = "";
      double[] next = here.clone();
      for (int i = 0; i < 2 * count; i++, at++) {
        String step = number(points[at] - here[i % 2], 2);
        text.append(step.startsWith("-") ? "" : before).append(step);
        // What is left out now must not add up along the outline.
        next[i % 2] = here[i % 2] + Double.parseDouble(step);
        before = " ";
      }
      here = command == 'Z' ? start.clone() : next;
      start = command == 'M' ? here.clone() : start;
    }
    return text.toString();
  }
}
