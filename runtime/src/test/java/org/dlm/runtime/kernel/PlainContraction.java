package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/** The definition of a contraction as loops, one element after the other: slow, and right by inspection. */
final class PlainContraction {
  private final Contraction.Description description;
  private final int[][] batch;
  private final int[][] rows;
  private final int[][] columns;
  private final int[][] depth;
  private final int[] at;
  private final int[][] left;
  private final int[][] right;
  private final int[][] out;

  private PlainContraction(Contraction.Description description) {
    this.description = description;
    batch = axes(Role.BATCH);
    rows = axes(Role.ROW);
    columns = axes(Role.COLUMN);
    depth = axes(Role.DEPTH);
    at = new int[description.axes().size()];
    left = terms(description.left());
    right = terms(description.right());
    out = terms(description.out());
  }

  /** Each term as the index of its axis and elements, or of its two axes and the numbers of the window. */
  private int[][] terms(List<Term> terms) {
    return terms.stream().map(term -> switch (term) {
      case Term.Stride s -> new int[] {index(s.axis()), s.elements()};
      case Term.Window w -> new int[] {index(w.position()), w.elements(), index(w.tap()), w.size(), w.stride(),
          w.dilation(), w.padding(), w.inputDilation()};
    }).toArray(int[][]::new);
  }

  private int index(String name) {
    for (int i = 0; i < at.length; i++) {
      if (description.axes().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new AssertionError(name);
  }

  /** The result as it should be in every element that the contraction writes, NaN in the others. */
  static double[] run(Contraction.Description description, float[] left, int leftBase, float[] right, int rightBase,
      float[] out, int outBase) {
    PlainContraction plain = new PlainContraction(description);
    double[] result = new double[out.length];
    Arrays.fill(result, Double.NaN);
    for (int b = 0; b < extent(plain.batch); b++) {
      for (int row = 0; row < extent(plain.rows); row++) {
        for (int column = 0; column < extent(plain.columns); column++) {
          plain.move(plain.batch, b);
          plain.move(plain.rows, row);
          plain.move(plain.columns, column);
          int place = outBase + plain.offset(plain.out);
          result[place] = (description.accumulate() ? out[place] : 0) + plain.sum(left, leftBase, right, rightBase);
        }
      }
    }
    return result;
  }

  /** Where each element of the result is, by batch entry, row and column. */
  static int[][][] places(Contraction.Description description, int outBase) {
    PlainContraction plain = new PlainContraction(description);
    int[][][] places = new int[extent(plain.batch)][extent(plain.rows)][extent(plain.columns)];
    for (int b = 0; b < places.length; b++) {
      for (int row = 0; row < places[b].length; row++) {
        for (int column = 0; column < places[b][row].length; column++) {
          plain.move(plain.batch, b);
          plain.move(plain.rows, row);
          plain.move(plain.columns, column);
          places[b][row][column] = outBase + plain.offset(plain.out);
        }
      }
    }
    return places;
  }

  private double sum(float[] leftData, int leftBase, float[] rightData, int rightBase) {
    double sum = 0;
    for (int k = 0; k < extent(depth); k++) {
      move(depth, k);
      int l = offset(left);
      int r = offset(right);
      if (l != OUTSIDE && r != OUTSIDE) {
        sum += (double) leftData[leftBase + l] * rightData[rightBase + r];
      }
    }
    return sum;
  }

  private static final int OUTSIDE = Integer.MIN_VALUE;

  private int offset(int[][] terms) {
    int offset = 0;
    for (int[] t : terms) {
      if (t.length == 2) {
        offset += at[t[0]] * t[1];
      } else {
        int u = at[t[0]] * t[4] + at[t[2]] * t[5] - t[6];
        if (Math.floorMod(u, t[7]) != 0 || u < 0 || u / t[7] >= t[3]) {
          return OUTSIDE;
        }
        offset += u / t[7] * t[1];
      }
    }
    return offset;
  }

  private void move(int[][] group, int index) {
    for (int i = group.length - 1; i >= 0; i--) {
      at[group[i][0]] = index % group[i][1];
      index /= group[i][1];
    }
  }

  /** Index and extent of each axis of a group. */
  private int[][] axes(Role role) {
    List<int[]> found = new ArrayList<>();
    for (int i = 0; i < description.axes().size(); i++) {
      ContractionAxis axis = description.axes().get(i);
      if (axis.role() == role) {
        found.add(new int[] {i, axis.extent()});
      }
    }
    return found.toArray(int[][]::new);
  }

  private static int extent(int[][] group) {
    int extent = 1;
    for (int[] axis : group) {
      extent = Math.multiplyExact(extent, axis[1]);
    }
    return extent;
  }
}
