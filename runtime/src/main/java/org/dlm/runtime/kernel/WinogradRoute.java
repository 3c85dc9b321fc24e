package org.dlm.runtime.kernel;

import org.dlm.runtime.kernel.WinogradTransforms.Walk;

/**
 * Runs a convolution with 3x3 taps by Winograd's F(4x4, 3x3), which multiplies four times less. First the filters are
 * transformed, once a run; then each piece of tiles goes all the way: its image to transformed tiles, 36 products of
 * matrices with the filters, back to the result, and the end, all in the second cache.
 */
final class WinogradRoute implements Route {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final WinogradTransforms TRANSFORMS = WinogradTransforms.CHOSEN;
  private static final int WIDTH = KERNELS.columns();
  private static final int LANES = TRANSFORMS.lanes();
  private static final int PLACES = WinogradTransforms.PLACES;
  private static final int IN = WinogradTransforms.IN;
  private static final int OUT = WinogradTransforms.OUT;

  /** Floats of the transformed tiles of a piece: half of a second cache. */
  private static final int PIECE = 131_072;

  /** Depth of a product that stays in the first cache. */
  private static final int DEPTH = 256;

  /** Channels of filters that are transformed at once. */
  private static final int FILTER_CHANNELS = 16;

  /** Floats of transformed filters above which they would cost more than they save. */
  private static final long MOST_FILTERS = 4L << 20;

  private final WinogradForm form;
  private final Workspace workspace;
  private final boolean accumulate;
  private final int channels;
  private final int rows;
  private final int panels;
  private final WinogradStrips strips;
  private final int[] tileHeight;
  private final int tiles;
  private final int channelsStored;

  /** Where the tiles of a piece are, transformed, and their products. */
  private final int[] tileAt;
  private final int[] productAt;

  private final int filtersAt = TileScratch.ALIGNED;
  private final int lineLength;
  private final int productsAt = TileScratch.ALIGNED;
  private final int pixelsAt;
  private final int linesAt;
  private final int scratchFloats;
  private final Walk imageDown;
  private final Walk imageAcross;
  private final Walk filterDown;
  private final Walk filterAcross;
  private final Walk resultDown;
  private final Walk resultAcross;

  private float[] image;
  private int imageBase;
  private float[] filters;
  private int filterBase;
  private float[] out;
  private int outBase;
  private End end;
  private final Task transformFilters = this::transformFilters;
  private final Task pieces = this::pieces;

  private WinogradRoute(WinogradForm form, Workspace workspace, boolean accumulate) {
    this.form = form;
    this.workspace = workspace;
    this.accumulate = accumulate;
    channels = form.image().channels().length;
    rows = form.map().channels().length;
    panels = Math.ceilDiv(rows, WIDTH);
    channelsStored = Math.ceilDiv(channels, LANES) * LANES;
    int images = form.map().images().length;
    int all = images * Math.ceilDiv(form.map().height(), OUT) * Math.ceilDiv(form.map().width(), OUT);
    int most = Math.clamp(PIECE / (PLACES * channels), 8, 64);
    strips = WinogradStrips.of(images, form.map().height(), form.map().width(), Math.min(most, Math.ceilDiv(all, 2)));
    tileHeight = TilePlan.heights(strips.tilesAPiece());
    int padded = 0;
    for (int height : tileHeight) {
      padded += height;
    }
    tiles = padded;
    tileAt = steps(tiles, channelsStored);
    productAt = steps(tiles, WIDTH);
    lineLength = (strips.tilesX() * OUT + IN - OUT) * LANES;
    pixelsAt = productsAt + PLACES * tiles * WIDTH;
    linesAt = pixelsAt + Math.max(IN * lineLength, FILTER_CHANNELS * 9 * LANES);
    scratchFloats = linesAt + Math.max(Math.max(IN * lineLength, FILTER_CHANNELS * 18 * LANES),
        strips.tilesX() * OUT * IN * LANES);
    int place = tiles * channelsStored;
    imageDown = new Walk(lineLength, 0, LANES, lineLength, 0, LANES);
    imageAcross = new Walk(LANES, lineLength, OUT * LANES, place, IN * place, channelsStored);
    filterDown = new Walk(3 * LANES, 9 * LANES, LANES, 3 * LANES, 18 * LANES, LANES);
    filterAcross = new Walk(LANES, 18 * LANES, 3 * LANES, channels * WIDTH, WIDTH, IN * channels * WIDTH);
    int product = tiles * WIDTH;
    resultDown = new Walk(IN * product, product, WIDTH, IN * LANES, LANES, OUT * IN * LANES);
    resultAcross = new Walk(LANES, OUT * IN * LANES, IN * LANES, LANES, OUT * LANES, strips.tilesX() * OUT * LANES);
  }

  private static int[] steps(int count, int step) {
    int[] steps = new int[count];
    for (int i = 0; i < count; i++) {
      steps[i] = i * step;
    }
    return steps;
  }

  /** The route for a contraction, or null where it is no such convolution or too large. */
  static WinogradRoute of(Contraction.Description description, Workspace workspace, boolean accumulate) {
    WinogradForm form = WinogradForm.of(description);
    if (form == null || form.ofFilter()) {
      return null;
    }
    long stored = Math.ceilDiv((long) form.map().channels().length, WIDTH) * WIDTH * form.image().channels().length;
    return stored * PLACES > MOST_FILTERS ? null : new WinogradRoute(form, workspace, accumulate);
  }

  @Override
  public String toString() {
    return "Winograd";
  }

  @Override
  public long workspaceFloats() {
    return filtersAt + (long) panels * PLACES * channels * WIDTH;
  }

  /** Estimated cycles. */
  @Override
  public double cost() {
    double perVector = LANES >= 16 ? 1 : LANES == 4 ? 1.5 : 0.5;
    double all = (double) strips.pieces() * tiles;
    double products = PLACES * all * panels * 2 * channels * perVector * 1.1;
    double calls = (double) PLACES * strips.pieces() * tileHeight.length * panels * 40;
    double transforms = all * (channelsStored + panels * WIDTH) * 30;
    double filtering = (double) channels * panels * WIDTH * 20;
    return products + calls + transforms + filtering;
  }

  @Override
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    image = form.imageLeft() ? left : right;
    imageBase = form.imageLeft() ? leftBase : rightBase;
    filters = form.imageLeft() ? right : left;
    filterBase = form.imageLeft() ? rightBase : leftBase;
    this.out = out;
    this.outBase = outBase;
    this.end = end;
    Pool.run(transformFilters, panels * Math.ceilDiv(channels, FILTER_CHANNELS), 1);
    Pool.run(pieces, strips.pieces(), 1);
  }

  private void transformFilters(int from, int to) {
    float[] scratch = TileScratch.of(0, scratchFloats).tiles;
    int blocks = Math.ceilDiv(channels, FILTER_CHANNELS);
    for (int i = from; i < to; i++) {
      int channel = i % blocks * FILTER_CHANNELS;
      int count = Math.min(FILTER_CHANNELS, channels - channel);
      for (int lane = 0; lane < WIDTH; lane += LANES) {
        gatherFilters(i / blocks * WIDTH + lane, channel, count, scratch, pixelsAt);
        TRANSFORMS.filter(scratch, pixelsAt, scratch, linesAt, filterDown, count, 3);
        TRANSFORMS.filter(scratch, linesAt, workspace.floats(),
            filtersAt + i / blocks * PLACES * channels * WIDTH + channel * WIDTH + lane, filterAcross, count, IN);
      }
    }
  }

  /** The taps of a vector of rows side by side, for some channels. */
  private void gatherFilters(int row, int channel, int count, float[] to, int at) {
    int[] taps = form.filter().taps();
    for (int lane = 0; lane < LANES; lane++) {
      if (row + lane >= rows) {
        for (int i = 0; i < count * 9; i++) {
          to[at + i * LANES + lane] = 0;
        }
        continue;
      }
      int base = filterBase + form.filter().rows()[row + lane];
      for (int c = 0; c < count; c++) {
        int from = base + form.filter().channels()[channel + c];
        int target = at + c * 9 * LANES + lane;
        for (int tap = 0; tap < 9; tap++) {
          to[target + tap * LANES] = filters[from + taps[tap]];
        }
      }
    }
  }

  private void pieces(int from, int to) {
    TileScratch scratch = TileScratch.of(PLACES * tiles * channelsStored, scratchFloats);
    for (int piece = from; piece < to; piece++) {
      int first = piece * strips.stripsAPiece();
      int last = Math.min(strips.strips(), first + strips.stripsAPiece());
      for (int channel = 0; channel < channels; channel += LANES) {
        transformImage(scratch, channel, first, last);
      }
      for (int panel = 0; panel < panels; panel++) {
        multiply(scratch, panel);
        for (int row = panel * WIDTH; row < Math.min(rows, (panel + 1) * WIDTH); row += LANES) {
          transformResult(scratch, row, first, last);
        }
        if (end != null) {
          finish(panel * WIDTH, Math.min(rows, (panel + 1) * WIDTH), first, last);
        }
      }
    }
  }

  private void transformImage(TileScratch scratch, int channel, int first, int last) {
    int columns = lineLength / LANES;
    for (int strip = first; strip < last; strip++) {
      WinogradPixels.gather(image, imageBase + form.image().images()[strips.image(strip)], form.image(), channel,
          LANES, strips.y(strip) - form.top(), strips.x(strip) - form.side(), IN, columns, scratch.tiles, pixelsAt);
      TRANSFORMS.image(scratch.tiles, pixelsAt, scratch.tiles, linesAt, imageDown, 1, columns);
      TRANSFORMS.image(scratch.tiles, linesAt, scratch.panel,
          TileScratch.ALIGNED + (strip - first) * strips.tilesX() * channelsStored + channel, imageAcross, IN,
          strips.tiles(strip));
    }
  }

  /** The products of all tiles of the piece with a panel of filters. */
  private void multiply(TileScratch scratch, int panel) {
    for (int place = 0; place < PLACES; place++) {
      int left = TileScratch.ALIGNED + place * tiles * channelsStored;
      int right = filtersAt + (panel * PLACES + place) * channels * WIDTH;
      for (int k = 0; k < channels; k += DEPTH) {
        int tile = 0;
        for (int height : tileHeight) {
          KERNELS.rows(height, scratch.panel, left + k, tileAt, tile, workspace.floats(), right + k * WIDTH,
              Math.min(DEPTH, channels - k), scratch.tiles, productsAt + place * tiles * WIDTH, productAt, tile, k > 0);
          tile += height;
        }
      }
    }
  }

  private void transformResult(TileScratch scratch, int row, int first, int last) {
    float[] buffer = scratch.tiles;
    for (int strip = first; strip < last; strip++) {
      int count = strips.tiles(strip);
      int from = productsAt + (strip - first) * strips.tilesX() * WIDTH + row % WIDTH;
      TRANSFORMS.result(buffer, from, buffer, linesAt, resultDown, IN, count);
      TRANSFORMS.result(buffer, linesAt, buffer, pixelsAt, resultAcross, count, OUT);
      WinogradPixels.scatter(buffer, pixelsAt, strips.tilesX() * OUT, LANES, out,
          outBase + form.map().images()[strips.image(strip)], form.map(), row, strips.y(strip), strips.x(strip),
          strips.lines(strip), strips.columns(strip), accumulate);
    }
  }

  /** Calls the end for the lines of the result that the strips hold, for whole images at once where they can. */
  private void finish(int rowFrom, int rowTo, int first, int last) {
    for (int strip = first; strip < last; ) {
      int width = form.map().width();
      int image = strips.image(strip);
      int y = strips.y(strip);
      if (strips.stripsX() > 1) {
        for (int line = y; line < y + strips.lines(strip); line++) {
          int from = line * width + strips.x(strip);
          finish(image, rowFrom, rowTo, from, from + strips.columns(strip));
        }
        strip++;
        continue;
      }
      int next = strip + 1;
      while (next < last && strips.image(next) == image) {
        next++;
      }
      finish(image, rowFrom, rowTo, y * width, (strips.y(next - 1) + strips.lines(next - 1)) * width);
      strip = next;
    }
  }

  private void finish(int image, int rowFrom, int rowTo, int columnFrom, int columnTo) {
    if (form.imageLeft()) {
      end.apply(image, columnFrom, columnTo, rowFrom, rowTo);
    } else {
      end.apply(image, rowFrom, rowTo, columnFrom, columnTo);
    }
  }
}
