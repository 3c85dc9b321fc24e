package org.dlm.runtime.kernel;

import java.util.Arrays;

/** Copies between planes, where a channel's elements lie side by side, and memory where the channels do. */
final class WinogradPixels {
  private WinogradPixels() {}

  private static final int IN = WinogradTransforms.IN;
  private static final int OUT = WinogradTransforms.OUT;

  /**
   * The lines of the image that a strip needs; of those of the strip above, if {@code below} says that it was the last
   * one, two are there already.
   */
  static void image(float[] from, int base, WinogradForm form, WinogradStrips strips, int strip, boolean below,
      int channel, int lanes, float[] to, int at) {
    int columns = strips.tilesX() * OUT + IN - OUT;
    int known = below ? IN - OUT : 0;
    int line = columns * lanes;
    System.arraycopy(to, at + OUT * line, to, at, known * line);
    gather(from, base + form.image().images()[strips.image(strip)], form.image(), channel, lanes,
        strips.y(strip) - form.top() + known, strips.x(strip) - form.side(), IN - known, columns, to,
        at + known * line);
  }

  /**
   * Copies {@code lines} by {@code columns} elements from {@code (y, x)} on of {@code lanes} channels, zeros where that
   * is outside of the plane; channels beyond the last one are left alone.
   */
  static void gather(float[] from, int base, WinogradForm.Plane plane, int channel, int lanes, int y, int x, int lines,
      int columns, float[] to, int at) {
    int count = Math.min(lanes, plane.channels().length - channel);
    int first = Math.clamp(-(long) x, 0, columns);
    int last = Math.clamp((long) plane.width() - x, first, columns);
    int line = columns * lanes;
    for (int i = 0; i < lines; i++) {
      int target = at + i * line;
      if (y + i < 0 || y + i >= plane.height()) {
        Arrays.fill(to, target, target + line, 0);
        continue;
      }
      Arrays.fill(to, target, target + first * lanes, 0);
      Arrays.fill(to, target + last * lanes, target + line, 0);
      int start = base + (y + i) * plane.y() + (x + first) * plane.x();
      if (plane.apart() != 0) {
        TileKernels.CHOSEN.transpose(from, start + plane.channels()[channel], plane.apart(), to,
            target + first * lanes, lanes, count, last - first);
        continue;
      }
      for (int lane = 0; lane < count; lane++) {
        int source = start + plane.channels()[channel + lane];
        spread(from, source, plane.x(), last - first, to, target + first * lanes + lane, lanes);
      }
    }
  }

  private static void spread(float[] from, int source, int step, int count, float[] to, int target, int stepTo) {
    for (int i = 0; i < count; i++) {
      to[target + i * stepTo] = from[source + i * step];
    }
  }

  /** Copies lines of {@code apart} vectors to {@code lanes} channels of a plane. */
  static void scatter(float[] from, int at, int apart, int lanes, float[] to, int base, WinogradForm.Plane plane,
      int channel, int y, int x, int lines, int columns, boolean add) {
    int count = Math.min(lanes, plane.channels().length - channel);
    boolean together = apart == columns && plane.y() == columns;
    if (plane.apart() != 0 && !add) {
      for (int i = 0; i < (together ? 1 : lines); i++) {
        TileKernels.CHOSEN.transpose(from, at + i * apart * lanes, lanes, to,
            base + plane.channels()[channel] + (y + i) * plane.y() + x, plane.apart(),
            together ? lines * columns : columns, count);
      }
      return;
    }
    for (int i = 0; i < lines; i++) {
      int source = at + i * apart * lanes;
      for (int lane = 0; lane < count; lane++) {
        int target = base + plane.channels()[channel + lane] + (y + i) * plane.y() + x * plane.x();
        if (add) {
          collectAndAdd(from, source + lane, lanes, columns, to, target, plane.x());
        } else {
          spread(from, source + lane, lanes, columns, to, target, plane.x());
        }
      }
    }
  }

  private static void collectAndAdd(float[] from, int source, int step, int count, float[] to, int target, int stepTo) {
    for (int i = 0; i < count; i++) {
      to[target + i * stepTo] += from[source + i * step];
    }
  }
}
