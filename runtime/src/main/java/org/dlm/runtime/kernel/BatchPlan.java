package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How a contraction with the examples of a batch in the lanes is cut: lines of columns, panels of two vectors in a
 * line, and for each panel the pieces of depth in which it meets elements. What lies outside of an image is left out
 * instead of multiplied by zero.
 */
final class BatchPlan {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  static final int WIDTH = KERNELS.columns();

  /** Depth of a piece: its lines of the right operand stay in the first cache. */
  private static final int LONGEST = WIDTH >= 32 ? 192 : 256;

  /** Starting another piece of depth costs as much as so many steps of depth. */
  private static final int SHORTEST_GAP = 5;

  /** Floats of a block of the result, which is finished while it is in the second cache. */
  private static final int HOT = 32_768;

  /** Packed left operands of more floats do not stay in the second cache from panel to panel. */
  private static final int LARGE = 200_000;

  final Sides sides;
  final Interleaved image;
  final int examples;
  final int padded;
  final int rows;
  final int columns;
  final int steps;

  /** Batch axes that are not in the lanes. */
  final int[] leftBatch;
  final int[] rightBatch;
  final int[] outBatch;

  /** Number of the batch entry of the first example, and how far they are apart. */
  final int[] entry;
  final int entryStep;

  final int[] leftRows;
  final int[] outRows;
  final int[] tileRow;
  final int[] tileHeight;
  final int[] rightColumns;
  final int[] outColumns;
  final int outStep;
  final int[] leftDepth;
  final int[] rightDepth;

  /** Steps of depth in the order in which the left operand has them in memory. */
  final int[] packingOrder;

  /** The left operand has all rows of a step of depth together: packing goes from step to step, not from row to row. */
  final boolean depthOutside;

  /** The columns of line l are {@code lineFrom[l] .. lineFrom[l + 1]}; its panels {@code panelFrom[l] ..}. */
  final int[] lineFrom;
  final int[] panelFrom;

  /** Floats from the start of the line to that of the panel. */
  final int[] panelAt;

  /** The pieces of depth of panel p are {@code pieceFrom[p] .. pieceFrom[p + 1]}. */
  final int[] pieceFrom;
  final int[] pieceAt;
  final int[] pieceLength;

  /** The lines of block b are {@code blockFrom[b] .. blockFrom[b + 1]}. */
  final int[] blockFrom;
  final int tilesAGroup;
  final int tileGroups;
  final int blockFloats;

  /** For each block whether its columns lie side by side in the result. */
  final boolean[] sideBySide;

  /** The left operand may be packed before the first of many runs. */
  final boolean keeps;

  final double cost;

  private BatchPlan(Sides sides, Interleaved image, Set<String> taps, int wantedPieces, Kept kept) {
    this.sides = sides;
    this.image = image;
    examples = image.lanes().extent();
    padded = image.padded();
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    steps = Sides.extent(sides.depth());
    List<ContractionAxis> others = Interleaved.without(image.lanes(), sides.batch());
    leftBatch = sides.left().table(others);
    rightBatch = image.operand().table(others);
    outBatch = sides.out().table(others);
    entry = entries(sides.batch(), image.lanes());
    entryStep = Sides.extent(sides.batch().subList(sides.batch().indexOf(image.lanes()) + 1, sides.batch().size()));
    tileHeight = TilePlan.heights(rows);
    tileRow = new int[tileHeight.length];
    for (int t = 1; t < tileRow.length; t++) {
      tileRow[t] = tileRow[t - 1] + tileHeight[t - 1];
    }
    int paddedRows = tileRow[tileRow.length - 1] + tileHeight[tileRow.length - 1];
    leftRows = TilePlan.paddedTo(paddedRows, sides.left().table(sides.rows()));
    outRows = sides.out().table(sides.rows());
    rightColumns = image.operand().table(sides.columns());
    outColumns = sides.out().table(sides.columns());
    outStep = sides.out().stride(image.lanes());
    List<ContractionAxis> depth = new ArrayList<>(sides.depth());
    depth.sort(Comparator.comparing((ContractionAxis axis) -> !taps.contains(axis.name())));
    leftDepth = sides.left().table(depth);
    rightDepth = image.operand().table(depth);
    packingOrder = IntStream.range(0, steps).boxed().sorted(Comparator.comparingInt(k -> leftDepth[k]))
        .mapToInt(Integer::intValue).toArray();
    depthOutside = largestStride(sides.left(), depth) > largestStride(sides.left(), sides.rows());
    int[] tapOffsets = image.operand().table(depth.stream().filter(axis -> taps.contains(axis.name())).toList());
    int lineLength = image.line(sides.columns()) == null ? 1 : image.line(sides.columns()).extent();
    lineFrom = lines(lineLength, paddedRows);
    int lineCount = lineFrom.length - 1;
    panelFrom = new int[lineCount + 1];
    List<Integer> at = new ArrayList<>();
    Pieces pieces = new Pieces();
    for (int l = 0; l < lineCount; l++) {
      int floats = (lineFrom[l + 1] - lineFrom[l]) * padded;
      for (int f = 0; f < floats; f += WIDTH) {
        int start = Math.min(f, floats - WIDTH);
        at.add(start);
        pieces.add(meets(tapOffsets, lineFrom[l] + start / padded, lineFrom[l] + (start + WIDTH - 1) / padded),
            steps / tapOffsets.length);
      }
      panelFrom[l + 1] = at.size();
    }
    panelAt = at.stream().mapToInt(Integer::intValue).toArray();
    pieceFrom = pieces.from();
    pieceAt = pieces.starts();
    pieceLength = pieces.lengths();
    int blocks = blocks(lineCount, paddedRows, wantedPieces);
    blockFrom = new int[blocks + 1];
    for (int b = 0; b <= blocks; b++) {
      blockFrom[b] = (int) ((long) b * lineCount / blocks);
    }
    int grid = leftBatch.length * blocks;
    tilesAGroup = Math.ceilDiv(tileHeight.length, Math.clamp(wantedPieces / grid, 1, tileHeight.length));
    tileGroups = Math.ceilDiv(tileHeight.length, tilesAGroup);
    sideBySide = new boolean[blocks];
    int largest = 0;
    for (int b = 0; b < blocks; b++) {
      int from = lineFrom[blockFrom[b]];
      int to = lineFrom[blockFrom[b + 1]];
      largest = Math.max(largest, (to - from) * padded);
      sideBySide[b] = true;
      for (int c = from + 1; c < to; c++) {
        sideBySide[b] &= outColumns[c] == outColumns[c - 1] + 1;
      }
    }
    blockFloats = largest;
    double packing = leftPacking(paddedRows);
    double run = estimate(paddedRows) + packing;
    keeps = kept.rows(sides)
        && Kept.pays((long) TilePlan.distinct(leftBatch) * paddedRows * steps, packing, run);
    cost = keeps ? run - packing : run;
  }

  /** The plan, or null where no batch axis can be put in the lanes. */
  static BatchPlan of(Sides sides, List<Term> rightTerms, Map<String, ContractionAxis> axes, int wantedPieces,
      Kept kept, double limit) {
    Set<String> taps = new HashSet<>();
    for (Term term : rightTerms) {
      if (term instanceof Term.Window w) {
        taps.add(w.tap());
        taps.add(w.position());
      }
    }
    for (ContractionAxis axis : sides.batch()) {
      if (axis.extent() >= KERNELS.lanes() / 2 && sides.left().stride(axis) == 0 && sides.right().stride(axis) != 0) {
        Interleaved image = image(sides, rightTerms, axes, axis);
        double products = (double) Sides.extent(sides.batch()) * Sides.extent(sides.rows())
            * Sides.extent(sides.columns()) * Sides.extent(sides.depth()) / KERNELS.lanes();
        // A quarter of the products may be left out, seldom more.
        boolean worthALook = image != null && products * 0.3 < limit;
        return worthALook ? new BatchPlan(sides, image, taps, wantedPieces, kept) : null;
      }
    }
    return null;
  }

  /**
   * The copy of the right operand. Where lines go on from column to column their panels begin anywhere, and only a
   * nearly full last vector is filled up; else each column has panels of its own.
   */
  private static Interleaved image(Sides sides, List<Term> terms, Map<String, ContractionAxis> axes,
      ContractionAxis lanes) {
    for (int multiple : new int[] {KERNELS.lanes(), 1}) {
      Interleaved image = Interleaved.of(terms, axes, lanes, multiple);
      ContractionAxis line = image == null ? null : image.line(sides.columns());
      if (line != null && (long) line.extent() * image.padded() >= WIDTH) {
        return image;
      }
    }
    return Interleaved.of(terms, axes, lanes, WIDTH);
  }

  private static int largestStride(Operand operand, List<ContractionAxis> axes) {
    return axes.stream().mapToInt(axis -> Math.abs(operand.stride(axis))).max().orElse(0);
  }

  private static int[] entries(List<ContractionAxis> batch, ContractionAxis lanes) {
    int[] table = {0};
    for (ContractionAxis axis : batch) {
      int[] next = new int[axis.equals(lanes) ? table.length : table.length * axis.extent()];
      for (int i = 0; i < next.length; i++) {
        next[i] = axis.equals(lanes) ? table[i] * axis.extent()
            : table[i / axis.extent()] * axis.extent() + i % axis.extent();
      }
      table = next;
    }
    return table;
  }

  /** Where lines begin; long ones are cut so that a block is not larger than it should be. */
  private int[] lines(int lineLength, int paddedRows) {
    long shortest = Math.ceilDiv(WIDTH, padded);
    long most = Math.max(shortest, HOT / ((long) padded * paddedRows));
    int cuts = Math.toIntExact(Math.ceilDiv(lineLength, Math.min(lineLength, most)));
    int[] from = new int[columns / lineLength * cuts + 1];
    for (int l = 0; l < from.length; l++) {
      from[l] = l / cuts * lineLength + (int) ((long) (l % cuts) * lineLength / cuts);
    }
    return from;
  }

  private int blocks(int lineCount, int paddedRows, int wantedPieces) {
    long floats = (long) columns * padded * paddedRows;
    return (int) Math.clamp(Math.max(Math.ceilDiv(floats, HOT), Math.ceilDiv(wantedPieces, leftBatch.length)), 1,
        lineCount);
  }

  private boolean[] meets(int[] tapOffsets, int columnFrom, int columnTo) {
    boolean[] meets = new boolean[tapOffsets.length];
    for (int t = 0; t < meets.length; t++) {
      for (int c = columnFrom; c <= columnTo; c++) {
        meets[t] |= image.operand().isInside(rightColumns[c] + tapOffsets[t]);
      }
    }
    return meets;
  }

  /** The pieces of depth of one panel after the other. */
  private static final class Pieces {
    private final List<Integer> from = new ArrayList<>(List.of(0));
    private final List<Integer> at = new ArrayList<>();
    private final List<Integer> length = new ArrayList<>();

    /** Of a panel that meets these taps, each {@code stepsATap} long. */
    void add(boolean[] meets, int stepsATap) {
      int start = -1;
      int end = -1;
      for (int t = 0; t < meets.length; t++) {
        if (meets[t]) {
          if (start >= 0 && t * stepsATap - end > SHORTEST_GAP) {
            cut(start, end);
            start = -1;
          }
          start = start < 0 ? t * stepsATap : start;
          end = (t + 1) * stepsATap;
        }
      }
      cut(Math.max(0, start), Math.max(0, end));
      from.add(at.size());
    }

    private void cut(int start, int end) {
      int cuts = Math.max(1, Math.ceilDiv(end - start, LONGEST));
      for (int c = 0; c < cuts; c++) {
        int first = start + (int) ((long) c * (end - start) / cuts);
        at.add(first);
        length.add(start + (int) ((long) (c + 1) * (end - start) / cuts) - first);
      }
    }

    private static int[] array(List<Integer> list) {
      return list.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] from() {
      return array(from);
    }

    int[] starts() {
      return array(at);
    }

    int[] lengths() {
      return array(length);
    }
  }

  int paddedRows() {
    return leftRows.length;
  }

  private double leftPacking(int paddedRows) {
    double packed = (double) TilePlan.distinct(leftBatch) * paddedRows * steps;
    boolean large = (double) paddedRows * steps > LARGE;
    return packed * (large || depthOutside ? 6 : 2);
  }

  private double estimate(int paddedRows) {
    double perVector = KERNELS.lanes() >= 16 ? 1 : KERNELS.lanes() == 4 ? 1.5 : 0.5;
    double products = 2.0 * Arrays.stream(pieceLength).asLongStream().sum() * paddedRows * perVector;
    double calls = (double) pieceLength.length * tileHeight.length * 45;
    double leave = 0;
    for (int b = 0; b < sideBySide.length; b++) {
      leave += (double) (lineFrom[blockFrom[b + 1]] - lineFrom[blockFrom[b]]) * padded * (sideBySide[b] ? 0.9 : 1.5);
    }
    double floats = (double) paddedRows * steps;
    double far = floats > LARGE ? 0.5 * TilePlan.distinct(leftBatch) * floats * (pieceFrom.length - 1) : 0;
    return image.cost() + far + leftBatch.length * (products + calls + rows * leave);
  }
}
