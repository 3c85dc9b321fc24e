package org.dlm.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.AtomicFile;

/** Examples side by side in one picture, each with a line of text below it. */
final class PictureSheet {
  private static final int GAP = 14;
  private static final int LINE = 20;
  private static final int WIDEST = 900;
  private static final int SMALLEST_SIDE = 80;
  private static final Color RIGHT = new Color(0x1B5E20);
  private static final Color WRONG = new Color(0xB00020);

  /** From dark blue over green to yellow, each brighter than the one before. */
  private static final int[] HEAT = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

  private PictureSheet() {}

  /**
   * One example.
   *
   * @param image {@code [1, channels, height, width]} from 0 to 1, or {@code [1, times, bands]} of any size; null for
   * none
   * @param right what would have been right, empty where {@code text} is
   */
  record Tile(FloatTensor image, String text, String right) {}

  /** Writes a PNG file. */
  static void write(Path file, List<Tile> tiles) {
    write(file, sheet(tiles));
  }

  /** Writes the images of {@code [count, channels, height, width]} side by side, without text, as a PNG file. */
  static void writeGrid(Path file, FloatTensor images) {
    int[] shape = images.shape();
    int size = images.data().length / shape[0];
    int columns = (int) Math.ceil(Math.sqrt(shape[0]));
    int factor = Math.max(1, WIDEST / (columns * (shape[3] + 2)));
    int stepX = factor * (shape[3] + 2);
    int stepY = factor * (shape[2] + 2);
    BufferedImage grid = new BufferedImage(columns * stepX, Math.ceilDiv(shape[0], columns) * stepY,
        BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < shape[0]; i++) {
      float[] numbers = Arrays.copyOfRange(images.data(), i * size, (i + 1) * size);
      graphics.drawImage(enlarged(pixels(numbers, new int[] {1, shape[1], shape[2], shape[3]}), factor),
          i % columns * stepX + factor, i / columns * stepY + factor, null);
    }
    graphics.dispose();
    write(file, grid);
  }

  private static void write(Path file, BufferedImage sheet) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new InputProblem(file + ": pictures are written as PNG", "Name a file that ends in .png.");
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(sheet, "png", out);
      AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(out.toByteArray())));
    } catch (IOException e) {
      throw new IllegalStateException("the picture could not be made", e);
    }
  }

  private static BufferedImage sheet(List<Tile> tiles) {
    List<BufferedImage> images = tiles.stream().map(t -> image(t.image())).toList();
    int side = images.stream().mapToInt(i -> Math.min(i.getWidth(), i.getHeight())).min().orElse(1);
    int factor = Math.max(1, Math.ceilDiv(SMALLEST_SIDE, side));
    return sheet(tiles, images.stream().map(i -> enlarged(i, factor)).toList());
  }

  private static BufferedImage sheet(List<Tile> tiles, List<BufferedImage> images) {
    int width = images.stream().mapToInt(BufferedImage::getWidth).max().orElse(1);
    int height = images.stream().mapToInt(BufferedImage::getHeight).max().orElse(1);
    int columns = Math.max(1, Math.min(tiles.size(), (WIDEST - GAP) / (width + GAP)));
    int rows = Math.ceilDiv(tiles.size(), columns);
    BufferedImage sheet = new BufferedImage(GAP + columns * (width + GAP), GAP + rows * (height + 2 * LINE + GAP),
        BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int i = 0; i < tiles.size(); i++) {
      int left = GAP + i % columns * (width + GAP);
      int top = GAP + i / columns * (height + 2 * LINE + GAP);
      graphics.drawImage(images.get(i), left, top, null);
      Tile tile = tiles.get(i);
      graphics.setColor(tile.right().isEmpty() ? RIGHT : WRONG);
      graphics.drawString(tile.text(), left, top + height + LINE - 4);
      graphics.setColor(Color.GRAY);
      graphics.drawString(tile.right().isEmpty() ? "" : "right: " + tile.right(), left, top + height + 2 * LINE - 6);
    }
    graphics.dispose();
    return sheet;
  }

  private static BufferedImage enlarged(BufferedImage image, int factor) {
    BufferedImage large = new BufferedImage(factor * image.getWidth(), factor * image.getHeight(),
        BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(image, 0, 0, large.getWidth(), large.getHeight(), null);
    graphics.dispose();
    return large;
  }

  private static BufferedImage image(FloatTensor numbers) {
    if (numbers == null) {
      return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    }
    int[] shape = numbers.shape();
    return shape.length == 3 ? spectrogram(numbers.data(), shape[1], shape[2]) : pixels(numbers.data(), shape);
  }

  private static BufferedImage pixels(float[] numbers, int[] shape) {
    int plane = shape[2] * shape[3];
    BufferedImage image = new BufferedImage(shape[3], shape[2], BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = numbers[(shape[1] == 3 ? c * plane : 0) + i];
        rgb = rgb << 8 | Math.clamp(Math.round(255 * value), 0, 255);
      }
      image.setRGB(i % shape[3], i / shape[3], rgb);
    }
    return image;
  }

  /** Times from left to right, bands from below, from the weakest to the strongest. */
  private static BufferedImage spectrogram(float[] numbers, int times, int bands) {
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (int i = 0; i < times * bands; i++) {
      least = Math.min(least, numbers[i]);
      most = Math.max(most, numbers[i]);
    }
    BufferedImage image = new BufferedImage(times, bands, BufferedImage.TYPE_INT_RGB);
    for (int t = 0; t < times; t++) {
      for (int b = 0; b < bands; b++) {
        image.setRGB(t, bands - 1 - b, heat((numbers[t * bands + b] - least) / Math.max(1e-6f, most - least)));
      }
    }
    return image;
  }

  /** The colour of a number from 0 to 1. */
  private static int heat(float value) {
    float place = value * (HEAT.length - 1);
    int below = Math.min(HEAT.length - 2, (int) place);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = HEAT[below] >> shift & 0xFF;
      int to = HEAT[below + 1] >> shift & 0xFF;
      rgb |= Math.round(from + (place - below) * (to - from)) << shift;
    }
    return rgb;
  }
}
