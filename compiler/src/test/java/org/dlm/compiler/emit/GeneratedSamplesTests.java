package org.dlm.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.OpSamples;
import org.dlm.compiler.op.Sample;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op on its samples, and its gradient: the generated code gives the interpreter's numbers. */
class GeneratedSamplesTests {
  private static final Span NOWHERE = new Span(new SourceFile("sample.dlm", "\n"), 0, 0);

  private static ClassLoader loader;

  static List<Sample> samples() {
    return OpSamples.all().stream().filter(s -> !s.name().contains("uniform") && !s.name().contains("normal"))
        .filter(GeneratedSamplesTests::inputsSayAllDims).toList();
  }

  /** A function whose inputs do not name an open dim cannot be called. */
  private static boolean inputsSayAllDims(Sample sample) {
    java.util.Set<String> said = new java.util.HashSet<>();
    if (sample.name().startsWith("size")) {
      return false;
    }
    sample.inputs().forEach(i -> i.type().shape().dims().forEach(d -> said.addAll(d.symbols())));
    return sample.graph().values().stream()
        .allMatch(v -> v.shape().dims().stream().allMatch(d -> said.containsAll(d.symbols())));
  }

  private static String className(int sample) {
    return "Sample" + sample;
  }

  @BeforeAll
  static void compileAll() {
    List<GeneratedFile> files = new ArrayList<>();
    for (int i = 0; i < samples().size(); i++) {
      files.add(WriteJava.model(model(className(i), samples().get(i)), false));
    }
    loader = InMemoryJava.load(InMemoryJava.compile(files));
  }

  private static ModelSpec model(String name, Sample sample) {
    Graph graph = renamed(Backward.of(sample.graph(), 0, List.of(), true));
    List<ModelSpec.Variable> buffers = graph.values().stream()
        .filter(v -> v.op() instanceof Given g && g.kind() == Given.Kind.BUFFER)
        .map(v -> new ModelSpec.Variable("weights", closed(v.type().shape(), dims(sample)),
            new ModelSpec.Initial("zeros", List.of()), true, NOWHERE)).toList();
    return new ModelSpec("sample", name, sample.name(), NOWHERE, List.of(), buffers,
        List.of(new ModelSpec.Function("f", "", NOWHERE, graph, graph, List.of())), List.of());
  }

  /** The gradients of inputs as plain results. */
  private static Graph renamed(Graph graph) {
    List<Graph.Result> results = graph.results().stream()
        .map(r -> new Graph.Result(r.name().replace("grad.", "d_"), r.value())).toList();
    return new Graph(graph.name(), graph.values(), graph.inputs(), results, graph.updates(), graph.requirements());
  }

  static IntStream numbers() {
    return IntStream.range(0, samples().size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void generatedCodeAgreesWithTheInterpreter(int number) throws ReflectiveOperationException {
    Sample sample = samples().get(number);
    Graph graph = renamed(Backward.of(sample.graph(), 0, List.of(), true));
    Map<String, double[]> expected = sample.evaluate(graph, Map.of());
    Model model = (Model) loader.loadClass("sample." + className(number)).getDeclaredConstructor().newInstance();
    model.bufferList().forEach(v -> {
      for (int i = 0; i < v.size(); i++) {
        model.buffers[v.offset() + i] = (float) Sample.weight(i);
      }
    });
    Program program = model.function("f").inference();
    program.bind(inputs(sample));
    program.run();
    program.run();
    for (int i = 0; i < graph.results().size(); i++) {
      double[] numbers = numbers(program.output(i));
      double[] wanted = expected.get(graph.results().get(i).name());
      assertThat(numbers).as(sample + ", " + graph.results().get(i).name()).hasSameSizeAs(wanted);
      double scale = 1;
      for (double w : wanted) {
        scale = Double.isFinite(w) ? Math.max(scale, Math.abs(w)) : scale;
      }
      for (int k = 0; k < wanted.length; k++) {
        boolean close = Double.compare(numbers[k], wanted[k]) == 0 || Math.abs(numbers[k] - wanted[k]) <= 3e-6 * scale;
        assertThat(close).as("%s, %s[%d]: %s, not %s", sample, graph.results().get(i).name(), k, numbers[k], wanted[k]).isTrue();
      }
    }
  }

  private static Tensor[] inputs(Sample sample) {
    return sample.inputs().stream().map(input -> {
      int[] shape = input.type().shape().dims().stream().mapToInt(d -> (int) d.evaluate(sample.dims())).toArray();
      if (input.type().element() == DType.F32) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
          tensor.data()[i] = (float) input.numbers()[i];
        }
        return (Tensor) tensor;
      }
      int[] data = new int[Tensor.size(shape)];
      for (int i = 0; i < data.length; i++) {
        data[i] = (int) input.numbers()[i];
      }
      return new IntTensor(input.type().element() == DType.BOOL ? ElementType.BOOL : ElementType.I32, data, shape);
    }).toArray(Tensor[]::new);
  }

  private static double[] numbers(Tensor tensor) {
    return switch (tensor) {
      case FloatTensor f -> {
        double[] all = new double[f.data().length];
        java.util.Arrays.setAll(all, i -> f.data()[i]);
        yield all;
      }
      case IntTensor t -> java.util.Arrays.stream(t.data()).asDoubleStream().toArray();
    };
  }

  private static Map<String, Dim> dims(Sample sample) {
    Map<String, Dim> dims = new HashMap<>();
    sample.dims().forEach((name, value) -> dims.put(name, Dim.of(value)));
    return dims;
  }

  private static Shape closed(Shape shape, Map<String, Dim> dims) {
    return new Shape(shape.dims().stream().map(d -> d.substitute(dims)).toList());
  }
}
