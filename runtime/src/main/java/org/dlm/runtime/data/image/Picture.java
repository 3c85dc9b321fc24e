package org.dlm.runtime.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A picture as numbers from 0 to 255, one plane for each channel.
 *
 * @param planes {@code [channels, height, width]}
 */
record Picture(int channels, int height, int width, float[] planes) {
  static {
    ImageIO.setUseCache(false);
  }

  /** Reads a file of a format that Java knows: PNG, JPEG, GIF, BMP, TIFF. */
  static Picture read(Path file, int channels) throws IOException {
    BufferedImage image;
    try (InputStream in = Files.newInputStream(file)) {
      image = ImageIO.read(in);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      // Some decoders of the JDK meet damaged data with these.
      throw new IOException("damaged: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new IOException("not a picture of a known format");
    }
    int height = image.getHeight();
    int width = image.getWidth();
    float[] planes = new float[channels * height * width];
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      gray(image, planes, channels);
    } else {
      colors(image, planes, channels);
    }
    return new Picture(channels, height, width, planes);
  }

  /** The numbers as they are in the file: Java's own conversion would make greys brighter. */
  private static void gray(BufferedImage image, float[] planes, int channels) {
    Raster raster = image.getRaster();
    float largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int size = image.getWidth() * image.getHeight();
    float[] row = new float[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        for (int c = 0; c < channels; c++) {
          planes[c * size + y * row.length + x] = row[x] * 255 / largest;
        }
      }
    }
  }

  private static void colors(BufferedImage image, float[] planes, int channels) {
    int size = image.getWidth() * image.getHeight();
    int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < size; i++) {
      int red = pixels[i] >> 16 & 0xFF;
      int green = pixels[i] >> 8 & 0xFF;
      int blue = pixels[i] & 0xFF;
      if (channels == 1) {
        // The brightness of ITU-R 601, as most libraries have it.
        planes[i] = (299 * red + 587 * green + 114 * blue) / 1000f;
      } else {
        planes[i] = red;
        planes[size + i] = green;
        planes[2 * size + i] = blue;
      }
    }
  }

  /** The picture in another size; where it becomes smaller, every pixel has its part. */
  Picture resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    float[] narrow = new float[channels * height * newWidth];
    resample(planes, narrow, channels * height, width, newWidth, 1);
    float[] made = new float[channels * newHeight * newWidth];
    for (int c = 0; c < channels; c++) {
      float[] plane = java.util.Arrays.copyOfRange(narrow, c * height * newWidth, (c + 1) * height * newWidth);
      float[] small = new float[newHeight * newWidth];
      resample(plane, small, newWidth, height, newHeight, newWidth);
      System.arraycopy(small, 0, made, c * small.length, small.length);
    }
    return new Picture(channels, newHeight, newWidth, made);
  }

  /** Lines of {@code from} elements, {@code step} apart, become lines of {@code to}, by a triangle of their width. */
  private static void resample(float[] in, float[] out, int lines, int from, int to, int step) {
    double ratio = (double) from / to;
    double reach = Math.max(1, ratio);
    for (int i = 0; i < to; i++) {
      double middle = (i + 0.5) * ratio;
      int first = Math.max(0, (int) (middle - reach + 0.5));
      int end = Math.min(from, (int) (middle + reach + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int k = first; k < end; k++) {
        weights[k - first] = Math.max(0, 1 - Math.abs((k + 0.5 - middle) / reach));
        sum += weights[k - first];
      }
      for (int line = 0; line < lines; line++) {
        int at = step == 1 ? line * from : line;
        double value = 0;
        for (int k = first; k < end; k++) {
          value += weights[k - first] * in[at + k * step];
        }
        out[step == 1 ? line * to + i : line + i * step] = (float) (value / sum);
      }
    }
  }
}
