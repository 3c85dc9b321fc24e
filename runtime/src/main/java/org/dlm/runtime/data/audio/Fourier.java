package org.dlm.runtime.data.audio;

/** The discrete Fourier transform of a power of two of numbers (Cooley and Tukey, 1965), in place. */
final class Fourier {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  Fourier(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(size + " is no power of two");
    }
    this.size = size;
    cos = new double[size / 2];
    sin = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = Math.sin(2 * Math.PI * i / size);
    }
  }

  /** Replaces the numbers by their spectrum. */
  void transform(double[] real, double[] imaginary) {
    run(real, imaginary, -1);
  }

  /** Replaces a spectrum by its numbers. */
  void invert(double[] real, double[] imaginary) {
    run(real, imaginary, 1);
    for (int i = 0; i < size; i++) {
      real[i] /= size;
      imaginary[i] /= size;
    }
  }

  private void run(double[] real, double[] imaginary, int sign) {
    int shift = 32 - Integer.numberOfTrailingZeros(size);
    for (int i = 0; i < size; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    for (int half = 1; half < size; half *= 2) {
      int step = size / (2 * half);
      for (int block = 0; block < size; block += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = block + k;
          int b = a + half;
          double c = cos[k * step];
          double s = sign * sin[k * step];
          double r = real[b] * c - imaginary[b] * s;
          double i = real[b] * s + imaginary[b] * c;
          real[b] = real[a] - r;
          imaginary[b] = imaginary[a] - i;
          real[a] += r;
          imaginary[a] += i;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
