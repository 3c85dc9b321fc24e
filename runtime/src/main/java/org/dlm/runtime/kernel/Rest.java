package org.dlm.runtime.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left to do around the sums of a contraction: zeros where nothing is summed, and the end where no route calls
 * it.
 */
final class Rest implements Route {
  private final boolean zeros;
  private final int[] batch;
  private final int[] rows;
  private final int[] columns;
  private final int grain;

  private float[] out;
  private int outBase;
  private End end;
  private final Task zero = this::zero;
  private final Task finish = this::finish;

  Rest(Contraction.Description description, boolean zeros) {
    Map<String, ContractionAxis> axes = new LinkedHashMap<>();
    description.axes().forEach(axis -> axes.put(axis.name(), axis));
    Operand result = Operand.of(description.out(), axes);
    batch = table(result, axes, ContractionAxis.Role.BATCH);
    rows = table(result, axes, ContractionAxis.Role.ROW);
    columns = table(result, axes, ContractionAxis.Role.COLUMN);
    this.zeros = zeros && columns.length > 0;
    grain = Math.max(1, 16_384 / Math.max(1, columns.length));
  }

  private static int[] table(Operand result, Map<String, ContractionAxis> axes, ContractionAxis.Role role) {
    List<ContractionAxis> group = axes.values().stream().filter(axis -> axis.role() == role).toList();
    return result.table(group);
  }

  @Override
  public String toString() {
    return "nothing to sum";
  }

  @Override
  public double cost() {
    return 0;
  }

  @Override
  public long workspaceFloats() {
    return 0;
  }

  /** Where there is no depth: zeros, or nothing to add, and the end. */
  @Override
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    zero(out, outBase);
    end(end);
  }

  void zero(float[] out, int outBase) {
    if (zeros) {
      this.out = out;
      this.outBase = outBase;
      Pool.run(zero, batch.length * rows.length, grain);
    }
  }

  void end(End end) {
    if (end != null && columns.length > 0) {
      this.end = end;
      Pool.run(finish, batch.length * rows.length, grain);
    }
  }

  private void zero(int from, int to) {
    for (int i = from; i < to; i++) {
      int line = outBase + batch[i / rows.length] + rows[i % rows.length];
      for (int column : columns) {
        out[line + column] = 0;
      }
    }
  }

  private void finish(int from, int to) {
    for (int i = from; i < to; ) {
      int row = i % rows.length;
      int stop = Math.min(to, i - row + rows.length);
      end.apply(i / rows.length, row, row + stop - i, 0, columns.length);
      i = stop;
    }
  }
}
