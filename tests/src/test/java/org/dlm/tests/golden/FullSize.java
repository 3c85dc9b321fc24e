package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.Variable;

/** What PyTorch answers where a model of the zoo has its full size: {@code golden/full_size.txt}. */
public final class FullSize {
  private static final Path FILE = Path.of("golden", "full_size.txt");
  private static final double RESULT = 1e-4;
  private static final double GRADIENT = 1e-3;

  /** Gradients that are as small beside the largest are compared with that. */
  private static final double SMALL = 1e-3;

  private record Line(int[] shape, double[] numbers) {}

  private final Map<String, Line> lines;

  private FullSize(Map<String, Line> lines) {
    this.lines = lines;
  }

  /** The numbers of a model, where there are some. */
  public static Optional<FullSize> of(String model) throws IOException {
    Map<String, Line> lines = new LinkedHashMap<>();
    for (String text : Files.readAllLines(FILE)) {
      String[] words = text.split(" ");
      if (words[0].equals(model)) {
        lines.put(words[1], new Line(words[2].equals("-") ? new int[0]
            : Arrays.stream(words[2].split("x")).mapToInt(Integer::parseInt).toArray(),
            Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray()));
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(new FullSize(lines));
  }

  /** Gives the model PyTorch's numbers and compares each function; what was compared, in words. */
  public String compare(Model model) {
    model.parameterList().forEach(v -> fill(v, model.parameters));
    model.bufferList().forEach(v -> fill(v, model.buffers));
    return model.functions().stream().filter(f -> lines.keySet().stream().anyMatch(k -> k.startsWith("eval.out." + f.name() + ".")))
        .map(f -> compare(f, model)).collect(Collectors.joining(", "));
  }

  private static void fill(Variable variable, float[] into) {
    float[] numbers = Filled.numbers(variable.path(), variable.shape());
    System.arraycopy(numbers, 0, into, variable.offset(), numbers.length);
  }

  private String compare(Function function, Model model) {
    Tensor[] inputs = function.inputs().stream().map(p -> input(p.name())).toArray(Tensor[]::new);
    Program program = function.differentiable() ? function.inferenceGradient() : function.inference();
    program.bind(inputs);
    program.run();
    double error = 0;
    for (int i = 0; i < function.outputs().size(); i++) {
      String key = "eval.out." + function.name() + "." + function.outputs().get(i).name();
      float[] actual = ((FloatTensor) program.output(i)).data();
      error = Math.max(error, compare(key, lines.get(key).numbers, actual));
    }
    String said = String.format("%s %.0e", function.name(), error);
    return function.differentiable() ? said + String.format(" and its gradient %.0e", gradients(function, model)) : said;
  }

  private Tensor input(String name) {
    Line whole = lines.get("input." + name);
    if (whole != null) {
      return IntTensor.of(Arrays.stream(whole.numbers).mapToInt(d -> (int) d).toArray(), whole.shape);
    }
    int[] shape = Arrays.stream(lines.get("shape." + name).numbers).mapToInt(d -> (int) d).toArray();
    return new FloatTensor(Filled.input(name, shape), shape);
  }

  private static double compare(String key, double[] expected, float[] actual) {
    int every = Math.max(1, actual.length / 16) | 1;
    double most = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      error = Math.max(error, Math.abs(expected[i] - actual[i * every]) / most);
    }
    assertThat(error).as(key + ", element " + every + " by " + every).isLessThanOrEqualTo(RESULT);
    return error;
  }

  private double gradients(Function function, Model model) {
    String prefix = "eval.grad." + function.name() + ".";
    List<String> keys = lines.keySet().stream().filter(k -> k.startsWith(prefix)).toList();
    double largest = keys.stream().mapToDouble(k -> lines.get(k).numbers[0]).max().orElseThrow();
    double most = 0;
    for (String key : keys) {
      Variable parameter = model.parameterList().stream().filter(v -> v.path().equals(key.substring(prefix.length())))
          .findFirst().orElseThrow(() -> new AssertionError("no parameter for " + key));
      double sum = 0;
      for (int i = 0; i < Tensor.size(parameter.shape()); i++) {
        double g = model.gradients[parameter.offset() + i];
        sum += g * g;
      }
      double expected = lines.get(key).numbers[0];
      double error = Math.abs(Math.sqrt(sum) - expected) / Math.max(expected, SMALL * largest);
      assertThat(error).as(key + ": its length is " + Math.sqrt(sum) + ", PyTorch's " + expected)
          .isLessThanOrEqualTo(GRADIENT);
      most = Math.max(most, error);
    }
    return most;
  }
}
