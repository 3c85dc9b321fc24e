package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.onnx.ExportOnnx;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Port;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.Variable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The models of the tasks, as large as they are: what ONNX Runtime makes of the exported functions is what Java makes. */
class OnnxTasksTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm");

  /** Sizes of open dims. */
  private static final Map<String, Integer> SIZES = Map.of("N", 2, "T", 23, "S", 5);

  @TestFactory
  List<DynamicTest> tasks() throws IOException {
    try (Stream<Path> files = Files.walk(ZOO)) {
      List<Path> zoo = files.filter(f -> f.toString().endsWith(".dlm") && !f.toString().endsWith(".train.dlm")).sorted().toList();
      Set<String> models = Compiler.check(zoo, Options.DEFAULT).models().stream().filter(m -> m.packageName().equals("tasks"))
          .map(ModelSpec::name).collect(Collectors.toCollection(java.util.TreeSet::new));
      return models.stream().map(name -> dynamicTest(name, () -> {
        Assumptions.assumeTrue(OnnxRuntime.isThere(), OnnxGoldenTest.ABSENT);
        compare(name, Compiler.compile(zoo, Options.DEFAULT.withModels(Set.of(name))));
      })).toList();
    }
  }

  private static void compare(String name, Result result) throws IOException {
    ModelSpec spec = result.models().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    Model model = GeneratedCode.compile(result.files()).model("tasks." + name);
    model.initialize(7);
    for (Variable v : model.bufferList()) {
      float[] numbers = Filled.numbers(v.path(), v.shape());
      System.arraycopy(numbers, 0, model.buffers, v.offset(), v.size());
    }
    for (ModelSpec.Function function : spec.functions()) {
      if (OnnxGoldenTest.USED.contains(function.name())) {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ExportOnnx.write(function.inference(), "", path -> bytes(model, path), exported);
        compare(name, model.function(function.name()), exported.toByteArray());
      }
    }
  }

  private static void compare(String name, Function function, byte[] exported) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    function.inputs().forEach(port -> inputs.put(port.name(), input(port)));
    Program program = function.inference();
    program.bind(inputs.values().toArray(Tensor[]::new));
    program.run();
    Map<String, Tensor> found = OnnxRuntime.run(exported, inputs);
    for (int i = 0; i < function.outputs().size(); i++) {
      String output = function.outputs().get(i).name();
      Tensor other = found.containsKey(output) ? found.get(output) : found.get(output + "_out");
      Closeness.check(name + "." + function.name() + " " + output, other, program.output(i), 1, Closeness.FORWARD, 0);
    }
  }

  private static Tensor input(Port port) {
    int[] shape = port.dims().stream().mapToInt(d -> SIZES.containsKey(d) ? SIZES.get(d) : Integer.parseInt(d)).toArray();
    if (port.type() == ElementType.F32) {
      return new FloatTensor(Filled.input(port.name(), shape), shape);
    }
    Random random = new Random(port.name().hashCode());
    int[] numbers = random.ints(Tensor.size(shape), 0, port.name().equals("speaker") ? 6 : 17).toArray();
    if (port.name().endsWith("_length")) {
      numbers = new int[] {SIZES.get("T"), SIZES.get("T") - 6};
    }
    return IntTensor.of(numbers, shape);
  }

  private static byte[] bytes(Model model, String path) {
    Map<String, Variable> parameters = new HashMap<>();
    model.parameterList().forEach(v -> parameters.put(v.path(), v));
    Variable v = parameters.containsKey(path) ? parameters.get(path)
        : model.bufferList().stream().filter(b -> b.path().equals(path)).findFirst().orElseThrow();
    ByteBuffer data = ByteBuffer.allocate(v.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(parameters.containsKey(path) ? model.parameters : model.buffers, v.offset(), v.size());
    return data.array();
  }
}
