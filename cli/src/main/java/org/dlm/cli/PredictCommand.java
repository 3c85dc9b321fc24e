package org.dlm.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Port;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.predict.Prediction;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.SafetensorsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm predict}: what a trained model says of pictures, numbers or tensors. */
@Command(name = "predict", description = "Tell what a trained model says of pictures, numbers or tensors.",
    footer = {"", "A picture (.png, .jpg, .gif, .bmp) is scaled to the size that the model wants, as numbers"
        + " from 0 to 1.",
        "Other inputs are numbers separated by commas, or a safetensors file with tensors named as the inputs."})
final class PredictCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private WeightOptions weights;

  @Option(names = "--input", paramLabel = "IN", required = true, description = "What to look at; may be repeated.")
  private List<String> inputs;

  @Option(names = "--top", paramLabel = "K", defaultValue = "3",
      description = "How many of the likeliest classes are told (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--invert", description = "Exchange black and white in pictures: for dark ink on light paper.")
  private boolean invert;

  PredictCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (top < 1) {
      throw usage("--top " + top + ": at least one class");
    }
    LoadedModel loaded = LoadedModel.load(files, console, null);
    if (!loaded.functionNames().contains("forward")) {
      throw new InputProblem("the model " + loaded.spec().name() + " has no function `forward`",
          "It has " + String.join(", ", loaded.functionNames()) + "; dlm run calls any of them.");
    }
    Predictor predictor = weights.predictor(loaded, console);
    Function forward = loaded.model().function("forward");
    boolean classes = forward.outputs().getFirst().dims().size() == 2
        && forward.outputs().getFirst().type() == ElementType.F32;
    for (String input : inputs) {
      Tensor[] tensors = tensors(predictor, forward, input);
      IndexRanges.check(loaded.graph("forward"), tensors, input);
      if (classes) {
        List<Prediction> all = predictor.classify(tensors);
        for (int i = 0; i < all.size(); i++) {
          console.out().println(input + (all.size() > 1 ? " " + i : "") + ": " + text(all.get(i)));
        }
      } else {
        List<Tensor> results = predictor.call("forward", tensors);
        for (int i = 0; i < results.size(); i++) {
          console.out().println(input + " " + forward.outputs().get(i).name() + ": " + text(results.get(i)));
        }
      }
    }
  }

  private Tensor[] tensors(Predictor predictor, Function forward, String input) {
    String end = input.toLowerCase(Locale.ROOT).replaceFirst(".*\\.", "");
    if (List.of("png", "jpg", "jpeg", "gif", "bmp").contains(end)) {
      return new Tensor[] {predictor.picture(Path.of(input), invert)};
    }
    if (end.equals("safetensors")) {
      try (SafetensorsFile file = SafetensorsFile.open(Path.of(input))) {
        return forward.inputs().stream().map(port -> file.read(port.name(), port.type())).toArray(Tensor[]::new);
      }
    }
    return new Tensor[] {numbers(forward.inputs(), input)};
  }

  /** One example from a list of numbers. */
  private static Tensor numbers(List<Port> ports, String text) {
    if (!text.matches("\\s*[-+0-9.eE]+(\\s*,\\s*[-+0-9.eE]+)*\\s*")) {
      throw new InputProblem("the input `" + text + "` is neither a picture nor a safetensors file nor numbers",
          "Give a .png or .safetensors file, or numbers separated by commas.");
    }
    Port port = ports.getFirst();
    List<String> dims = port.dims();
    String[] words = text.strip().split("\\s*,\\s*");
    int[] shape = new int[dims.size()];
    Arrays.fill(shape, 1);
    boolean fits = ports.size() == 1 && port.type() == ElementType.F32;
    for (int i = dims.size() == 1 ? 0 : 1; i < shape.length && fits; i++) {
      fits = dims.get(i).matches("[0-9]{1,9}");
      shape[i] = fits ? Integer.parseInt(dims.get(i)) : 1;
    }
    if (!fits || Tensor.size(shape) != words.length) {
      throw new InputProblem("`forward` takes " + ports.stream().map(Port::toString).collect(Collectors.joining(", "))
          + "; " + words.length + " numbers do not make one example of that",
          "Give the tensors in a safetensors file.");
    }
    float[] numbers = new float[words.length];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Float.parseFloat(words[i]);
      } catch (NumberFormatException e) {
        throw new InputProblem("`" + words[i] + "` is no number", "Write 5.1,3.5,1.4,0.2.", e);
      }
    }
    return new FloatTensor(numbers, shape);
  }

  private String text(Prediction prediction) {
    return prediction.ranking(top).stream().map(c -> String.format(Locale.ROOT, "%s %.2f %%",
        prediction.classNames().get(c), 100 * prediction.probabilities()[c])).collect(Collectors.joining(", "));
  }

  private static String text(Tensor result) {
    String numbers = switch (result) {
      case FloatTensor f -> Arrays.toString(f.data().length <= 64 ? f.data() : Arrays.copyOf(f.data(), 64));
      case org.dlm.runtime.IntTensor i -> Arrays.toString(i.data().length <= 64 ? i.data()
          : Arrays.copyOf(i.data(), 64));
    };
    int size = Tensor.size(result.shape());
    return Arrays.toString(result.shape()) + " " + (size <= 64 ? numbers
        : numbers.substring(0, numbers.length() - 1) + ", ... (dlm run writes all " + size + " to a file)]");
  }
}
