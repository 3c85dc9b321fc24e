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
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.SafetensorsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm predict}: what a trained model says of pictures, recordings, numbers or tensors. */
@Command(name = "predict", description = "Tell what a trained model says of pictures, recordings, numbers or tensors.",
    footer = {"", "A picture (.png, .jpg, .gif, .bmp) is scaled to the size that the model wants, as numbers"
        + " from 0 to 1.",
        "A recording (.wav) becomes the spectrogram that the checkpoint's data had.",
        "Other inputs are numbers separated by commas, rows of a table (.csv), which are scaled as the"
            + " checkpoint's data"
        + " was, or a safetensors file with tensors named as the inputs."})
final class PredictCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private WeightOptions weights;

  @Option(names = "--input", paramLabel = "IN", description = "What to look at; may be repeated.")
  private List<String> inputs = List.of();

  @Option(names = "--data", paramLabel = "SPEC", description = "Look at test examples of a data set, as for dlm train.")
  private String data;

  @Option(names = "--count", paramLabel = "K", defaultValue = "12",
      description = "How many test examples (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--picture", paramLabel = "F.png",
      description = "Draw the test examples with what was said of them.")
  private Path picture;

  @Option(names = "--fn", paramLabel = "F",
      description = "The function that is asked (default: write, where the model has one that gives text, else"
          + " forward).")
  private String function;

  @Option(names = "--beam", paramLabel = "K",
      description = "Spell by a search that follows the K likeliest beginnings, where forward gives a score for each"
          + " letter and step (a model trained with ctc).")
  private Integer beam;

  @Option(names = "--top", paramLabel = "K", defaultValue = "3",
      description = "How many of the likeliest classes are told (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--summary",
      description = "Tell how sure the model is on the mean and how many examples go to each class, in place of each"
          + " answer.")
  private boolean summary;

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
    if (beam != null && beam < 1) {
      throw usage("--beam " + beam + ": at least one beginning");
    }
    if (count < 1) {
      throw usage("--count " + count + ": at least one example");
    }
    if (inputs.isEmpty() == (data == null)) {
      throw usage("what to look at is named by --input or by --data");
    }
    if (picture != null && data == null) {
      throw usage("--picture shows the test examples of --data");
    }
    LoadedModel loaded = LoadedModel.load(files, console, null);
    Predictor predictor = weights.predictor(loaded, console);
    Function asked = asked(loaded, predictor);
    if (data != null) {
      new ShownExamples(console, loaded, predictor, asked, beam).show(data, count, picture);
    }
    for (String input : inputs) {
      Tensor[] tensors = tensors(predictor, asked, input);
      IndexRanges.check(loaded.graph(asked.name()), tensors, input);
      tell(input, asked, predictor, predictor.call(asked.name(), tensors));
    }
  }

  private Function asked(LoadedModel loaded, Predictor predictor) {
    boolean writes = beam == null && predictor.facts().containsKey(Vocabulary.TOKENS)
        && loaded.functionNames().contains("write") && Answers.isText(loaded.model().function("write"));
    String name = function != null ? function : writes ? "write" : "forward";
    if (!loaded.functionNames().contains(name)) {
      throw new InputProblem("the model " + loaded.spec().name() + " has no function `" + name + "`",
          "It has " + String.join(", ", loaded.functionNames()) + (function == null
              ? "; --fn names one, and dlm run calls any of them." : "."));
    }
    return loaded.model().function(name);
  }

  private void tell(String input, Function asked, Predictor predictor, List<Tensor> results) {
    if (summary) {
      if (results.size() != 1 || !(results.getFirst() instanceof FloatTensor scores) || scores.shape().length != 2) {
        throw new InputProblem("`" + asked.name() + "` gives no scores of classes to sum up",
            "It should give [N, classes].");
      }
      PredictionSummary.lines(predictor.predictions(scores)).forEach(console.out()::println);
      return;
    }
    List<String> answers = beam == null ? Answers.of(asked, predictor, results, top)
        : Answers.spelled(asked, predictor, results, beam);
    for (int i = 0; i < answers.size(); i++) {
      console.out().println(input + (answers.size() > 1 ? " " + i : "") + ": " + answers.get(i));
    }
    if (answers.isEmpty()) {
      for (int i = 0; i < results.size(); i++) {
        console.out().println(input + " " + asked.outputs().get(i).name() + ": " + text(results.get(i)));
      }
    }
  }

  private Tensor[] tensors(Predictor predictor, Function asked, String input) {
    String end = input.toLowerCase(Locale.ROOT).replaceFirst(".*\\.", "");
    if (List.of("png", "jpg", "jpeg", "gif", "bmp", "wav").contains(end)) {
      return predictor.inputs(asked.name(), Path.of(input), invert);
    }
    if (List.of("csv", "tsv").contains(end)) {
      return new Tensor[] {predictor.table(Path.of(input))};
    }
    if (end.equals("safetensors")) {
      try (SafetensorsFile file = SafetensorsFile.open(Path.of(input))) {
        return asked.inputs().stream().map(port -> file.read(port.name(), port.type())).toArray(Tensor[]::new);
      }
    }
    return new Tensor[] {predictor.scaled(numbers(asked, input))};
  }

  /** One example from a list of numbers. */
  private static FloatTensor numbers(Function asked, String text) {
    List<Port> ports = asked.inputs();
    if (!text.matches("\\s*[-+0-9.eE]+(\\s*,\\s*[-+0-9.eE]+)*\\s*")) {
      throw new InputProblem("the input `" + text
          + "` is neither a picture nor a recording nor a safetensors file nor numbers",
          "Give a .png, .wav or .safetensors file, or numbers separated by commas.");
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
      throw new InputProblem("`" + asked.name() + "` takes "
          + ports.stream().map(Port::toString).collect(Collectors.joining(", "))
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
      if (!Float.isFinite(numbers[i])) {
        throw new InputProblem("`" + words[i] + "` is larger than any number that a model can take",
            "Write 5.1,3.5,1.4,0.2.");
      }
    }
    return new FloatTensor(numbers, shape);
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
