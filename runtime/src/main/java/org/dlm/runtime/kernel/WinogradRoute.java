package org.dlm.runtime.kernel;

import org.dlm.runtime.kernel.WinogradTransforms.Walk;

/**
 * Runs a convolution with 3x3 taps by Winograd's F(4x4, 3x3), which multiplies four times less. Where there are many
 * tiles, the filters are transformed first; then each piece of tiles goes all the way: its image to transformed tiles,
 * 36 products of matrices with the filters, back to the result, and the end, all in the second cache. Where there are
 * few, all tiles are transformed first; then each panel of filters goes all the way, and is never written to memory.
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

  /** Channels of filters that are multiplied at once where the filters come last. */
  private static final int FILTER_DEPTH = 64;

  /** Up to so many tiles the filters come last. */
  private static final int FEW_TILES = 64;

  /** Floats of transformed filters that the workspace may hold. */
  private static final long MOST_FILTERS = 4L << 20;

  /** Floats of transformed filters that may stay from run to run, four times the filters; of more only the filters. */
  private static final long MOST_KEPT = 1L << 20;

  /** Cycles of a filter: its taps are brought side by side, then transformed. */
  private static final double GATHER = 13;
  private static final double TRANSFORM = 7;

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
  private final boolean filtersLast;

  /** Where the tiles of a piece are, transformed, and their products. */
  private final int[] tileAt;
  private final int[] productAt;

  /** The filters of the run, or all tiles where the filters come last. */
  private final int sharedAt = TileScratch.ALIGNED;
  /** Channels of the transformed filters of a place. */
  private final int filterDepth;

  /** Floats from place to place, of transformed tiles, of filters and of products. */
  private final int tilePlace;
  private final int filterPlace;
  private final int productPlace;

  private final int lineLength;
  private final int productsAt = TileScratch.ALIGNED;
  private final int pixelsAt;
  private final int linesAt;
  private final int scratchFloats;

  /** Filters may stay the same over many runs: transformed, or at least with their taps side by side. */
  private final boolean keeps;
  private final boolean keepsTransformed;
  private float[] kept;
  private float[] keepingIn;

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
  private final Task keepFilters = this::keepFilters;
  private final Task transformFilters = this::transformFilters;
  private final Task pieces = this::pieces;
  private final Task transformImages = this::transformImages;
  private final Task panelPieces = this::panelPieces;

  private WinogradRoute(WinogradForm form, Workspace workspace, boolean accumulate, boolean mayKeep) {
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
    filtersLast = all <= FEW_TILES && panels >= 4;
    strips = WinogradStrips.of(images, form.map().height(), form.map().width(),
        filtersLast ? all : Math.min(most, Math.ceilDiv(all, 2)));
    tileHeight = TilePlan.heights(strips.tilesAPiece());
    int padded = 0;
    for (int height : tileHeight) {
      padded += height;
    }
    tiles = padded;
    tileAt = steps(tiles, channelsStored);
    productAt = steps(tiles, WIDTH);
    lineLength = (strips.tilesX() * OUT + IN - OUT) * LANES;
    tilePlace = WinogradTransforms.place(tiles * channelsStored);
    filterDepth = filtersLast ? Math.min(FILTER_DEPTH, channels) : channels;
    filterPlace = WinogradTransforms.place(filterDepth * WIDTH);
    productPlace = WinogradTransforms.place(tiles * WIDTH);
    pixelsAt = productsAt + PLACES * productPlace;
    linesAt = pixelsAt + Math.max(IN * lineLength, FILTER_CHANNELS * 9 * LANES);
    scratchFloats = linesAt + Math.max(Math.max(IN * lineLength, FILTER_CHANNELS * 18 * LANES),
        strips.tilesX() * OUT * IN * LANES);
    keepsTransformed = !filtersLast && (long) panels * PLACES * filterPlace <= MOST_KEPT;
    keeps = mayKeep && Kept.pays(gatheredFloats(), filtering(), filtering() + products());
    imageDown = new Walk(lineLength, 0, LANES, lineLength, 0, LANES);
    imageAcross = new Walk(LANES, lineLength, OUT * LANES, tilePlace, IN * tilePlace, channelsStored);
    filterDown = new Walk(3 * LANES, 9 * LANES, LANES, 3 * LANES, 18 * LANES, LANES);
    filterAcross = new Walk(LANES, 18 * LANES, 3 * LANES, filterPlace, WIDTH, IN * filterPlace);
    resultDown = new Walk(IN * productPlace, productPlace, WIDTH, IN * LANES, LANES, OUT * IN * LANES);
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
    boolean mayKeep = description.kept() == (form.imageLeft() ? Kept.RIGHT : Kept.LEFT);
    WinogradRoute route = new WinogradRoute(form, workspace, accumulate, mayKeep);
    return route.filtersLast || route.workspaceFloats() <= MOST_FILTERS ? route : null;
  }

  @Override
  public String toString() {
    return "Winograd";
  }

  @Override
  public long workspaceFloats() {
    return sharedAt + (long) PLACES * (filtersLast ? tilePlace : panels * filterPlace);
  }

  /** Estimated cycles. */
  @Override
  public double cost() {
    return products() + (!keeps ? filtering() : keepsTransformed ? 0 : pairs() * TRANSFORM);
  }

  /** Pairs of channels of the image and of the result. */
  private double pairs() {
    return (double) channels * panels * WIDTH;
  }

  private double filtering() {
    return pairs() * (GATHER + TRANSFORM);
  }

  private long gatheredFloats() {
    return (long) panels * WIDTH * channels * 9;
  }

  private double products() {
    double perVector = LANES >= 16 ? 1 : LANES == 4 ? 1.5 : 0.5;
    double all = (double) strips.pieces() * tiles;
    double products = PLACES * all * panels * 2 * channels * perVector * 1.1;
    double calls = (double) PLACES * strips.pieces() * tileHeight.length * panels * 40;
    double transforms = all * (channelsStored + panels * WIDTH) * 30;
    return products + calls + transforms;
  }

  @Override
  public void keep(float[] kept, int base) {
    if (!keeps) {
      return;
    }
    filters = kept;
    filterBase = base;
    float[] ordered = this.kept;
    this.kept = null; // what follows reads the filters where they lie
    if (ordered == null) {
      ordered = new float[TileScratch.ALIGNED
          + Math.toIntExact(keepsTransformed ? (long) panels * PLACES * filterPlace : gatheredFloats())];
    }
    keepingIn = ordered;
    Pool.run(keepFilters, panels * Math.ceilDiv(channels, FILTER_CHANNELS), 1);
    this.kept = ordered;
  }

  @Override
  public void forget() {
    kept = null;
    keepingIn = null;
  }

  @Override
  public void share() {
    if (kept != null) {
      kept = SharedArrays.shared(kept);
      keepingIn = null;
    }
  }

  private void keepFilters(int from, int to) {
    TileScratch scratch = TileScratch.of(0, scratchFloats);
    int blocks = Math.ceilDiv(channels, FILTER_CHANNELS);
    for (int i = from; i < to; i++) {
      int channel = i % blocks * FILTER_CHANNELS;
      int panel = i / blocks;
      if (keepsTransformed) {
        transformFilters(scratch, panel, channel, keepingIn,
            TileScratch.ALIGNED + panel * PLACES * filterPlace + channel * WIDTH);
        continue;
      }
      for (int lane = 0; lane < WIDTH; lane += LANES) {
        gatherFilters(panel * WIDTH + lane, channel, Math.min(FILTER_CHANNELS, channels - channel), keepingIn,
            gatheredAt(panel * WIDTH + lane, channel));
      }
    }
  }

  private int gatheredAt(int row, int channel) {
    return TileScratch.ALIGNED + (row / LANES * channels + channel) * 9 * LANES;
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
    if (filtersLast) {
      Pool.run(transformImages, channelsStored / LANES, 1);
      Pool.run(panelPieces, panels, 1);
    } else {
      if (kept == null || !keepsTransformed) {
        Pool.run(transformFilters, panels * Math.ceilDiv(channels, FILTER_CHANNELS), 1);
      }
      Pool.run(pieces, strips.pieces(), 1);
    }
  }

  private void transformFilters(int from, int to) {
    TileScratch scratch = TileScratch.of(0, scratchFloats);
    int blocks = Math.ceilDiv(channels, FILTER_CHANNELS);
    for (int i = from; i < to; i++) {
      int channel = i % blocks * FILTER_CHANNELS;
      int panel = i / blocks;
      transformFilters(scratch, panel, channel, workspace.floats(),
          sharedAt + panel * PLACES * filterPlace + channel * WIDTH);
    }
  }

  private void transformFilters(TileScratch scratch, int panel, int channel, float[] to, int at) {
    int count = Math.min(FILTER_CHANNELS, channels - channel);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      if (kept == null) {
        gatherFilters(panel * WIDTH + lane, channel, count, scratch.tiles, pixelsAt);
        TRANSFORMS.filter(scratch.tiles, pixelsAt, scratch.tiles, linesAt, filterDown, count, 3);
      } else {
        TRANSFORMS.filter(kept, gatheredAt(panel * WIDTH + lane, channel), scratch.tiles, linesAt, filterDown, count,
            3);
      }
      TRANSFORMS.filter(scratch.tiles, linesAt, to, at + lane, filterAcross, count, IN);
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
    boolean transformed = kept != null && keepsTransformed;
    float[] right = transformed ? kept : workspace.floats();
    int rightAt = transformed ? TileScratch.ALIGNED : sharedAt;
    TileScratch scratch = TileScratch.of(PLACES * tilePlace, scratchFloats);
    for (int piece = from; piece < to; piece++) {
      int first = piece * strips.stripsAPiece();
      int last = Math.min(strips.strips(), first + strips.stripsAPiece());
      for (int channel = 0; channel < channels; channel += LANES) {
        transformImage(scratch, channel, first, last, scratch.panel, TileScratch.ALIGNED);
      }
      for (int panel = 0; panel < panels; panel++) {
        for (int k = 0; k < channels; k += DEPTH) {
          multiply(scratch, scratch.panel, TileScratch.ALIGNED, k, Math.min(DEPTH, channels - k), right,
              rightAt + panel * PLACES * filterPlace + k * WIDTH);
        }
        leave(scratch, panel, first, last);
      }
    }
  }

  private void transformImages(int from, int to) {
    TileScratch scratch = TileScratch.of(0, scratchFloats);
    for (int vector = from; vector < to; vector++) {
      transformImage(scratch, vector * LANES, 0, strips.strips(), workspace.floats(), sharedAt);
    }
  }

  private void panelPieces(int from, int to) {
    TileScratch scratch = TileScratch.of(PLACES * filterPlace, scratchFloats);
    for (int panel = from; panel < to; panel++) {
      for (int k = 0; k < channels; k += filterDepth) {
        int depth = Math.min(filterDepth, channels - k);
        for (int c = 0; c < depth; c += FILTER_CHANNELS) {
          transformFilters(scratch, panel, k + c, scratch.panel, TileScratch.ALIGNED + c * WIDTH);
        }
        multiply(scratch, workspace.floats(), sharedAt, k, depth, scratch.panel, TileScratch.ALIGNED);
      }
      leave(scratch, panel, 0, strips.strips());
    }
  }

  /** Tiles of one vector of channels. */
  private void transformImage(TileScratch scratch, int channel, int first, int last, float[] to, int at) {
    for (int strip = first; strip < last; strip++) {
      WinogradPixels.image(image, imageBase, form, strips, strip, strip > first && strips.follows(strip), channel,
          LANES, scratch.tiles, pixelsAt);
      TRANSFORMS.image(scratch.tiles, pixelsAt, scratch.tiles, linesAt, imageDown, 1, lineLength / LANES);
      TRANSFORMS.image(scratch.tiles, linesAt, to, at + (strip - first) * strips.tilesX() * channelsStored + channel,
          imageAcross, IN, strips.tiles(strip));
    }
  }

  /** The products of tiles with a panel of filters from channel {@code k} on, added to those of the channels before. */
  private void multiply(TileScratch scratch, float[] left, int leftAt, int k, int depth, float[] right, int rightAt) {
    for (int place = 0; place < PLACES; place++) {
      int tile = 0;
      for (int height : tileHeight) {
        KERNELS.rows(height, left, leftAt + place * tilePlace + k, tileAt, tile, right,
            rightAt + place * filterPlace, depth, scratch.tiles, productsAt + place * productPlace, productAt,
            tile, k > 0);
        tile += height;
      }
    }
  }

  private void leave(TileScratch scratch, int panel, int first, int last) {
    int rowTo = Math.min(rows, (panel + 1) * WIDTH);
    for (int row = panel * WIDTH; row < rowTo; row += LANES) {
      transformResult(scratch, row, first, last);
    }
    if (end != null) {
      finish(panel * WIDTH, rowTo, first, last);
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
