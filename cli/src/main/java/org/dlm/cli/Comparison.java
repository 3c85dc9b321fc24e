package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.store.JsonText;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.History;
import org.dlm.runtime.train.History.Point;
import org.dlm.runtime.train.Score;
import org.dlm.runtime.train.TrainingResult;

/**
 * Several runs side by side.
 *
 * @param target the training loss to which steps and seconds are told
 */
record Comparison(List<Run> runs, double target) {
  /** A single batch's loss says little: a trajectory is the mean of so many points, those before included. */
  private static final int WINDOW = 25;

  /**
   * One run.
   *
   * @param result null where the run broke off
   * @param remark why it did, else empty
   */
  record Run(String name, History history, TrainingResult result, String remark) {
    /** The loss along the steps, as the mean over the last points. */
    List<Point> trajectory() {
      List<Point> points = history.points();
      List<Point> smooth = new ArrayList<>();
      double sum = 0;
      for (int i = 0; i < points.size(); i++) {
        sum += points.get(i).loss() - (i >= WINDOW ? points.get(i - WINDOW).loss() : 0);
        Point p = points.get(i);
        smooth.add(new Point(p.step(), p.seconds(), sum / Math.min(i + 1, WINDOW), p.rate()));
      }
      return smooth;
    }

    /** The first point whose loss is that small; null where none is. */
    Point reached(double loss) {
      return trajectory().stream().skip(WINDOW - 1).filter(p -> p.loss() <= loss).findFirst().orElse(null);
    }

    boolean learnt() {
      return result != null && trajectory().getLast().loss() < trajectory().getFirst().loss();
    }

    double value(ToDoubleFunction<Score> what) {
      return result == null || result.test().isEmpty() ? Double.NaN : what.applyAsDouble(result.test().get());
    }
  }

  /** {@code target}: NaN for the lowest loss that all runs reach that learnt anything, rounded up. */
  static Comparison of(List<Run> runs, double target) {
    double common = runs.stream().filter(Run::learnt)
        .mapToDouble(r -> r.trajectory().stream().skip(WINDOW - 1).mapToDouble(Point::loss).min().orElse(Double.NaN))
        .filter(loss -> !Double.isNaN(loss)).max().orElse(Double.NaN);
    return new Comparison(List.copyOf(runs), Double.isNaN(target) ? roundedUp(common) : target);
  }

  /** To two digits. */
  private static double roundedUp(double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      return value;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", Math.ceil(value / unit) * unit));
  }

  private static final List<String> COLUMNS = List.of("run", "steps", "seconds", "steps to TARGET", "seconds to TARGET",
      "training loss", "test loss", "test accuracy", "remark");

  private List<List<String>> rows() {
    return runs.stream().map(r -> {
      List<Point> all = r.trajectory();
      Point end = all.getLast();
      Point there = r.reached(target);
      return List.of(r.name(), Long.toString(end.step()), number("%.2f", end.seconds()),
          there == null ? "" : Long.toString(there.step()), there == null ? "" : number("%.2f", there.seconds()),
          number("%.4f", end.loss()), number("%.4f", r.value(Score::loss)), number("%.4f", r.value(Score::accuracy)),
          r.remark());
    }).toList();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  private List<String> columns() {
    String loss = Double.isNaN(target) ? "a common loss" : "loss " + String.format(Locale.ROOT, "%.3g", target);
    return COLUMNS.stream().map(c -> c.replace("TARGET", loss)).toList();
  }

  /** Lines for a terminal, which are also a table in Markdown. */
  String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns());
    lines.addAll(rows());
    int shown = runs.stream().allMatch(r -> r.remark().isEmpty()) ? COLUMNS.size() - 1 : COLUMNS.size();
    StringBuilder out = new StringBuilder();
    int[] widths = new int[shown];
    for (int c = 0; c < shown; c++) {
      int column = c;
      widths[c] = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
    }
    for (List<String> line : lines) {
      for (int c = 0; c < shown; c++) {
        out.append(String.format(c == 0 ? "| %-" + widths[c] + "s |" : " %" + widths[c] + "s |", line.get(c)));
      }
      out.append('\n');
      if (line == lines.getFirst()) {
        for (int c = 0; c < shown; c++) {
          out.append(c == 0 ? "|" : "").append("-".repeat(widths[c] + 1)).append(c == 0 ? "-|" : ":|");
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  /** Writes table, trajectories and pictures; returns the files. */
  List<Path> write(Path folder, String title) {
    List<Path> files = new ArrayList<>();
    files.add(text(folder.resolve("comparison.csv"), csv(columns(), rows())));
    files.add(text(folder.resolve("trajectories.csv"), csv(List.of("run", "step", "seconds", "loss"),
        runs.stream().flatMap(r -> r.history().points().stream().map(p -> List.of(r.name(), Long.toString(p.step()),
            number("%.4f", p.seconds()), number("%.6g", p.loss())))).toList())));
    for (String end : List.of("svg", "png")) {
      Path picture = folder.resolve("comparison." + end);
      Curves.write(picture, pictures(title));
      files.add(picture);
    }
    return files;
  }

  private static String csv(List<String> head, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(head));
    all.addAll(rows);
    return all.stream().map(row -> row.stream()
        .map(cell -> cell.contains(",") || cell.contains("\"") ? JsonText.quote(cell).replace("\\\"", "\"\"") : cell)
        .collect(Collectors.joining(","))).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Path text(Path file, String text) {
    AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    return file;
  }

  private List<Curves> pictures(String title) {
    List<Curves> pictures = new ArrayList<>();
    pictures.add(new Curves(title + ": training loss along the steps", "step", "loss", true,
        trajectories(Point::step)));
    pictures.add(new Curves(title + ": training loss along the time", "seconds", "loss", true,
        trajectories(Point::seconds)));
    List<Run> measured = runs.stream().filter(r -> !r.history().epochs().isEmpty()
        && !Double.isNaN(r.history().epochs().getFirst().score().accuracy())).toList();
    if (!measured.isEmpty()) {
      String part = measured.getFirst().history().epochs().getFirst().part();
      pictures.add(new Curves(title + ": " + part + " accuracy after each epoch", "epoch", "share that is right", false,
          measured.stream().map(r -> new Curves.Curve(r.name(),
              r.history().epochs().stream().mapToDouble(EpochReport::epoch).toArray(),
              r.history().epochs().stream().mapToDouble(e -> e.score().accuracy()).toArray(), true)).toList()));
    }
    return pictures;
  }

  private List<Curves.Curve> trajectories(ToDoubleFunction<Point> x) {
    return runs.stream().map(r -> new Curves.Curve(r.name(), r.trajectory().stream().mapToDouble(x).toArray(),
        r.trajectory().stream().mapToDouble(Point::loss).toArray(), false)).toList();
  }
}
