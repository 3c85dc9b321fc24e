package org.dlm.runtime.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.dlm.runtime.FloatTensor;
import org.junit.jupiter.api.Test;

class GriffinLimTest {
  private static final int RATE = 8000;

  private final MelSpectrogram mel = new MelSpectrogram(RATE, 40, 256, 100);

  /** A tone that rises from 300 to 1,500 Hz under one that stays, with a pause in the middle. */
  private static float[] sound(int samples) {
    float[] wave = new float[samples];
    double phase = 0;
    for (int i = 0; i < samples; i++) {
      phase += 2 * Math.PI * (300 + 1200.0 * i / samples) / RATE;
      boolean pause = i > samples / 2 && i < samples * 6 / 10;
      wave[i] = pause ? 0 : (float) (0.4 * Math.sin(phase) + 0.1 * Math.sin(2 * Math.PI * 2500 * i / RATE));
    }
    return wave;
  }

  /** The distance of magnitudes in the bands, as a share of the first ones. */
  private static double convergence(float[] wanted, float[] made) {
    double apart = 0;
    double whole = 0;
    for (int i = 0; i < wanted.length; i++) {
      double x = Math.exp(wanted[i] / 2);
      double y = Math.exp(made[i] / 2);
      apart += (x - y) * (x - y);
      whole += x * x;
    }
    return Math.sqrt(apart / whole);
  }

  @Test
  void spectraAndBackAreTheSameSound() {
    float[] wave = sound(4000);
    ShortTimeFourier fourier = new ShortTimeFourier(256, 100);
    int frames = fourier.frames(wave.length);
    double[][] real = new double[frames][fourier.size()];
    double[][] imaginary = new double[frames][fourier.size()];
    for (int t = 0; t < frames; t++) {
      fourier.at(t, wave, real[t], imaginary[t]);
    }
    assertThat(fourier.sound(real, imaginary)).hasSize(4000).containsExactly(wave, within(1e-6f));
  }

  @Test
  void theSoundOfASpectrogramHasThatSpectrogram() {
    float[] wanted = mel.of(sound(6000));
    float[] first = mel.of(new GriffinLim(mel, 0).of(wanted));
    float[] made = mel.of(new GriffinLim(mel, 60).of(wanted));
    assertThat(convergence(wanted, made)).as("after 60 rounds").isLessThan(0.12);
    assertThat(convergence(wanted, first)).as("without a round").isGreaterThan(3 * convergence(wanted, made));
  }

  @Test
  void aTonesPitchComesBack() {
    for (double pitch : new double[] {440, 1234, 3000}) {
      float[] tone = new float[4000];
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * pitch * i / RATE));
      }
      float[] made = new GriffinLim(mel, 60).of(mel.of(tone));
      double best = 0;
      double loudest = 0;
      for (double f = 100; f < 3900; f += 5) {
        double cos = 0;
        double sin = 0;
        for (int i = 1000; i < 3000; i++) {
          cos += made[i] * Math.cos(2 * Math.PI * f * i / RATE);
          sin += made[i] * Math.sin(2 * Math.PI * f * i / RATE);
        }
        if (cos * cos + sin * sin > loudest) {
          loudest = cos * cos + sin * sin;
          best = f;
        }
      }
      // A band is so wide that the bands do not tell the pitch better.
      assertThat(best).isCloseTo(pitch, within(40.0));
    }
  }

  @Test
  void magnitudesOfTheBandsAreFound() {
    float[] wanted = mel.of(sound(3000));
    double[] magnitudes = new GriffinLim(mel, 0).magnitudes(java.util.Arrays.copyOfRange(wanted, 400, 440));
    for (int m = 0; m < 40; m++) {
      double power = 0;
      for (int k = 0; k < magnitudes.length; k++) {
        power += mel.bands()[m][k] * magnitudes[k] * magnitudes[k];
      }
      assertThat(power).isCloseTo(Math.exp(wanted[400 + m]), within(0.03 * Math.exp(wanted[400 + m]) + 1e-2));
    }
  }

  @Test
  void silenceStaysSilentAndTooShortIsNothing() {
    assertThat(new GriffinLim(mel, 10).of(mel.of(new float[2000]))).hasSize(2000).containsOnly(0f);
    assertThat(new GriffinLim(mel, 10).of(new float[40])).isEmpty();
  }

  @Test
  void theFormatOfACheckpointGoesBothWays() {
    Map<String, String> facts = Map.of("rate", "8000", "mels", "2", "window", "0.032", "hop", "0.0125", "mean", "1 -2",
        "scale", "0.5 0.25");
    SpectrogramFormat format = SpectrogramFormat.of(facts).orElseThrow();
    float[] wave = sound(3000);
    FloatTensor read = format.of(new Wave(RATE, wave));
    assertThat(read.shape()).containsExactly(1, 31, 2);
    float plain = format.spectrogram().of(wave)[21];
    assertThat(read.data()[21]).isCloseTo((plain + 2) * 0.25f, within(1e-5f));
    assertThat(format.sound(read.data())).satisfies(w -> assertThat(w.rate()).isEqualTo(RATE))
        .satisfies(w -> assertThat(w.samples()).hasSize(3000));
    assertThat(SpectrogramFormat.of(Map.of("rate", "8000"))).isEmpty();
  }

  @Test
  void anotherRateIsTheSameSound() {
    float[] slow = new float[800];
    float[] fast = new float[2205 * 2];
    for (int i = 0; i < fast.length; i++) {
      fast[i] = (float) (Math.sin(2 * Math.PI * 700 * i / 44100.0) + 0.5 * Math.sin(2 * Math.PI * 9000 * i / 44100.0));
    }
    for (int i = 0; i < slow.length; i++) {
      slow[i] = (float) Math.sin(2 * Math.PI * 700 * i / 8000.0);
    }
    float[] made = new Wave(44100, fast).at(8000).samples();
    assertThat(made).hasSize(800);
    for (int i = 100; i < 700; i++) {
      assertThat(made[i]).as("sample %d", i).isCloseTo(slow[i], within(0.01f));
    }
    float[] up = new Wave(8000, slow).at(16000).samples();
    for (int i = 200; i < 1400; i++) {
      assertThat(up[i]).isCloseTo((float) Math.sin(2 * Math.PI * 700 * i / 16000.0), within(0.01f));
    }
  }
}
