package org.dlm.runtime.data.audio;

import java.util.Arrays;

/**
 * The spectrum of a sound at evenly spaced times, and the sound of such spectra. Windows are periodic Hann windows in
 * the middle of a power of two of samples; the sound is mirrored at its ends.
 */
final class ShortTimeFourier {
  private final int hop;
  private final int size;
  private final double[] window;
  private final Fourier fourier;

  /**
   * @param window samples in a window
   * @param hop samples from one window to the next
   */
  ShortTimeFourier(int window, int hop) {
    this.hop = hop;
    size = Math.max(2, Integer.highestOneBit(2 * window - 1));
    this.window = new double[size];
    for (int i = 0; i < window; i++) {
      this.window[(size - window) / 2 + i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
    }
    fourier = new Fourier(size);
  }

  /** Frequencies that are told apart, from 0 to half the samples a second. */
  int bins() {
    return size / 2 + 1;
  }

  /** Numbers that {@link #at} works in. */
  int size() {
    return size;
  }

  /** Times in a sound of so many samples. */
  int frames(long samples) {
    return (int) (samples / hop) + 1;
  }

  /** Samples of the sound that so many times make. */
  int samples(int frames) {
    return (frames - 1) * hop;
  }

  /** The spectrum at one time. */
  void at(int frame, float[] samples, double[] real, double[] imaginary) {
    for (int i = 0; i < size; i++) {
      real[i] = window[i] * mirrored(samples, frame * hop - size / 2 + i);
    }
    Arrays.fill(imaginary, 0);
    fourier.transform(real, imaginary);
  }

  /** The sample at a place, which goes on backwards beyond the first and the last one. */
  private static float mirrored(float[] samples, int at) {
    if (samples.length == 1) {
      return samples[0];
    }
    int round = 2 * (samples.length - 1);
    int place = Math.floorMod(at, round);
    return samples[Math.min(place, round - place)];
  }

  /** The sound whose spectra come nearest to those, which are bins of each time: their windows laid over each other. */
  float[] sound(double[][] real, double[][] imaginary) {
    double[] sums = new double[samples(real.length)];
    double[] weights = new double[sums.length];
    double[] r = new double[size];
    double[] i = new double[size];
    for (int t = 0; t < real.length; t++) {
      whole(real[t], imaginary[t], r, i);
      fourier.invert(r, i);
      for (int k = 0; k < size; k++) {
        int at = t * hop - size / 2 + k;
        if (at >= 0 && at < sums.length) {
          sums[at] += window[k] * r[k];
          weights[at] += window[k] * window[k];
        }
      }
    }
    float[] samples = new float[sums.length];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = weights[n] > 1e-9 ? (float) (sums[n] / weights[n]) : 0;
    }
    return samples;
  }

  /** The upper half of a real sound's spectrum mirrors the lower one. */
  private void whole(double[] real, double[] imaginary, double[] r, double[] i) {
    for (int k = 0; k <= size / 2; k++) {
      r[k] = real[k];
      i[k] = k == 0 || k == size / 2 ? 0 : imaginary[k];
    }
    for (int k = size / 2 + 1; k < size; k++) {
      r[k] = real[size - k];
      i[k] = -imaginary[size - k];
    }
  }
}
