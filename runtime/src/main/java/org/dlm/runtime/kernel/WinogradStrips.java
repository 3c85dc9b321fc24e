package org.dlm.runtime.kernel;

/**
 * How the tiles of all images are shared out: in strips, which are a line of tiles or a part of it, and pieces of
 * consecutive strips. Follows from the sizes alone.
 *
 * @param tilesX tiles of the longest strip
 * @param stripsX strips that make up a line of tiles
 * @param stripsY lines of tiles in an image
 * @param strips of all images
 * @param stripsAPiece strips of a piece, but for the last one
 */
record WinogradStrips(int height, int width, int tilesX, int stripsX, int stripsY, int strips, int stripsAPiece) {
  private static final int OUT = WinogradTransforms.OUT;

  /** Pieces of about {@code most} tiles. */
  static WinogradStrips of(int images, int height, int width, int most) {
    int across = Math.ceilDiv(width, OUT);
    int stripsX = Math.ceilDiv(across, Math.max(most, 1));
    int tilesX = Math.ceilDiv(across, stripsX);
    int stripsY = Math.ceilDiv(height, OUT);
    int strips = Math.multiplyExact(images, stripsY * stripsX);
    int pieces = Math.ceilDiv(strips, Math.max(1, most / tilesX));
    return new WinogradStrips(height, width, tilesX, stripsX, stripsY, strips, Math.ceilDiv(strips, pieces));
  }

  int pieces() {
    return Math.ceilDiv(strips, stripsAPiece);
  }

  /** Tiles that a piece has room for; a short strip leaves some of its own unused. */
  int tilesAPiece() {
    return stripsAPiece * tilesX;
  }

  int image(int strip) {
    return strip / (stripsX * stripsY);
  }

  /** First line of the result in the strip. */
  int y(int strip) {
    return strip / stripsX % stripsY * OUT;
  }

  /** First column of the result in the strip. */
  int x(int strip) {
    return strip % stripsX * tilesX * OUT;
  }

  /** Whether the strip lies right below the one before it. */
  boolean follows(int strip) {
    return stripsX == 1 && strip % stripsY > 0;
  }

  /** Tiles of the strip. */
  int tiles(int strip) {
    return Math.min(tilesX, Math.ceilDiv(width - x(strip), OUT));
  }

  /** Tiles of all strips before this one, which may be the one behind the last. */
  int tilesBefore(int strip) {
    return strip / stripsX * Math.ceilDiv(width, OUT) + strip % stripsX * tilesX;
  }

  int lines(int strip) {
    return Math.min(OUT, height - y(strip));
  }

  int columns(int strip) {
    return Math.min(tilesX * OUT, width - x(strip));
  }
}
