package org.dlm.runtime.predict;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.AtomicFile;

/** Picture files as a model wants them, and images as picture files. */
public final class Pictures {
  private static final float BRIGHTEST = 255;

  private Pictures() {}

  /**
   * Reads a PNG, JPEG, GIF or BMP file, scaled to that size, as {@code [1, channels, height, width]} with numbers from
   * 0 (black) to 1.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @param invert exchanges black and white: for dark ink on light paper, where a model learnt light on dark
   */
  public static FloatTensor read(Path file, int channels, int height, int width, boolean invert) {
    if (channels != 1 && channels != 3) {
      throw new InputProblem("the model wants " + channels + " channels; a picture has 1 (grey) or 3 (colours)",
          "Give the numbers as a tensor in a safetensors file.");
    }
    BufferedImage picture = scaled(decoded(file), height, width);
    float[] numbers = new float[channels * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = picture.getRGB(x, y);
        int at = y * width + x;
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        if (channels == 1) {
          numbers[at] = number((299 * red + 587 * green + 114 * blue) / 1000f, invert);
        } else {
          numbers[at] = number(red, invert);
          numbers[height * width + at] = number(green, invert);
          numbers[2 * height * width + at] = number(blue, invert);
        }
      }
    }
    return new FloatTensor(numbers, 1, channels, height, width);
  }

  /**
   * Writes one of the images {@code [count, channels, height, width]}, with numbers from 0 to 1, as a PNG file: in
   * colours where there are three channels, else the first one in grey.
   */
  public static void write(FloatTensor images, int image, Path file) {
    int[] shape = images.shape();
    int plane = shape[2] * shape[3];
    BufferedImage picture = new BufferedImage(shape[3], shape[2], BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = images.data()[(image * shape[1] + (shape[1] == 3 ? c : 0)) * plane + i];
        rgb = rgb << 8 | Math.clamp(Math.round(BRIGHTEST * value), 0, 255);
      }
      picture.setRGB(i % shape[3], i / shape[3], rgb);
    }
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(png.toByteArray())));
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be written: " + e.getMessage(), "Check the folder.", e);
    }
  }

  private static float number(float value, boolean invert) {
    return (invert ? BRIGHTEST - value : value) / BRIGHTEST;
  }

  private static BufferedImage decoded(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputProblem(file + ": no such file", "Check the path.");
    }
    try {
      BufferedImage picture = ImageIO.read(file.toFile());
      if (picture == null) {
        throw new InputProblem(file + ": this is no picture that Java reads", "Give a PNG, JPEG, GIF or BMP file.");
      }
      return picture;
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read as a picture: " + e.getMessage(), "Is the file whole?", e);
    }
  }

  private static BufferedImage scaled(BufferedImage picture, int height, int width) {
    BufferedImage exact = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = exact.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return exact;
  }
}
