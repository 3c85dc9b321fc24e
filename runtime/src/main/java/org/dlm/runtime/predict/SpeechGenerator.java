package org.dlm.runtime.predict;

import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.audio.SpectrogramFormat;
import org.dlm.runtime.data.audio.Wave;
import org.dlm.runtime.data.text.Vocabulary;

/**
 * Speech from text: the model makes frames of a mel spectrogram, Griffin and Lim's algorithm a sound of them. The model
 * is called {@code forward(text: i32[N, S]) -> [N, T, bands]}; it may also take {@code speaker: i32[N]}, and give as a
 * second result scores {@code [N, T]}, of which the first above 0 says where the speech ends.
 *
 * <pre>{@code
 * Predictor voices = Predictor.of(DigitVoices::new, Path.of("voices.safetensors"));
 * new SpeechGenerator(voices).say("seven", "theo").wave().write(Path.of("seven.wav"));
 * }</pre>
 */
public final class SpeechGenerator {
  /** What the checkpoint calls the list of its speakers. */
  private static final String SPEAKERS = "speakers";

  private final Predictor predictor;
  private final SpectrogramFormat format;
  private final Vocabulary letters;
  private final boolean withSpeaker;

  /**
   * Something said.
   *
   * @param frames {@code [frames, bands]} as the model gave them, up to the end
   */
  public record Speech(Wave wave, FloatTensor frames) {}

  /** The model's {@code forward} makes the frames. */
  public SpeechGenerator(Predictor predictor) {
    this(predictor, predictor.find("forward").orElseThrow(() -> new InputProblem("the model has no `forward`",
        "Speech is made by fn forward(text: i32[N, S], speaker: i32[N]) -> [N, T, bands].")));
  }

  /** @param forward what makes the frames */
  public SpeechGenerator(Predictor predictor, Function forward) {
    this.predictor = predictor;
    if (!speaks(forward)) {
      throw new InputProblem("`forward` takes " + forward.inputs() + " and gives " + forward.outputs()
          + ", which makes no speech", "It should take (text: i32[N, S]) or (text: i32[N, S], speaker: i32[N]) and give"
          + " frames [N, T, bands], and scores [N, T] of where it ends.");
    }
    withSpeaker = forward.inputs().size() == 2;
    format = SpectrogramFormat.of(predictor.facts()).orElseThrow(() -> new InputProblem(
        "the weights do not know how sounds became frames", "Train with --data audio:DIR,target=letters."));
    letters = Vocabulary.of(predictor.facts()).orElseThrow(() -> new InputProblem(
        "the weights know no vocabulary", "Train with --data audio:DIR,target=letters."));
  }

  /** Whether a function makes speech of text. */
  public static boolean speaks(Function forward) {
    var inputs = forward.inputs();
    var outputs = forward.outputs();
    return inputs.getFirst().type() == ElementType.I32 && inputs.getFirst().dims().size() == 2
        && (inputs.size() == 1 || inputs.size() == 2 && inputs.get(1).type() == ElementType.I32
            && inputs.get(1).dims().size() == 1)
        && outputs.getFirst().type() == ElementType.F32 && outputs.getFirst().dims().size() == 3
        && inputs.getFirst().name().equals("text");
  }

  /** Whose voices it has, in the order of their numbers; none where the model or the checkpoint knows of none. */
  public List<String> speakers() {
    String names = withSpeaker ? predictor.facts().getOrDefault(SPEAKERS, "") : "";
    return names.lines().toList();
  }

  /** Says a text; the speaker is one of {@link #speakers}, or null where there are none. */
  public Speech say(String text, String speaker) {
    int[] tokens = letters.encode(text);
    if (tokens.length == 0) {
      throw new InputProblem("there is no text to say", "Give at least one letter.");
    }
    IntTensor said = IntTensor.of(tokens, 1, tokens.length);
    List<Tensor> results = withSpeaker
        ? predictor.call("forward", said, IntTensor.of(new int[] {number(speaker)}, 1))
        : predictor.call("forward", said);
    FloatTensor frames = (FloatTensor) results.getFirst();
    int bands = frames.shape()[2];
    int length = results.size() < 2 ? frames.shape()[1] : end(((FloatTensor) results.get(1)).data());
    float[] kept = Arrays.copyOf(frames.data(), length * bands);
    return new Speech(format.sound(kept), new FloatTensor(kept, length, bands));
  }

  private int number(String speaker) {
    int number = speakers().indexOf(speaker);
    if (number < 0) {
      throw new InputProblem("there is no speaker `" + speaker + "`"
          + (speaker == null ? "" : Suggestion.didYouMean(speaker, speakers())),
          speakers().isEmpty() ? "The weights know none." : "There are " + String.join(", ", speakers()) + ".");
    }
    return number;
  }

  /** Frames up to the first whose score is above 0; at least two, of which a sound can be made. */
  private static int end(float[] scores) {
    int frame = 0;
    while (frame < scores.length && scores[frame] <= 0) {
      frame++;
    }
    return Math.max(Math.min(2, scores.length), Math.min(scores.length, frame + 1));
  }
}
