package org.dlm.runtime.data.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataDescription;
import org.dlm.runtime.data.Normalization;

/**
 * How a model of sounds wants them: what its checkpoint keeps of the recordings that it learnt from.
 *
 * @param rate samples a second
 * @param window seconds of a window
 * @param hop seconds from one window to the next
 * @param normalization what brought the bands to mean 0 and variance 1; null where nothing did
 */
public record SpectrogramFormat(int rate, int mels, double window, double hop, Normalization normalization) {
  private static final int ITERATIONS = 60;

  /** That among the facts of a data set; empty where it was no recordings. */
  public static Optional<SpectrogramFormat> of(Map<String, String> facts) {
    if (!facts.containsKey("rate") || !facts.containsKey("mels")) {
      return Optional.empty();
    }
    double rate = DataDescription.number("rate", facts, 1);
    double mels = DataDescription.number("mels", facts, 1);
    return Optional.of(new SpectrogramFormat((int) rate, (int) mels, DataDescription.number("window", facts, 2 / rate),
        DataDescription.number("hop", facts, 1 / rate), Normalization.of(facts)));
  }

  /** What makes spectrograms of this form. */
  public MelSpectrogram spectrogram() {
    return new MelSpectrogram(rate, mels, (int) Math.round(window * rate), (int) Math.round(hop * rate));
  }

  /** A recording as {@code [1, frames, mels]}; another number of samples a second is brought to that of the model. */
  public FloatTensor read(Path file) {
    try {
      Wave wave = Wave.read(file);
      if (wave.samples().length == 0) {
        throw new IOException("there is no sound in it");
      }
      return of(wave);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read as a recording: " + e.getMessage(), "Give a WAV file.", e);
    }
  }

  /** A sound as {@code [1, frames, mels]}. */
  public FloatTensor of(Wave wave) {
    float[] numbers = spectrogram().of(wave.at(rate).samples());
    if (normalization != null) {
      normalization.apply(numbers, new int[] {numbers.length / mels, mels});
    }
    return new FloatTensor(numbers, 1, numbers.length / mels, mels);
  }

  /** The sound of frames {@code [frames, mels]} that a model made. */
  public Wave sound(float[] frames) {
    float[] logarithms = frames.clone();
    if (normalization != null) {
      normalization.undo(logarithms, new int[] {frames.length / mels, mels});
    }
    return new Wave(rate, new GriffinLim(spectrogram(), ITERATIONS).of(logarithms));
  }
}
