package org.dlm.runtime.kernel;

import org.dlm.runtime.kernel.WinogradTransforms.Walk;

/**
 * Runs the gradient of 3x3 filters by the transpose of Winograd's F(4x4, 3x3): tiles of the image and of the map are
 * transformed, multiplied and summed over all tiles, and only the sums are transformed back. Tiles come in chunks, so
 * that their transforms stay in the last cache whatever the batch.
 */
final class WinogradFilterRoute implements Route {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final WinogradTransforms TRANSFORMS = WinogradTransforms.CHOSEN;
  private static final int WIDTH = KERNELS.columns();
  private static final int LANES = TRANSFORMS.lanes();
  private static final int HEIGHT = TRANSFORMS.mapLanes();
  private static final int PLACES = WinogradTransforms.PLACES;
  private static final int IN = WinogradTransforms.IN;
  private static final int OUT = WinogradTransforms.OUT;
  private static final int TAPS = 3;

  /** Floats of the transformed tiles of a chunk. */
  private static final int CHUNK = 2 << 20;

  /** Tiles of a chunk: of that many, a panel of one place stays in the first cache. */
  private static final int MOST_TILES = 256;

  /** Tiles that are transformed in one go. */
  private static final int TILES_A_TURN = 16;

  /** Floats of sums of a tile of rows with a panel. */
  private static final int SUM_PLACE = WinogradTransforms.place(HEIGHT * WIDTH);
  private static final int SUMS = PLACES * SUM_PLACE;

  private final WinogradForm form;
  private final Workspace workspace;
  private final boolean accumulate;
  private final int channels;
  private final int rows;
  private final int panels;
  private final int blocks;
  private final int blocksAPiece;
  private final WinogradStrips chunks;
  private final int capacity;

  /** Floats from place to place, of the transformed image and map. */
  private final int imagePlace;
  private final int mapPlace;
  private final int stripsATurn;
  private final int imageAt;
  private final int mapAt;
  private final int sumsAt;
  private final int imageLine;
  private final int mapLine;
  private final int pixelsAt = TileScratch.ALIGNED;
  private final int linesAt;
  private final int scratchFloats;
  private final int[] panelDepth;
  private final int[] sumRows;
  private final Walk imageDown;
  private final Walk imageAcross;
  private final Walk mapDown;
  private final Walk mapAcross;
  private final Walk tapsDown;
  private final Walk tapsAcross;

  private float[] image;
  private int imageBase;
  private float[] map;
  private int mapBase;
  private float[] out;
  private int outBase;
  private End end;
  private int chunk;
  private final Task transform = this::transform;
  private final Task multiply = this::multiply;
  private final Task finish = this::finish;

  private WinogradFilterRoute(WinogradForm form, Workspace workspace, boolean accumulate) {
    this.form = form;
    this.workspace = workspace;
    this.accumulate = accumulate;
    channels = form.image().channels().length;
    rows = form.map().channels().length;
    panels = Math.ceilDiv(channels, WIDTH);
    blocks = Math.ceilDiv(rows, HEIGHT);
    blocksAPiece = Math.clamp(panels * blocks / 8, 1, 7);
    int most = Math.clamp(CHUNK / (PLACES * (channels + rows)), 16, MOST_TILES);
    chunks = WinogradStrips.of(form.map().images().length, form.map().height(), form.map().width(), most);
    capacity = chunks.tilesAPiece();
    stripsATurn = Math.max(1, TILES_A_TURN / chunks.tilesX());
    imageAt = TileScratch.ALIGNED;
    imagePlace = WinogradTransforms.place(capacity * WIDTH);
    mapPlace = WinogradTransforms.place(capacity * HEIGHT);
    mapAt = imageAt + panels * PLACES * imagePlace;
    sumsAt = mapAt + blocks * PLACES * mapPlace;
    imageLine = (chunks.tilesX() * OUT + IN - OUT) * LANES;
    mapLine = chunks.tilesX() * OUT * HEIGHT;
    linesAt = aligned(pixelsAt + Math.max(Math.max(IN * imageLine, OUT * mapLine), HEIGHT * 9 * LANES));
    scratchFloats = linesAt + Math.max(Math.max(IN * imageLine, IN * mapLine), HEIGHT * 18 * LANES);
    panelDepth = steps(capacity);
    sumRows = steps(HEIGHT);
    imageDown = new Walk(imageLine, 0, LANES, imageLine, 0, LANES);
    imageAcross = new Walk(LANES, imageLine, OUT * LANES, imagePlace, IN * imagePlace, WIDTH);
    mapDown = new Walk(mapLine, 0, HEIGHT, mapLine, 0, HEIGHT);
    mapAcross = new Walk(HEIGHT, mapLine, OUT * HEIGHT, mapPlace, IN * mapPlace, HEIGHT);
    tapsDown = new Walk(IN * SUM_PLACE, WIDTH, SUM_PLACE, IN * LANES, TAPS * IN * LANES, LANES);
    tapsAcross = new Walk(LANES, TAPS * IN * LANES, IN * LANES, LANES, TAPS * TAPS * LANES, TAPS * LANES);
  }

  private static int aligned(int at) {
    return Math.ceilDiv(at, 16) * 16 + TileScratch.ALIGNED;
  }

  private static int[] steps(int count) {
    int[] steps = new int[count];
    for (int i = 0; i < count; i++) {
      steps[i] = i * WIDTH;
    }
    return steps;
  }

  /** The route for a contraction, or null where it is no gradient of 3x3 filters. */
  static WinogradFilterRoute of(Contraction.Description description, Workspace workspace, boolean accumulate) {
    WinogradForm form = WinogradForm.of(description);
    return form == null || !form.ofFilter() ? null : new WinogradFilterRoute(form, workspace, accumulate);
  }

  @Override
  public String toString() {
    return "Winograd gradient of filters";
  }

  @Override
  public long workspaceFloats() {
    return sumsAt + (chunks.pieces() > 1 ? (long) panels * blocks * SUMS : 0);
  }

  /** Estimated cycles. */
  @Override
  public double cost() {
    double perVector = LANES >= 16 ? 1 : LANES == 4 ? 1.5 : 0.5;
    double tiles = chunks.tilesBefore(chunks.strips());
    double rowsDone = blocks * HEIGHT;
    double products = PLACES * tiles * rowsDone * panels * 2 * perVector * 1.1;
    double calls = (double) PLACES * chunks.pieces() * blocks * panels * 60;
    double transforms = tiles * (panels * WIDTH + rowsDone) * 35;
    double leaving = rowsDone * panels * WIDTH * 16;
    return products + calls + transforms + leaving;
  }

  @Override
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    image = form.imageLeft() ? left : right;
    imageBase = form.imageLeft() ? leftBase : rightBase;
    map = form.imageLeft() ? right : left;
    mapBase = form.imageLeft() ? rightBase : leftBase;
    this.out = out;
    this.outBase = outBase;
    this.end = end;
    for (chunk = 0; chunk < chunks.pieces(); chunk++) {
      int strips = lastStrip() - firstStrip();
      Pool.run(transform, (panels * WIDTH / LANES + blocks) * Math.ceilDiv(strips, stripsATurn), 1);
      Pool.run(multiply, panels * Math.ceilDiv(blocks, blocksAPiece), 1);
    }
    if (end != null) {
      Pool.run(finish, rows, Math.max(1, 16_384 / (9 * channels)));
    }
  }

  private int firstStrip() {
    return chunk * chunks.stripsAPiece();
  }

  private int lastStrip() {
    return Math.min(chunks.strips(), firstStrip() + chunks.stripsAPiece());
  }

  /** Turns through the strips, for each vector of channels of the image and then for each of rows of the map. */
  private void transform(int from, int to) {
    int turns = Math.ceilDiv(lastStrip() - firstStrip(), stripsATurn);
    int vectors = panels * WIDTH / LANES;
    float[] scratch = TileScratch.of(0, scratchFloats).tiles;
    for (int i = from; i < to; i++) {
      int first = firstStrip() + i % turns * stripsATurn;
      int last = Math.min(lastStrip(), first + stripsATurn);
      int vector = i / turns;
      for (int strip = first; strip < last; strip++) {
        if (vector >= vectors) {
          transformMap(scratch, (vector - vectors) * HEIGHT, strip);
        } else if (vector * LANES < channels) {
          transformImage(scratch, vector * LANES, strip, strip > first && chunks.follows(strip));
        }
      }
    }
  }

  private int tileInChunk(int strip) {
    return chunks.tilesBefore(strip) - chunks.tilesBefore(firstStrip());
  }

  private void transformImage(float[] scratch, int channel, int strip, boolean below) {
    WinogradPixels.image(image, imageBase, form, chunks, strip, below, channel, LANES, scratch, pixelsAt);
    TRANSFORMS.image(scratch, pixelsAt, scratch, linesAt, imageDown, 1, imageLine / LANES);
    int target = imageAt + channel / WIDTH * PLACES * imagePlace + tileInChunk(strip) * WIDTH + channel % WIDTH;
    TRANSFORMS.image(scratch, linesAt, workspace.floats(), target, imageAcross, IN, chunks.tiles(strip));
  }

  private void transformMap(float[] scratch, int row, int strip) {
    int columns = mapLine / HEIGHT;
    WinogradPixels.gather(map, mapBase + form.map().images()[chunks.image(strip)], form.map(), row, HEIGHT,
        chunks.y(strip), chunks.x(strip), OUT, columns, scratch, pixelsAt);
    TRANSFORMS.map(scratch, pixelsAt, scratch, linesAt, mapDown, 1, columns);
    int target = mapAt + row / HEIGHT * PLACES * mapPlace + tileInChunk(strip) * HEIGHT;
    TRANSFORMS.map(scratch, linesAt, workspace.floats(), target, mapAcross, IN, chunks.tiles(strip));
  }

  /** Products of some blocks of rows with a panel of channels, summed over the chunk; behind the last one the taps. */
  private void multiply(int from, int to) {
    int groups = Math.ceilDiv(blocks, blocksAPiece);
    TileScratch scratch = TileScratch.of(blocksAPiece * SUMS, scratchFloats);
    boolean one = chunks.pieces() == 1;
    float[] sums = one ? scratch.panel : workspace.floats();
    for (int i = from; i < to; i++) {
      int panel = i / groups;
      int first = i % groups * blocksAPiece;
      int last = Math.min(blocks, first + blocksAPiece);
      int at = one ? TileScratch.ALIGNED : sumsAt + (panel * blocks + first) * SUMS;
      multiply(panel, first, last, sums, at);
      if (chunk == chunks.pieces() - 1) {
        for (int block = first; block < last; block++) {
          transformSums(sums, at + (block - first) * SUMS, scratch.tiles, block * HEIGHT, panel * WIDTH);
        }
      }
    }
  }

  private void multiply(int panel, int first, int last, float[] sums, int at) {
    float[] tiles = workspace.floats();
    int depth = tileInChunk(lastStrip());
    for (int place = 0; place < PLACES; place++) {
      int right = imageAt + (panel * PLACES + place) * imagePlace;
      for (int block = first; block < last; block++) {
        int left = mapAt + (block * PLACES + place) * mapPlace;
        KERNELS.packed(HEIGHT, tiles, left, tiles, right, panelDepth, 0, depth, sums,
            at + (block - first) * SUMS + place * SUM_PLACE, sumRows, 0, chunk > 0);
      }
    }
  }

  private void transformSums(float[] sums, int at, float[] scratch, int row, int channel) {
    for (int c = channel; c < Math.min(channels, channel + WIDTH); c += LANES) {
      TRANSFORMS.taps(sums, at + c - channel, scratch, linesAt, tapsDown, HEIGHT, IN);
      TRANSFORMS.taps(scratch, linesAt, scratch, pixelsAt, tapsAcross, HEIGHT, TAPS);
      for (int r = 0; r < Math.min(HEIGHT, rows - row); r++) {
        scatterTaps(scratch, pixelsAt + r * 9 * LANES, row + r, c);
      }
    }
  }

  private void scatterTaps(float[] from, int at, int row, int channel) {
    int[] taps = form.filter().taps();
    int base = outBase + form.filter().rows()[row];
    int count = Math.min(LANES, channels - channel);
    for (int lane = 0; lane < count; lane++) {
      int target = base + form.filter().channels()[channel + lane];
      for (int tap = 0; tap < 9; tap++) {
        float sum = from[at + tap * LANES + lane];
        out[target + taps[tap]] = accumulate ? out[target + taps[tap]] + sum : sum;
      }
    }
  }

  private void finish(int from, int to) {
    if (form.imageLeft()) {
      end.apply(0, 0, 9 * channels, from, to);
    } else {
      end.apply(0, from, to, 0, 9 * channels);
    }
  }
}
