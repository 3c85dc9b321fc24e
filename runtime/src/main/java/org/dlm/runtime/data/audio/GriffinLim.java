package org.dlm.runtime.data.audio;

import java.util.Arrays;
import org.dlm.runtime.store.RandomStream;

/**
 * A sound from its mel spectrogram. How strong each frequency was is guessed from the bands; where its waves began,
 * which no spectrogram tells, is found by going back and forth between spectra and sound until they agree (Griffin and
 * Lim, 1984; with the momentum of Perraudin, Balazs and Søndergaard, 2013).
 */
public final class GriffinLim {
  private static final int UNMIXING_ROUNDS = 100;
  private static final double MOMENTUM = 0.99;
  private static final double TINY = 1e-12;

  private final ShortTimeFourier fourier;
  private final double[][] bands;
  private final double[] weights;
  private final int iterations;

  /** @param iterations rounds of spectra and sound; 60 are enough for speech */
  public GriffinLim(MelSpectrogram mel, int iterations) {
    fourier = mel.fourier();
    bands = mel.bands();
    this.iterations = iterations;
    double[] once = new double[bands.length];
    Arrays.fill(once, 1);
    // The lowest and the highest frequency are in no band.
    weights = Arrays.stream(spread(once)).map(w -> Math.max(w, TINY)).toArray();
  }

  /** The samples of what {@link MelSpectrogram#of} gave. */
  public float[] of(float[] spectrogram) {
    int frames = spectrogram.length / bands.length;
    double[][] magnitudes = new double[frames][];
    for (int t = 0; t < frames; t++) {
      magnitudes[t] = magnitudes(Arrays.copyOfRange(spectrogram, t * bands.length, (t + 1) * bands.length));
    }
    return frames < 2 ? new float[0] : sound(magnitudes);
  }

  /**
   * Magnitudes, none negative, whose power in the bands is nearest to that given, as a share of each band: the updates
   * of Lee and Seung (1999) for Kullback and Leibler's distance.
   */
  double[] magnitudes(float[] logarithms) {
    double[] wanted = new double[bands.length];
    for (int m = 0; m < wanted.length; m++) {
      wanted[m] = Math.max(0, Math.exp(logarithms[m]) - MelSpectrogram.FLOOR);
    }
    double[] power = new double[fourier.bins()];
    Arrays.fill(power, 1);
    for (int round = 0; round < UNMIXING_ROUNDS; round++) {
      double[] made = collected(power);
      for (int m = 0; m < made.length; m++) {
        made[m] = wanted[m] / (made[m] + TINY);
      }
      double[] factors = spread(made);
      for (int k = 0; k < power.length; k++) {
        power[k] *= factors[k] / weights[k];
      }
    }
    return Arrays.stream(power).map(Math::sqrt).toArray();
  }

  private double[] collected(double[] power) {
    double[] sums = new double[bands.length];
    for (int m = 0; m < sums.length; m++) {
      for (int k = 0; k < power.length; k++) {
        sums[m] += bands[m][k] * power[k];
      }
    }
    return sums;
  }

  private double[] spread(double[] ofBands) {
    double[] sums = new double[fourier.bins()];
    for (int m = 0; m < ofBands.length; m++) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += bands[m][k] * ofBands[m];
      }
    }
    return sums;
  }

  private float[] sound(double[][] magnitudes) {
    int frames = magnitudes.length;
    int bins = fourier.bins();
    Spectra guess = new Spectra(new double[frames][bins], new double[frames][bins]);
    RandomStream random = new RandomStream(0);
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < bins; k++) {
        double angle = 2 * Math.PI * random.uniform();
        guess.set(t, k, magnitudes[t][k] * Math.cos(angle), magnitudes[t][k] * Math.sin(angle));
      }
    }
    Spectra before = new Spectra(new double[frames][bins], new double[frames][bins]);
    float[] samples = fourier.sound(guess.real, guess.imaginary);
    for (int round = 0; round < iterations; round++) {
      Spectra real = spectra(samples, frames);
      guess = real.ahead(before, magnitudes);
      before = real;
      samples = fourier.sound(guess.real, guess.imaginary);
    }
    return samples;
  }

  private Spectra spectra(float[] samples, int frames) {
    Spectra made = new Spectra(new double[frames][], new double[frames][]);
    double[] real = new double[fourier.size()];
    double[] imaginary = new double[fourier.size()];
    for (int t = 0; t < frames; t++) {
      fourier.at(t, samples, real, imaginary);
      made.real[t] = Arrays.copyOf(real, fourier.bins());
      made.imaginary[t] = Arrays.copyOf(imaginary, fourier.bins());
    }
    return made;
  }

  /** Complex numbers of each time and frequency. */
  private record Spectra(double[][] real, double[][] imaginary) {
    void set(int t, int k, double r, double i) {
      real[t][k] = r;
      imaginary[t][k] = i;
    }

    /** With these magnitudes, and the angles of where the step from {@code before} to here leads. */
    Spectra ahead(Spectra before, double[][] magnitudes) {
      Spectra next = new Spectra(new double[real.length][real[0].length], new double[real.length][real[0].length]);
      for (int t = 0; t < real.length; t++) {
        for (int k = 0; k < real[t].length; k++) {
          double r = real[t][k] + MOMENTUM * (real[t][k] - before.real[t][k]);
          double i = imaginary[t][k] + MOMENTUM * (imaginary[t][k] - before.imaginary[t][k]);
          double scale = magnitudes[t][k] / (Math.sqrt(r * r + i * i) + TINY);
          next.set(t, k, r * scale, i * scale);
        }
      }
      return next;
    }
  }
}
