package org.dlm.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * A copy of a windowed operand with zeros around it, as wide as its windows reach, so that every window lies inside and
 * the inner loops need no bounds of their own.
 */
final class Staging {

  /**
   * An axis of the copy: its coordinate {@code i} stands for coordinate {@code low + i} of the operand, which has
   * {@code size} elements that lie {@code elements} apart.
   */
  record Side(int low, int length, int size, int elements) {
    int validFrom() {
      return Math.clamp(-(long) low, 0, length);
    }

    int validTo() {
      return Math.clamp((long) size - low, validFrom(), length);
    }
  }

  private final List<Side> sides;
  private final Side[] outer;
  private final Side middle;
  private final Side inner;
  private final int planes;

  private float[] from;
  private int fromBase;
  private float[] to;
  private int toBase;
  private final Task task = this::copy;

  /** Sides from the slowest to the fastest. */
  Staging(List<Side> sides) {
    this.sides = List.copyOf(sides);
    inner = sides.getLast();
    middle = sides.size() > 1 ? sides.get(sides.size() - 2) : new Side(0, 1, 1, 0);
    outer = sides.subList(0, Math.max(0, sides.size() - 2)).toArray(Side[]::new);
    int count = 1;
    for (Side side : outer) {
      count = Math.multiplyExact(count, side.length());
    }
    planes = count;
  }

  /** What decides how the copy looks. */
  List<Side> sides() {
    return sides;
  }

  /** Whether lines of the copy are lines of the operand. */
  boolean keepsLines() {
    return inner.elements() == 1;
  }

  int size() {
    return Math.multiplyExact(planes, Math.multiplyExact(middle.length(), inner.length()));
  }

  /** Whether this element of the copy stands for one of the operand. */
  boolean isInside(int index) {
    int rest = index;
    boolean inside = isInside(inner, rest % inner.length());
    rest /= inner.length();
    inside &= isInside(middle, rest % middle.length());
    rest /= middle.length();
    for (int i = outer.length - 1; i >= 0; i--) {
      inside &= isInside(outer[i], rest % outer[i].length());
      rest /= outer[i].length();
    }
    return inside;
  }

  private static boolean isInside(Side side, int coordinate) {
    return coordinate >= side.validFrom() && coordinate < side.validTo();
  }

  void run(float[] from, int fromBase, float[] to, int toBase) {
    this.from = from;
    this.fromBase = fromBase;
    this.to = to;
    this.toBase = toBase;
    int plane = middle.length() * inner.length();
    Pool.run(task, planes, Math.max(1, 16_384 / Math.max(1, plane)));
  }

  private void copy(int planeFrom, int planeTo) {
    int plane = middle.length() * inner.length();
    for (int p = planeFrom; p < planeTo; p++) {
      int source = fromBase;
      int rest = p;
      boolean inside = true;
      for (int i = outer.length - 1; i >= 0; i--) {
        Side side = outer[i];
        int coordinate = side.low() + rest % side.length();
        rest /= side.length();
        inside &= coordinate >= 0 && coordinate < side.size();
        source += coordinate * side.elements();
      }
      if (inside) {
        copyPlane(source, toBase + p * plane);
      } else {
        Arrays.fill(to, toBase + p * plane, toBase + (p + 1) * plane, 0);
      }
    }
  }

  private void copyPlane(int source, int target) {
    int width = inner.length();
    int xFrom = inner.validFrom();
    int count = inner.validTo() - xFrom;
    if (xFrom > 0 || count < width || middle.validFrom() > 0 || middle.validTo() < middle.length()) {
      Arrays.fill(to, target, target + middle.length() * width, 0);
    }
    int first = source + (inner.low() + xFrom) * inner.elements();
    if (inner.elements() != 1 && middle.elements() == 1) {
      int yFrom = middle.validFrom();
      TileKernels.CHOSEN.transpose(from, first + middle.low() + yFrom, inner.elements(), to,
          target + yFrom * width + xFrom, width, count, middle.validTo() - yFrom);
      return;
    }
    for (int y = middle.validFrom(); y < middle.validTo(); y++) {
      int line = target + y * width + xFrom;
      int s = first + (middle.low() + y) * middle.elements();
      if (inner.elements() == 1) {
        TileKernels.CHOSEN.copy(from, s, to, line, count);
      } else {
        for (int x = 0; x < count; x++) {
          to[line + x] = from[s + x * inner.elements()];
        }
      }
    }
  }
}
