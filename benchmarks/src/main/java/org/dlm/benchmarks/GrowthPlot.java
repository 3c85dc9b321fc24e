package org.dlm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How a time grows with a size, as one SVG picture: panels side by side, both axes logarithmic. */
final class GrowthPlot {
  /** One measured size. */
  record Point(double size, double millis) {}

  /** The points of one model, smallest size first. */
  record Line(String name, List<Point> points) {}

  /** What is drawn over one size axis. */
  record Panel(String title, List<Line> lines) {}

  private static final int WIDTH = 420;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int TOP = 36;
  private static final int PLOT_WIDTH = 270;
  private static final int PLOT_HEIGHT = 230;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#8a6d1f");

  private GrowthPlot() {}

  static String svg(List<Panel> panels) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n"
        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", WIDTH * panels.size(), HEIGHT));
    for (int i = 0; i < panels.size(); i++) {
      text.append(String.format(Locale.ROOT, "<g transform=\"translate(%d,0)\">%n", i * WIDTH));
      new Drawing(panels.get(i), text).draw();
      text.append("</g>\n");
    }
    return text.append("</svg>\n").toString();
  }

  /** One panel being drawn. */
  private static final class Drawing {
    private final Panel panel;
    private final StringBuilder text;
    private final Scale sizes;
    private final Scale times;

    Drawing(Panel panel, StringBuilder text) {
      this.panel = panel;
      this.text = text;
      List<Point> all = panel.lines().stream().flatMap(l -> l.points().stream()).toList();
      sizes = Scale.of(all, Point::size, 2, LEFT, PLOT_WIDTH);
      times = Scale.of(all, Point::millis, 10, TOP + PLOT_HEIGHT, -PLOT_HEIGHT);
    }

    void draw() {
      label(LEFT + PLOT_WIDTH / 2.0, 20, "middle", panel.title());
      for (double size : sizes.marks()) {
        grid(sizes.at(size), TOP, sizes.at(size), TOP + PLOT_HEIGHT);
        label(sizes.at(size), TOP + PLOT_HEIGHT + 16, "middle", number(size));
      }
      for (double time : times.marks()) {
        grid(LEFT, times.at(time), LEFT + PLOT_WIDTH, times.at(time));
        label(LEFT - 6, times.at(time) + 4, "end", number(time) + " ms");
      }
      for (int i = 0; i < panel.lines().size(); i++) {
        line(panel.lines().get(i), COLOURS.get(i % COLOURS.size()));
      }
    }

    private void line(Line line, String colour) {
      List<String> places = line.points().stream()
          .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", sizes.at(p.size()), times.at(p.millis()))).toList();
      text.append(String.format(Locale.ROOT,
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n", colour,
          String.join(" ", places)));
      Point last = line.points().getLast();
      text.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
          sizes.at(last.size()) + 6, times.at(last.millis()) + 4, colour, line.name()));
    }

    private void grid(double x1, double y1, double x2, double y2) {
      text.append(String.format(Locale.ROOT,
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2));
    }

    private void label(double x, double y, String anchor, String words) {
      text.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor,
          words));
    }

    private static String number(double value) {
      return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf((float) value);
    }
  }

  /** A logarithmic axis from one power of {@code base} to another. */
  private record Scale(int from, int to, int base, double start, double length) {
    static Scale of(List<Point> points, ToDoubleFunction<Point> value, int base, double start, double length) {
      double least = points.stream().mapToDouble(value).min().orElse(1);
      double most = points.stream().mapToDouble(value).max().orElse(1);
      int from = (int) Math.floor(Math.log(least) / Math.log(base) + 1e-9);
      int to = Math.max(from + 1, (int) Math.ceil(Math.log(most) / Math.log(base) - 1e-9));
      return new Scale(from, to, base, start, length);
    }

    double at(double value) {
      return start + length * (Math.log(value) / Math.log(base) - from) / (to - from);
    }

    List<Double> marks() {
      List<Double> marks = new ArrayList<>();
      for (int power = from; power <= to; power++) {
        marks.add(Math.pow(base, power));
      }
      return marks;
    }
  }
}
