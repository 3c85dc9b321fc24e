package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.predict.ImageGenerator;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.predict.SpeechGenerator;
import org.dlm.runtime.predict.TextGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm sample}: text from a trained language model, speech from one that speaks, images from one of noise. */
@Command(name = "sample", description = "Let a trained language model write text, one that speaks say it, or one that"
    + " makes images of noise draw.")
final class SampleCommand extends BaseCommand {
  private static final int USUAL_WINDOW = 64;

  @Mixin private ModelFiles files;

  @Mixin private WeightOptions weights;

  @Option(names = "--prompt", paramLabel = "TEXT",
      description = "What the text goes on from (default: a new line); what is said, may be repeated.")
  private List<String> prompts = List.of();

  @Option(names = "--count", paramLabel = "K",
      description = "How many tokens are written (default: 500), or images made (default: 64).")
  private Integer count;

  @Option(names = "--temperature", paramLabel = "X", defaultValue = "1.0",
      description = "Below 1 likely tokens become more likely, 0 takes the likeliest (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "Draw only from the K likeliest tokens (default: all).")
  private Integer top;

  @Option(names = "--window", paramLabel = "T",
      description = "How many tokens the model looks back, where it leaves that open (default: as many as the windows"
          + " had"
          + " that it was trained on).")
  private Integer window;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
      description = "Decides which tokens, or what noise, is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--speaker", paramLabel = "NAME",
      description = "Who speaks, where the model has several voices; all: each of them (default: the first).")
  private String speaker;

  @Option(names = "--wav", paramLabel = "DIR", defaultValue = "spoken",
      description = "Where speech is written, as TEXT_SPEAKER_0.wav (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--picture", paramLabel = "F.png",
      description = "Where images are drawn side by side; what was said, as spectrograms.")
  private Path picture;

  @Option(names = "--tensors", paramLabel = "F.safetensors",
      description = "Where images are written as a tensor x, such as dlm predict takes.")
  private Path tensors;

  SampleCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (count != null && count < 1 || window != null && window < 1) {
      throw usage("--count and --window are at least 1");
    }
    LoadedModel loaded = LoadedModel.load(files, console, null);
    Function images = loaded.model().functions().stream().filter(ImageGenerator::draws).findFirst().orElse(null);
    if (images != null) {
      if (picture == null && tensors == null) {
        throw usage("--picture F.png or --tensors F.safetensors says where the images go");
      }
      ImageGenerator generator = new ImageGenerator(weights.predictor(loaded, console));
      ImageSamples.write(console, generator.draw(count == null ? 64 : count, seed), picture, tensors);
      return;
    }
    Function forward = loaded.model().functions().stream().filter(f -> f.name().equals("forward"))
        .filter(f -> f.inputs().size() == 1 || SpeechGenerator.speaks(f)).findFirst()
        .orElseThrow(() -> new InputProblem("the model " + loaded.spec().name()
            + " has no `forward` that text goes into",
            "Text is made by fn forward(ids: i32[N, T]) -> [N, T, vocabulary],"
                + " speech by fn forward(text: i32[N, S], speaker: i32[N]) -> [N, T, bands],"
                + " images by fn sample(z: [N, 64]) -> [N, 1, 28, 28]."));
    Predictor predictor = weights.predictor(loaded, console);
    if (SpeechGenerator.speaks(forward)) {
      if (prompts.isEmpty()) {
        throw usage("--prompt TEXT says what is spoken");
      }
      new SpokenSamples(console, predictor, forward).write(prompts, speaker, folder, picture);
    } else {
      writeText(predictor);
    }
  }

  private void writeText(Predictor predictor) {
    if (prompts.size() > 1 || speaker != null || picture != null || tensors != null) {
      throw usage("several prompts, --speaker, --picture and --tensors are not for models that write text");
    }
    int trained = DataSources.option("sequence", predictor.facts()).filter(n -> n.matches("[1-9][0-9]{0,8}"))
        .map(Integer::parseInt).orElse(USUAL_WINDOW);
    TextGenerator generator = new TextGenerator(predictor, window == null ? trained : window).temperature(temperature);
    if (top != null) {
      generator.top(top);
    }
    String prompt = prompts.isEmpty() ? generator.usualPrompt() : prompts.getFirst();
    console.out().print(prompt.equals("\n") ? "" : prompt);
    generator.generate(prompt, count == null ? 500 : count, seed, text -> {
      console.out().print(text);
      console.out().flush();
    });
    console.out().println();
  }
}
