package org.dlm.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Some curves over one axis as a picture; several of these make one file with a picture below the other.
 *
 * @param logarithmic whether equal factors of y take equal room
 */
record Curves(String title, String xTitle, String yTitle, boolean logarithmic, List<Curve> curves) {
  private static final int WIDTH = 820;
  private static final int HEIGHT = 460;

  /** A drawing of lines is not made larger by more points than it has pixels for. */
  private static final int MOST_POINTS = 1000;

  private static final String NUMBERS = "#,##0.##########";

  /** Up to here whole numbers are all written at an axis. */
  private static final int MOST_COUNTED = 20;

  /** Told apart also by who sees few colours (Okabe and Ito's palette). */
  private static final List<Color> COLOURS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
      new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), new Color(0x000000), new Color(0x999933));

  /** Points with rising x; {@code dotted}: a few measured points rather than a course. */
  record Curve(String name, double[] x, double[] y, boolean dotted) {
    /** With so many points at most: of each stretch the lowest and the highest, so that no peak is lost. */
    Curve thinned(int most) {
      int stretches = most / 2 - 1;
      if (x.length <= most) {
        return this;
      }
      IntStream.Builder kept = IntStream.builder().add(0);
      for (int s = 0; s < stretches; s++) {
        int low = 1 + (int) ((long) s * (x.length - 2) / stretches);
        int high = low;
        for (int i = low + 1; i < 1 + (int) ((s + 1L) * (x.length - 2) / stretches); i++) {
          low = y[i] < y[low] ? i : low;
          high = y[i] > y[high] ? i : high;
        }
        kept.add(Math.min(low, high));
        if (low != high) {
          kept.add(Math.max(low, high));
        }
      }
      int[] places = kept.add(x.length - 1).build().toArray();
      return new Curve(name, IntStream.of(places).mapToDouble(i -> x[i]).toArray(),
          IntStream.of(places).mapToDouble(i -> y[i]).toArray(), dotted);
    }
  }

  private Curves thinned() {
    return new Curves(title, xTitle, yTitle, logarithmic, curves.stream().map(c -> c.thinned(MOST_POINTS)).toList());
  }

  private XYChart chart() {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(xTitle).yAxisTitle(yTitle)
        .build();
    var style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setChartTitleBoxVisible(false).setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    style.setLegendPosition(LegendPosition.OutsideE).setLegendBorderColor(Color.WHITE);
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setPlotGridLinesColor(new Color(0xE2E2E2)).setPlotGridLinesStroke(new BasicStroke(0.8f));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    style.setXAxisDecimalPattern(NUMBERS).setYAxisDecimalPattern(NUMBERS);
    style.setXAxisMin(0.0);
    style.setYAxisLogarithmic(logarithmic);
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      XYSeries series = chart.addSeries(curve.name(), curve.x(), curve.y());
      Color colour = COLOURS.get(i % COLOURS.size());
      series.setLineColor(colour).setLineStyle(new BasicStroke(curve.dotted() ? 1.8f : 1.2f));
      series.setMarkerColor(colour).setMarker(curve.dotted() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    style.setMarkerSize(5);
    addUneven(chart);
    return chart;
  }

  /**
   * Where numbers lie at equal distances, or nearer than 0.0001 to each other, the library writes these at the axes,
   * not round ones. Some that do not, which nobody sees, make it go its usual way; not where epochs are counted.
   */
  private void addUneven(XYChart chart) {
    DoubleSummaryStatistics x = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.x())).summaryStatistics();
    DoubleSummaryStatistics y = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y())).summaryStatistics();
    double between = x.getMax() > MOST_COUNTED ? x.getMin() + 0.37 * (x.getMax() - x.getMin()) : x.getMin();
    XYSeries uneven = chart.addSeries(" ", new double[] {x.getMin(), between, x.getMax()},
        DoubleStream.of(0.11, 0.93, 0.11).map(share -> y.getMin() + share * (y.getMax() - y.getMin())).toArray());
    uneven.setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE).setShowInLegend(false);
  }

  /** A logarithm needs positive numbers, and powers of ten among them, which alone are written at the axis. */
  private boolean isPossible() {
    DoubleSummaryStatistics y = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y())).summaryStatistics();
    return !logarithmic
        || y.getMin() > 0 && Math.floor(Math.log10(y.getMax())) - Math.ceil(Math.log10(y.getMin())) >= 1;
  }

  private Curves possible() {
    return isPossible() ? this : new Curves(title, xTitle, yTitle, false, curves);
  }

  /** As text that a page may contain; {@code letters} is one for the whole page. */
  String svg(CompactSvg letters) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      VectorGraphicsEncoder.saveVectorGraphic(possible().thinned().chart(), out, VectorGraphicsFormat.SVG);
      String text = out.toString(StandardCharsets.UTF_8);
      return letters.of(text.substring(text.indexOf("<svg")));
    } catch (IOException e) {
      throw new IllegalStateException("the curves could not be drawn", e);
    }
  }

  /** Refuses, before anything is computed, a name that ends neither in .svg nor in .png. */
  static void check(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".png")) {
      throw new InputProblem(file + ": curves are written as SVG or PNG", "Name a file that ends in .svg or .png.");
    }
    AtomicFile.checkWritable(file);
  }

  /** Writes an SVG or PNG file, by the end of its name. */
  static void write(Path file, List<Curves> pictures) {
    byte[] content = file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")
        ? stacked(pictures).getBytes(StandardCharsets.UTF_8) : png(pictures);
    AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(content)));
  }

  private static String stacked(List<Curves> pictures) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"")
        .append(WIDTH).append("\" height=\"").append(HEIGHT * pictures.size()).append("\">\n");
    CompactSvg letters = new CompactSvg();
    for (int i = 0; i < pictures.size(); i++) {
      out.append("<g transform=\"translate(0,").append(HEIGHT * i).append(")\">\n")
          .append(pictures.get(i).svg(letters)).append("</g>\n");
    }
    return out.append("</svg>\n").toString();
  }

  private static byte[] png(List<Curves> pictures) {
    // A cache on disk is cleared by a hook at the end of the program, which an interrupted run has already reached.
    ImageIO.setUseCache(false);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BitmapEncoder.saveBitmap(pictures.stream().map(c -> c.possible().chart()).toList(), pictures.size(), 1, out,
          BitmapFormat.PNG);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("the curves could not be drawn", e);
    }
  }
}
