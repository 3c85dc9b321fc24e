package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.RandomStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated code against the interpreter, every function of the files in {@code differential/}, at the sizes that the file's
 * {@code // sizes N = 1 4 6} line names: around multiples of the lanes, where loops end. {@code // below 5} bounds the integers.
 */
@OnEveryWidth
class DifferentialTest {
  private static final Pattern SIZES = Pattern.compile("// sizes (\\w+) =([ 0-9]+)");
  private static final Pattern BELOW = Pattern.compile("// below (\\d+)");

  @TestFactory
  List<DynamicTest> sizes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("differential"))) {
      for (Path file : files.sorted().toList()) {
        tests.addAll(tests(file, Files.readString(file)));
      }
    }
    return tests;
  }

  private static List<DynamicTest> tests(Path file, String text) {
    Matcher sizes = SIZES.matcher(text);
    Matcher below = BELOW.matcher(text);
    if (!sizes.find()) {
      throw new IllegalStateException(file + " has no line `// sizes N = 1 4 6`");
    }
    int limit = below.find() ? Integer.parseInt(below.group(1)) : 2;
    GoldenCase bare = new GoldenCase(file.getFileName().toString(), file.toString(), "", "", text, Map.of(), Map.of());
    List<Object> made = new ArrayList<>();
    return Stream.of(sizes.group(2).trim().split(" +")).map(size ->
        dynamicTest(bare.name() + " " + sizes.group(1) + " = " + size, () -> {
          if (made.isEmpty()) {
            Result result = Compiled.java(bare, List.of());
            ModelSpec spec = result.models().getFirst();
            made.add(spec);
            made.add(GeneratedCode.compile(result.files()).model(spec.packageName() + "." + spec.name()));
          }
          check(bare, (ModelSpec) made.get(0), (Model) made.get(1), Map.of(sizes.group(1), Long.parseLong(size)), limit, true);
        })).toList();
  }

  /** Every function of a model, with its gradient where it has one; {@code training}: also as it is called in training. */
  static void check(GoldenCase bare, ModelSpec spec, Model model, Map<String, Long> dims, int limit, boolean training) {
    RandomStream random = new RandomStream(dims.hashCode());
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    spec.parameters().forEach(v -> numbers.put("param." + v.path(), floats(v.shape(), dims, random, 0)));
    spec.buffers().forEach(v -> numbers.put("buffer." + v.path(), floats(v.shape(), dims, random, 3)));
    check(new GoldenCase(bare.name(), bare.source(), "", "", bare.text(), numbers, Map.of()), spec, model, dims, limit,
        training, random);
  }

  /** The same with the numbers of the case as parameters and buffers. */
  static void check(GoldenCase of, ModelSpec spec, Model model, Map<String, Long> dims, int limit, boolean training,
      RandomStream random) {
    Engine generated = new GeneratedEngine(of, model);
    Engine interpreted = new InterpretedEngine(of, spec);
    for (ModelSpec.Function function : spec.functions()) {
      Map<String, Tensor> inputs = inputs(function, dims, limit, random);
      Function compiled = model.function(function.name());
      for (boolean trains : training ? new boolean[] {false, true} : new boolean[] {false}) {
        for (boolean gradient : compiled.differentiable() ? new boolean[] {false, true} : new boolean[] {false}) {
          compare(of.source() + " " + dims + " " + function.name() + (trains ? " training" : "") + (gradient ? " gradient" : ""),
              generated.call(function.name(), trains, gradient, inputs),
              interpreted.call(function.name(), trains, gradient, inputs));
        }
      }
    }
  }

  /** Random inputs of a function. */
  static Map<String, Tensor> inputs(ModelSpec.Function function, Map<String, Long> dims, int limit) {
    return inputs(function, dims, limit, new RandomStream(dims.hashCode()));
  }

  private static Map<String, Tensor> inputs(ModelSpec.Function function, Map<String, Long> dims, int limit,
      RandomStream random) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    function.inference().inputs().forEach(v -> inputs.put(((Given) v.op()).path(), input(v, dims, random, limit)));
    return inputs;
  }

  private static void compare(String what, Engine.Outcome actual, Engine.Outcome expected) {
    expected.outputs().forEach((name, tensor) ->
        Closeness.check(what + " " + name, actual.outputs().get(name), tensor, 1, Closeness.FORWARD, 0));
    double scale = expected.gradients().values().stream().mapToDouble(Closeness::largest).max().orElse(0);
    expected.gradients().forEach((path, numbers) ->
        Closeness.check(what + " of " + path, actual.gradients().get(path), numbers, 1, Closeness.GRADIENT, scale));
    expected.buffers().forEach((path, numbers) ->
        Closeness.check(what + " buffer " + path, actual.buffers().get(path), numbers, 1, Closeness.FORWARD, 0));
  }

  private static Tensor input(Value value, Map<String, Long> dims, RandomStream random, int limit) {
    if (value.type().element() == DType.F32) {
      return floats(value.shape(), dims, random, 0);
    }
    int[] shape = lengths(value.shape(), dims);
    int[] data = new int[Tensor.size(shape)];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.below(limit);
    }
    return IntTensor.of(data, shape);
  }

  private static FloatTensor floats(Shape shape, Map<String, Long> dims, RandomStream random, float shift) {
    int[] lengths = lengths(shape, dims);
    float[] data = new float[Tensor.size(lengths)];
    for (int i = 0; i < data.length; i++) {
      data[i] = shift + (float) random.normal() * (shift == 0 ? 1 : 0.2f);
    }
    return new FloatTensor(data, lengths);
  }

  private static int[] lengths(Shape shape, Map<String, Long> dims) {
    return shape.dims().stream().mapToInt(d -> (int) d.evaluate(dims)).toArray();
  }
}
