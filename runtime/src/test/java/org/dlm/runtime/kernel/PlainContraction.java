package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/** The definition of a contraction as loops, one element after the other: slow, and right by inspection. */
final class PlainContraction {
  private final Contraction.Description description;
  private final List<ContractionAxis> batch;
  private final List<ContractionAxis> rows;
  private final List<ContractionAxis> columns;
  private final List<ContractionAxis> depth;
  private final Map<String, Integer> at = new HashMap<>();

  private PlainContraction(Contraction.Description description) {
    this.description = description;
    batch = axes(Role.BATCH);
    rows = axes(Role.ROW);
    columns = axes(Role.COLUMN);
    depth = axes(Role.DEPTH);
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
          int place = outBase + plain.offset(description.out());
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
          places[b][row][column] = outBase + plain.offset(description.out());
        }
      }
    }
    return places;
  }

  private double sum(float[] left, int leftBase, float[] right, int rightBase) {
    double sum = 0;
    for (int k = 0; k < extent(depth); k++) {
      move(depth, k);
      int l = offset(description.left());
      int r = offset(description.right());
      if (l != OUTSIDE && r != OUTSIDE) {
        sum += (double) left[leftBase + l] * right[rightBase + r];
      }
    }
    return sum;
  }

  private static final int OUTSIDE = Integer.MIN_VALUE;

  private int offset(List<Term> terms) {
    int offset = 0;
    for (Term term : terms) {
      switch (term) {
        case Term.Stride s -> offset += at.get(s.axis()) * s.elements();
        case Term.Window w -> {
          int u = at.get(w.position()) * w.stride() + at.get(w.tap()) * w.dilation() - w.padding();
          if (Math.floorMod(u, w.inputDilation()) != 0 || u < 0 || u / w.inputDilation() >= w.size()) {
            return OUTSIDE;
          }
          offset += u / w.inputDilation() * w.elements();
        }
      }
    }
    return offset;
  }

  private void move(List<ContractionAxis> group, int index) {
    for (int i = group.size() - 1; i >= 0; i--) {
      at.put(group.get(i).name(), index % group.get(i).extent());
      index /= group.get(i).extent();
    }
  }

  private List<ContractionAxis> axes(Role role) {
    List<ContractionAxis> found = new ArrayList<>();
    for (ContractionAxis axis : description.axes()) {
      if (axis.role() == role) {
        found.add(axis);
      }
    }
    return found;
  }

  private static int extent(List<ContractionAxis> group) {
    int extent = 1;
    for (ContractionAxis axis : group) {
      extent = Math.multiplyExact(extent, axis.extent());
    }
    return extent;
  }
}
