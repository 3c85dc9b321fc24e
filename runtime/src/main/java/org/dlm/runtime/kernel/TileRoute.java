package org.dlm.runtime.kernel;

/**
 * Runs a contraction tile by tile: panels of the right operand are packed (or read in place), and the tiles of left
 * rows sweep over each panel while it is in the cache.
 */
final class TileRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int WIDTH = KERNELS.columns();

  /** Prepacking a right operand larger than this would cost more memory than packing some panels twice costs time. */
  private static final long PREPACK_LIMIT = 8L << 20;

  /** Floats of a packed right operand that a second or third cache holds while blocks of left rows sweep over it. */
  private static final long NEAR = 1L << 20;

  /** Floats of a block of left rows that stays in the second cache while all panels are done with it. */
  private static final int NEAR_ROWS = 65_536;

  /** Rows of such a block, at most: their lines of the result lie in as many pages of memory. */
  private static final int FEW_ROWS = 128;

  /** Floats of a finished block that are still in the second cache. */
  private static final int HOT = 32_768;

  /** Tiles or panels that are packed side by side: what they are made of then is read in lines of a thousand bytes. */
  private static final int TILES_TOGETHER = 32;
  private static final int PANELS_TOGETHER = 8;

  /** Steps of depth of a piece of packing. */
  private static final int CHUNK = 128;

  /** Floats between packed tiles: at powers of two all of them would meet in the same few places of the caches. */
  private static final int APART = 16;

  private final TilePlan plan;

  private final int panelGroups;
  private final int panelsAGroup;
  private final int tileGroups;
  private final int tilesAGroup;
  private final int splits;
  private final boolean prepack;
  private final long leftPackedAt;
  private final long rightPackedAt;
  private final long partialAt;

  /** Where what is packed in each run ends, and where it would without the operand that is kept. */
  private final long packedTo;
  private final long keptTo;
  private final long partialSize;
  private final int endPanels;

  private final int keptSize;

  /** Where the lines of a packed panel begin, which are also those of a tile. */
  private final int[] lines;

  private final Task packLeft = this::packLeft;
  private final Task packRight = this::packRight;
  private final Task pieces = this::pieces;
  private final Task sums = this::sums;

  TileRoute(TilePlan plan, Workspace workspace, int reserved, boolean accumulate) {
    super(plan.sides, workspace, accumulate);
    this.plan = plan;
    int tiles = plan.tileHeight.length;
    long perBatch = plan.work() / plan.batches;
    int wanted = (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(perBatch, plan.pieceWork()));
    long rightSize = (long) TilePlan.distinct(plan.rightBatch) * plan.panels * panelFloats();
    boolean byRows = plan.leftInPlace && plan.batches == 1 && plan.rows > FEW_ROWS && rightSize <= NEAR;
    boolean acrossRows = isMostlyResult(plan);
    if (acrossRows) {
      tilesAGroup = Math.ceilDiv(tiles, Math.min(wanted, 16));
    } else if (byRows) {
      int rowsAGroup = Math.clamp(NEAR_ROWS / plan.depth.steps(), FEW_ROWS / 4, FEW_ROWS);
      tilesAGroup = Math.min(Math.ceilDiv(rowsAGroup, plan.tileHeight[0]), Math.ceilDiv(tiles, Math.min(wanted, 8)));
    } else {
      int groups = Math.ceilDiv(plan.panels, Math.ceilDiv(plan.panels, Math.min(plan.panels, wanted)));
      int wantedTileGroups = Math.clamp(Math.ceilDiv(Math.min(wanted, Math.max(1, 24 / plan.batches)), groups), 1,
          Math.ceilDiv(tiles, groups >= 8 ? 4 : 2));
      tilesAGroup = Math.ceilDiv(tiles, wantedTileGroups);
    }
    tileGroups = Math.ceilDiv(tiles, tilesAGroup);
    int wantedPanelGroups = byRows || acrossRows
        ? Math.clamp(Math.ceilDiv(Math.min(wanted, 16), tileGroups), 1, plan.panels)
        : Math.min(plan.panels, wanted);
    int panels = Math.ceilDiv(plan.panels, wantedPanelGroups);
    panelsAGroup = plan.batches * tileGroups == 1 ? Route.evenGrain(plan.panels, panels) : panels;
    panelGroups = Math.ceilDiv(plan.panels, panelsAGroup);
    int grid = plan.batches * panelGroups * tileGroups;
    splits = Math.clamp(Math.ceilDiv(Math.min(wanted, 16), grid), 1, Math.max(1, plan.blockFrom.length / 2));
    boolean again = tileGroups > 1 || TilePlan.distinct(plan.rightBatch) < plan.batches;
    prepack = again && rightSize <= PREPACK_LIMIT;
    long leftSize = plan.leftInPlace ? 0 : (long) TilePlan.distinct(plan.leftBatch) * packedFloats();
    partialSize = (long) plan.batches * plan.panels * plan.paddedRows() * WIDTH;
    partialAt = aligned(reserved);
    long behind = partialAt + (splits > 1 ? splits * partialSize : 0);
    // The one that may be kept comes last.
    long right = prepack ? rightSize + KERNELS.lanes() : 0;
    leftPackedAt = aligned(plan.leftKept ? aligned(behind) + right : behind);
    rightPackedAt = aligned(plan.leftKept ? behind : aligned(behind) + leftSize);
    packedTo = Math.max(leftPackedAt + leftSize, rightPackedAt + right);
    keptTo = Math.min(leftPackedAt, rightPackedAt) + (plan.leftKept ? right : leftSize);
    keptSize = TileScratch.ALIGNED + Math.toIntExact(plan.leftKept ? leftSize : plan.rightKept ? rightSize : 0);
    lines = new int[Math.max(plan.paddedRows(), plan.longestBlock)];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i * WIDTH;
    }
    endPanels = Math.max(1, HOT / (WIDTH * Math.min(plan.rows, tilesAGroup * plan.tileHeight[0])));
  }

  /**
   * Whether most of what moves is the result, as in the gradient of a layer's weights for few examples: every core then
   * writes some of its rows, which are the parameters that it also updates and later multiplies with.
   */
  private static boolean isMostlyResult(TilePlan plan) {
    long operands = (plan.rows + (long) plan.columns) * plan.depth.steps();
    return plan.batches == 1 && (long) plan.rows * plan.columns > operands && plan.rows >= 128
        && Math.abs(plan.outRows[1] - plan.outRows[0]) >= plan.columns;
  }

  private static long aligned(long at) {
    return Math.ceilDiv(at, 16) * 16 + TileScratch.ALIGNED;
  }

  @Override
  public String toString() {
    return "tiles" + (sides.transposed() ? ", transposed" : "") + ", left " + plan.leftRead() + ", right "
        + plan.rightRead() + (prepack ? " before" : "") + ", " + panelGroups + "x" + tileGroups + "x" + splits
        + " pieces a batch entry of " + plan.batches;
  }

  @Override
  public long workspaceFloats() {
    return plan.keeps ? keptTo : packedTo;
  }

  @Override
  public void makeRoom() {
    if (plan.keeps && kept == null) {
      workspace.reserve(Math.toIntExact(packedTo));
    }
  }

  @Override
  public double cost() {
    return plan.cost;
  }

  @Override
  void run() {
    if (!plan.leftInPlace && !keepsLeft()) {
      packLeft();
    }
    if (prepack && !keepsRight()) {
      packRight();
    }
    int count = plan.batches * panelGroups * tileGroups * splits;
    Pool.run(pieces, count, Math.clamp(plan.pieceWork() * count / Math.max(1, plan.work()), 1, count));
    if (splits > 1) {
      Pool.run(sums, plan.batches * plan.tileHeight.length, Math.max(1, 16_384 / (plan.panels * WIDTH * 8 * splits)));
    }
  }

  @Override
  void keep() {
    if (plan.keeps) {
      kept = kept == null ? new float[keptSize] : kept;
      if (plan.leftKept) {
        packLeft();
      } else {
        packRight();
      }
    }
  }

  private boolean keepsLeft() {
    return kept != null && plan.leftKept;
  }

  private boolean keepsRight() {
    return kept != null && plan.rightKept;
  }

  private void packLeft() {
    int chunk = Math.min(TILES_TOGETHER, plan.tileHeight.length) * Math.min(CHUNK, plan.depth.steps());
    Pool.run(packLeft, TilePlan.distinct(plan.leftBatch) * chunks() * leftGroups(), Math.max(1, 4096 / chunk));
  }

  private void packRight() {
    int chunk = Math.min(PANELS_TOGETHER, plan.panels) * Math.min(CHUNK, plan.depth.steps());
    Pool.run(packRight, TilePlan.distinct(plan.rightBatch) * chunks() * rightGroups(),
        Math.max(1, 16_384 / WIDTH / chunk));
  }

  /** Into how many pieces packing cuts the depth, and the tiles and panels. */
  private int chunks() {
    return Math.ceilDiv(plan.depth.steps(), CHUNK);
  }

  private int leftGroups() {
    return Math.ceilDiv(plan.tileHeight.length, TILES_TOGETHER);
  }

  private int rightGroups() {
    return Math.ceilDiv(plan.panels, PANELS_TOGETHER);
  }

  /** Where the packed left operand is. */
  private float[] packedLeft() {
    return keepsLeft() ? kept : workspace.floats();
  }

  /** Where the packed right operand is. */
  private float[] packedRight() {
    return keepsRight() ? kept : workspace.floats();
  }

  private void packLeft(int from, int to) {
    for (int i = from; i < to; i++) {
      int batch = i / chunks() / leftGroups();
      int k = i / leftGroups() % chunks() * CHUNK;
      int tile = i % leftGroups() * TILES_TOGETHER;
      Packing.tiles(plan, tile, Math.min(tile + TILES_TOGETHER, plan.tileHeight.length), a,
          aBase + plan.leftBatch[batch], k, Math.min(CHUNK, plan.depth.steps() - k), packedLeft(),
          leftPacked(batch, tile), APART);
    }
  }

  private int leftPacked(int batch, int t) {
    int entry = TilePlan.distinct(plan.leftBatch) == 1 ? 0 : batch;
    return (keepsLeft() ? TileScratch.ALIGNED : (int) leftPackedAt) + entry * packedFloats()
        + plan.tileRow[t] * plan.depth.steps() + t * APART;
  }

  /** From one packed panel to the next, a line of it apart. */
  private int panelFloats() {
    return (plan.depth.steps() + 1) * WIDTH;
  }

  private int packedFloats() {
    return plan.paddedRows() * plan.depth.steps() + plan.tileHeight.length * APART;
  }

  private void packRight(int from, int to) {
    for (int i = from; i < to; i++) {
      int batch = i / chunks() / rightGroups();
      int k = i / rightGroups() % chunks() * CHUNK;
      int p = i % rightGroups() * PANELS_TOGETHER;
      packRight(batch, p, Math.min(p + PANELS_TOGETHER, plan.panels), k, Math.min(CHUNK, plan.depth.steps() - k));
    }
  }

  private void packRight(int batch, int panelFrom, int panelTo, int k, int depth) {
    int base = bBase + plan.rightBatch[batch];
    int p = panelFrom;
    if (plan.evenPanels > panelFrom && !plan.rightInPlace) {
      p = Math.min(panelTo, plan.evenPanels);
      KERNELS.packPanels(b, base + plan.order.right()[plan.order.panelStart()[panelFrom]], plan.depth.right(), k, depth,
          p - panelFrom, packedRight(), rightPacked(batch, panelFrom) + k * WIDTH, panelFloats());
    }
    for (; p < panelTo; p++) {
      if (!inPlace(p)) {
        // In the scratch panel first: what the last vector writes past a block must not hit its neighbour, who may be
        // another thread's.
        TileScratch scratch = TileScratch.of(Packing.panelSize(CHUNK), 0);
        Packing.panel(plan, p, b, base, k, depth, scratch.panel, TileScratch.ALIGNED);
        System.arraycopy(scratch.panel, TileScratch.ALIGNED, packedRight(), rightPacked(batch, p) + k * WIDTH,
            depth * WIDTH);
      }
    }
  }

  private int rightPacked(int batch, int p) {
    int entry = TilePlan.distinct(plan.rightBatch) == 1 ? 0 : batch;
    return (keepsRight() ? TileScratch.ALIGNED : (int) rightPackedAt) + (entry * plan.panels + p) * panelFloats();
  }

  private boolean inPlace(int p) {
    return plan.rightInPlace && plan.consecutive[p];
  }

  private void pieces(int from, int to) {
    for (int i = from; i < to; i++) {
      int split = i % splits;
      int rest = i / splits;
      // The operand that is larger comes from outside: every core reads some of it, and all of the other one.
      boolean rowsOutside = plan.rows > plan.columns;
      int inside = rest % (rowsOutside ? panelGroups : tileGroups);
      rest /= rowsOutside ? panelGroups : tileGroups;
      int outside = rest % (rowsOutside ? tileGroups : panelGroups);
      int tileGroup = rowsOutside ? outside : inside;
      int panelGroup = rowsOutside ? inside : outside;
      piece(rest / (rowsOutside ? tileGroups : panelGroups), panelGroup * panelsAGroup,
          Math.min(plan.panels, (panelGroup + 1) * panelsAGroup),
          tileGroup * tilesAGroup, Math.min(plan.tileHeight.length, (tileGroup + 1) * tilesAGroup), split);
    }
  }

  private void piece(int batch, int panelFrom, int panelTo, int tileFrom, int tileTo, int split) {
    int blockFrom = (int) ((long) split * plan.blockFrom.length / splits);
    int blockTo = (int) ((long) (split + 1) * plan.blockFrom.length / splits);
    int rowFrom = plan.tileRow[tileFrom];
    int rowTo = Math.min(plan.rows, plan.tileRow[tileTo - 1] + plan.tileHeight[tileTo - 1]);
    int tileRows = plan.tileRow[tileTo - 1] + plan.tileHeight[tileTo - 1] - rowFrom;
    TileScratch scratch = TileScratch.of(Packing.panelSize(plan.longestBlock), tileRows * WIDTH);
    int notEnded = panelFrom;
    for (int p = panelFrom; p < panelTo; p++) {
      for (int block = blockFrom; block < blockTo; block++) {
        sweep(scratch, batch, p, block, block > blockFrom, tileFrom, tileTo, split);
      }
      if (splits == 1) {
        leave(scratch, batch, p, tileFrom, tileTo);
        if (end != null && (p + 1 == panelTo || p + 1 - notEnded >= endPanels)) {
          plan.sides.finish(end, batch, rowFrom, rowTo, plan.order.realBefore()[notEnded],
              plan.order.realBefore()[p + 1], plan.columnsAnEntry);
          notEnded = p + 1;
        }
      }
    }
  }

  /** All tiles of left rows over one block of depth of one panel. */
  private void sweep(TileScratch scratch, int batch, int p, int block, boolean more, int tileFrom, int tileTo,
      int split) {
    int k = plan.blockFrom[block];
    int depth = plan.blockLength[block];
    float[] panel = b;
    int panelAt = bBase + plan.rightBatch[batch] + plan.order.right()[plan.order.panelStart()[p]];
    int[] panelDepth = plan.depth.right();
    int panelStep = k;
    if (!inPlace(p)) {
      panelDepth = lines;
      panelStep = 0;
      if (prepack || keepsRight()) {
        panel = packedRight();
        panelAt = rightPacked(batch, p) + k * WIDTH;
      } else {
        panel = scratch.panel;
        panelAt = TileScratch.ALIGNED;
        Packing.panel(plan, p, b, bBase + plan.rightBatch[batch], k, depth, panel, panelAt);
      }
    }
    for (int t = tileFrom; t < tileTo; t++) {
      int row = plan.tileRow[t];
      int height = plan.tileHeight[t];
      float[] c = out;
      int cBase;
      int[] cRows = plan.outRows;
      boolean add = more;
      if (splits > 1) {
        c = workspace.floats();
        cBase = (int) (partialAt + split * partialSize) + (batch * plan.panels + p) * plan.paddedRows() * WIDTH;
        cRows = lines;
      } else if (leavesDirectly(p, t)) {
        cBase = outBase + plan.outBatch[batch] + plan.order.out()[plan.order.panelStart()[p]];
        add |= accumulate;
      } else {
        c = scratch.tiles;
        cBase = TileScratch.ALIGNED - plan.tileRow[tileFrom] * WIDTH;
        cRows = lines;
      }
      int left = aBase + plan.leftBatch[batch] + plan.depth.left()[k];
      boolean narrow = plan.narrow(p) && height == 8;
      if (plan.leftInPlace && narrow) {
        KERNELS.narrowRows(a, left, plan.leftRows, row, panel, panelAt, depth, c, cBase, cRows, row, add);
      } else if (plan.leftInPlace) {
        KERNELS.rows(height, a, left, plan.leftRows, row, panel, panelAt, depth, c, cBase, cRows, row, add);
      } else if (narrow) {
        KERNELS.narrowPacked(packedLeft(), leftPacked(batch, t) + k * height, panel, panelAt, depth, c, cBase,
            cRows, row, add);
      } else {
        KERNELS.packed(height, packedLeft(), leftPacked(batch, t) + k * height, panel, panelAt, panelDepth,
            panelStep, depth, c, cBase, cRows, row, add);
      }
    }
  }

  private boolean leavesDirectly(int p, int t) {
    return plan.direct[p] && plan.tileRow[t] + plan.tileHeight[t] <= plan.rows;
  }

  /** Copies the tiles that are not in the result yet. */
  private void leave(TileScratch scratch, int batch, int p, int tileFrom, int tileTo) {
    int first = plan.tileRow[tileFrom];
    for (int t = tileFrom; t < tileTo; t++) {
      if (!leavesDirectly(p, t)) {
        int row = plan.tileRow[t];
        int height = Math.min(plan.rows - row, plan.tileHeight[t]);
        Leaving.copy(plan, p, scratch.tiles, TileScratch.ALIGNED + (row - first) * WIDTH, out,
            outBase + plan.outBatch[batch], row, height, accumulate);
      }
    }
  }

  /** Adds up the partial sums of the splits of depth, in their order. */
  private void sums(int from, int to) {
    int tiles = plan.tileHeight.length;
    for (int i = from; i < to; i++) {
      int batch = i / tiles;
      int row = plan.tileRow[i % tiles];
      int height = Math.min(plan.rows - row, plan.tileHeight[i % tiles]);
      for (int p = 0; p < plan.panels; p++) {
        int at = (int) partialAt + ((batch * plan.panels + p) * plan.paddedRows() + row) * WIDTH;
        Leaving.sum(workspace.floats(), at, height * WIDTH, splits, (int) partialSize);
        Leaving.copy(plan, p, workspace.floats(), at, out, outBase + plan.outBatch[batch], row, height, accumulate);
      }
      if (end != null) {
        plan.sides.finish(end, batch, row, row + height, 0, plan.columns, plan.columnsAnEntry);
      }
    }
  }
}
