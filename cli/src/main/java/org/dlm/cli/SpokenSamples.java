package org.dlm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.predict.SpeechGenerator;

/** What {@code dlm sample} makes with a model that speaks: a WAV file for each text and speaker. */
final class SpokenSamples {
  private final Console console;
  private final SpeechGenerator generator;

  SpokenSamples(Console console, Predictor predictor, Function forward) {
    this.console = console;
    generator = new SpeechGenerator(predictor, forward);
  }

  /**
   * Writes {@code TEXT_SPEAKER_0.wav} for each.
   *
   * @param speaker one of those that the weights know, {@code all}, or null for the first one
   * @param picture where the spectrograms are drawn; null for nowhere
   */
  void write(List<String> texts, String speaker, Path folder, Path picture) {
    List<String> known = generator.speakers();
    List<String> speakers = speaker == null ? known.subList(0, Math.min(1, known.size()))
        : speaker.equals("all") ? known : List.of(speaker);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputProblem(folder + ": no such folder can be made: " + e.getMessage(), "Name another with --wav.", e);
    }
    List<PictureSheet.Tile> tiles = new ArrayList<>();
    for (String text : texts) {
      if (speakers.isEmpty()) {
        tiles.add(say(text, null, folder.resolve(text + ".wav")));
      }
      for (String voice : speakers) {
        tiles.add(say(text, voice, folder.resolve(text + "_" + voice + "_0.wav")));
      }
    }
    if (picture != null) {
      PictureSheet.write(picture, tiles);
      console.err().println("wrote " + picture);
    }
  }

  private PictureSheet.Tile say(String text, String speaker, Path file) {
    SpeechGenerator.Speech speech = generator.say(text, speaker);
    speech.wave().write(file);
    console.out().printf(Locale.ROOT, "%s: %.2f s%n", file, speech.wave().samples().length
        / (double) speech.wave().rate());
    int[] shape = speech.frames().shape();
    return new PictureSheet.Tile(new FloatTensor(speech.frames().data(), 1, shape[0], shape[1]),
        text + (speaker == null ? "" : ", " + speaker), "");
  }
}
