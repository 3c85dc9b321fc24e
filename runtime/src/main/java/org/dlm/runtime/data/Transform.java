package org.dlm.runtime.data;

import java.util.Arrays;
import org.dlm.runtime.store.RandomStream;

/** A random change of one example's {@code x}, made while it is read for training; tests see examples as they are. */
public interface Transform {
  /**
   * @param from the elements of a tensor of that shape
   * @param to gets the changed ones, all of them
   */
  void apply(float[] from, float[] to, int[] shape, RandomStream random);

  /** Whether it wants values that are already normalised: what it blanks out then is the mean. */
  default boolean afterNormalisation() {
    return false;
  }

  /** How many axes {@code x} must have for it. */
  int axes();

  /** Moves an image by up to so many pixels in both directions; what comes in from outside is zero. */
  record Crop(int most) implements Transform {
    @Override
    public int axes() {
      return 3;
    }

    @Override
    public void apply(float[] from, float[] to, int[] shape, RandomStream random) {
      int down = random.below(2 * most + 1) - most;
      int right = random.below(2 * most + 1) - most;
      int width = shape[2];
      Arrays.fill(to, 0, shape[0] * shape[1] * width, 0);
      int left = Math.max(0, right);
      int count = width - Math.abs(right);
      for (int row = Math.max(0, down); row < Math.min(shape[1], shape[1] + down) && count > 0; row++) {
        for (int c = 0; c < shape[0]; c++) {
          System.arraycopy(from, (c * shape[1] + row - down) * width + left - right, to,
              (c * shape[1] + row) * width + left, count);
        }
      }
    }
  }

  /** Exchanges left and right of every other image. */
  record Flip() implements Transform {
    @Override
    public int axes() {
      return 3;
    }

    @Override
    public void apply(float[] from, float[] to, int[] shape, RandomStream random) {
      int width = shape[2];
      boolean flip = random.below(2) == 1;
      for (int row = 0; row < shape[0] * shape[1]; row++) {
        for (int i = 0; i < width; i++) {
          to[row * width + i] = from[row * width + (flip ? width - 1 - i : i)];
        }
      }
    }
  }

  /** Turns an image around its middle by up to so many degrees; what comes in from outside is zero. */
  record Rotate(double degrees) implements Transform {
    @Override
    public int axes() {
      return 3;
    }

    @Override
    public void apply(float[] from, float[] to, int[] shape, RandomStream random) {
      double angle = StrictMath.toRadians((2 * random.uniform() - 1) * degrees);
      float cos = (float) StrictMath.cos(angle);
      float sin = (float) StrictMath.sin(angle);
      float middleY = (shape[1] - 1) / 2f;
      float middleX = (shape[2] - 1) / 2f;
      for (int row = 0; row < shape[1]; row++) {
        for (int column = 0; column < shape[2]; column++) {
          float y = middleY + cos * (row - middleY) - sin * (column - middleX);
          float x = middleX + sin * (row - middleY) + cos * (column - middleX);
          for (int c = 0; c < shape[0]; c++) {
            to[(c * shape[1] + row) * shape[2] + column] = between(from, c * shape[1] * shape[2], shape, y, x);
          }
        }
      }
    }

    private static float between(float[] from, int at, int[] shape, float y, float x) {
      int top = (int) Math.floor(y);
      int left = (int) Math.floor(x);
      float down = y - top;
      float right = x - left;
      return (1 - down)
          * ((1 - right) * pixel(from, at, shape, top, left) + right * pixel(from, at, shape, top, left + 1))
          + down * ((1 - right) * pixel(from, at, shape, top + 1, left)
              + right * pixel(from, at, shape, top + 1, left + 1));
    }

    private static float pixel(float[] from, int at, int[] shape, int row, int column) {
      return row < 0 || column < 0 || row >= shape[1] || column >= shape[2] ? 0 : from[at + row * shape[2] + column];
    }
  }

  /**
   * Blanks out up to so many neighbouring steps of a spectrogram, or bands (SpecAugment; Park et al., 2019).
   *
   * @param axis 0 for steps, 1 for bands
   */
  record Mask(int axis, int most) implements Transform {
    @Override
    public int axes() {
      return 2;
    }

    @Override
    public boolean afterNormalisation() {
      return true;
    }

    @Override
    public void apply(float[] from, float[] to, int[] shape, RandomStream random) {
      System.arraycopy(from, 0, to, 0, shape[0] * shape[1]);
      int width = random.below(Math.min(most, shape[axis]) + 1);
      int start = random.below(shape[axis] - width + 1);
      int times = axis == 0 ? 1 : shape[0];
      int unit = axis == 0 ? shape[1] : 1;
      for (int i = 0; i < times; i++) {
        Arrays.fill(to, i * shape[1] + start * unit, i * shape[1] + (start + width) * unit, 0);
      }
    }
  }
}
