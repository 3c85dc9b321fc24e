package org.dlm.runtime.data.audio;

/**
 * How much of each band of pitches there is at each time: the logarithm of the power in {@link #mels} bands that the
 * ear tells apart equally well. Windows are those of {@link ShortTimeFourier}, the bands are triangles on the mel scale
 * of HTK; the numbers are those of torchaudio's {@code MelSpectrogram}.
 */
public final class MelSpectrogram {
  /** Added before the logarithm, which has no value for silence. */
  static final double FLOOR = 1e-6;

  private final int mels;
  private final double[][] bands;
  private final ShortTimeFourier fourier;

  /**
   * @param rate samples a second
   * @param window samples in a window
   * @param hop samples from one window to the next
   */
  public MelSpectrogram(int rate, int mels, int window, int hop) {
    this.mels = mels;
    fourier = new ShortTimeFourier(window, hop);
    bands = bands(rate, mels, fourier.bins());
  }

  private static double[][] bands(int rate, int mels, int bins) {
    double[] edges = new double[mels + 2];
    double top = toMel(rate / 2.0);
    for (int i = 0; i < edges.length; i++) {
      edges[i] = 700 * (Math.pow(10, top * i / (mels + 1) / 2595) - 1);
    }
    double[][] bands = new double[mels][bins];
    for (int m = 0; m < mels; m++) {
      for (int k = 0; k < bins; k++) {
        double frequency = rate / 2.0 * k / (bins - 1);
        double up = (frequency - edges[m]) / (edges[m + 1] - edges[m]);
        double down = (edges[m + 2] - frequency) / (edges[m + 2] - edges[m + 1]);
        bands[m][k] = Math.max(0, Math.min(up, down));
      }
    }
    return bands;
  }

  private static double toMel(double frequency) {
    return 2595 * Math.log10(1 + frequency / 700);
  }

  /** Bands at each time. */
  public int mels() {
    return mels;
  }

  /** Times in a sound of so many samples. */
  public int frames(long samples) {
    return fourier.frames(samples);
  }

  /** The share of each frequency in each band. */
  double[][] bands() {
    return bands;
  }

  /** What its spectra are made by. */
  ShortTimeFourier fourier() {
    return fourier;
  }

  /** {@code [frames, mels]}, one time after the other. */
  public float[] of(float[] samples) {
    int frames = frames(samples.length);
    float[] result = new float[frames * mels];
    double[] real = new double[fourier.size()];
    double[] imaginary = new double[fourier.size()];
    for (int t = 0; t < frames; t++) {
      fourier.at(t, samples, real, imaginary);
      for (int m = 0; m < mels; m++) {
        double sum = 0;
        for (int k = 0; k < fourier.bins(); k++) {
          sum += bands[m][k] * (real[k] * real[k] + imaginary[k] * imaginary[k]);
        }
        result[t * mels + m] = (float) Math.log(sum + FLOOR);
      }
    }
    return result;
  }
}
