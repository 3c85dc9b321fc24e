package org.dlm.cli;

import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.predict.TextGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm sample}: text from a trained language model. */
@Command(name = "sample", description = "Let a trained language model write text.")
final class SampleCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private WeightOptions weights;

  @Option(names = "--prompt", paramLabel = "TEXT", defaultValue = "\n",
      description = "What the text goes on from (default: a new line).")
  private String prompt;

  @Option(names = "--count", paramLabel = "K", defaultValue = "500",
      description = "How many tokens are written (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--temperature", paramLabel = "X", defaultValue = "1.0",
      description = "Below 1 likely tokens become more likely, 0 takes the likeliest (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "Draw only from the K likeliest tokens (default: all).")
  private Integer top;

  @Option(names = "--window", paramLabel = "T", defaultValue = "64",
      description = "How many tokens the model looks back, where it leaves that open (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
      description = "Decides which tokens are drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  SampleCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (count < 1 || window < 1) {
      throw usage("--count and --window are at least 1");
    }
    LoadedModel loaded = LoadedModel.load(files, console, null);
    Function forward = loaded.model().functions().stream()
        .filter(f -> f.name().equals("forward") && f.inputs().size() == 1).findFirst()
        .orElseThrow(() -> new InputProblem("the model " + loaded.spec().name() + " has no `forward` with one input",
            "Text is made by fn forward(ids: i32[N, T]) -> [N, T, vocabulary]."));
    TextGenerator generator = new TextGenerator(weights.predictor(loaded, console), forward.inputs().getFirst(),
        forward.outputs().getFirst(), window).temperature(temperature);
    if (top != null) {
      generator.top(top);
    }
    console.out().print(prompt.equals("\n") ? "" : prompt);
    generator.generate(prompt, count, seed, text -> {
      console.out().print(text);
      console.out().flush();
    });
    console.out().println();
  }
}
