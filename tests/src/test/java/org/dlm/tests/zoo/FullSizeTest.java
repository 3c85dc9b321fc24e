package org.dlm.tests.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.StepMemory;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.compiler.shape.DType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.RandomStream;
import org.dlm.tests.golden.FullSize;
import org.dlm.tests.golden.GeneratedCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The models of the zoo at full size, which takes minutes and gigabytes: {@code -Ddlm.full=all}, or the names of some.
 * Each compiles, keeps the limits of the JVM, and runs forward passes and steps of plain gradient descent with one
 * example; what PyTorch answers for the same weights is compared. Writes the model's row in {@code docs/zoo.md}.
 */
@EnabledIfSystemProperty(named = "dlm.full", matches = ".+")
class FullSizeTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm");
  private static final int LARGEST_METHOD = 8000;
  private static final float RATE = 1e-3f;
  /** As long is run what is quick, so that the just-in-time compiler is done with it. */
  private static final double WARM = 1.0;

  /** Open sizes beside {@code N}: short sentences, images as in the papers. */
  private static final Map<String, Long> DIMS = Map.of("H", 224L, "W", 224L, "T", 32L, "S", 32L);

  /** Where a model is, by name. */
  private static final List<String> MODELS = List.of("vision/mlp.dlm Mlp", "vision/lenet.dlm LeNet5",
      "vision/alexnet.dlm AlexNet", "vision/vgg.dlm VggSmall", "vision/vgg.dlm Vgg11", "vision/vgg.dlm Vgg16",
      "vision/resnet.dlm ResNet18Cifar", "vision/resnet.dlm ResNet18", "vision/resnet.dlm ResNet34",
      "vision/resnet.dlm ResNet50", "vision/mobilenet.dlm MobileNetV2", "vision/googlenet.dlm GoogLeNet",
      "vision/densenet.dlm DenseNet121", "vision/vit.dlm ViTTiny", "vision/unet.dlm UNetSmall",
      "vision/dcgan.dlm Dcgan", "text/char_models.dlm CharLstm", "text/char_models.dlm CharGru",
      "text/gpt_mini.dlm GptMini", "text/gpt2.dlm Gpt2Small", "text/bert.dlm BertBase",
      "text/transformer.dlm TransformerBase", "text/seq2seq.dlm Seq2Seq");

  @TestFactory
  List<DynamicTest> models() {
    String wanted = System.getProperty("dlm.full");
    Set<String> names = Set.of(wanted.split(","));
    return MODELS.stream().map(m -> m.split(" ")).filter(m -> wanted.equals("all") || names.contains(m[1]))
        .map(m -> dynamicTest(m[1], () -> run(ZOO.resolve(m[0]), m[1]))).toList();
  }

  private static void run(Path file, String name) throws IOException {
    long start = System.nanoTime();
    Result result = Compiler.compile(List.of(file), Options.DEFAULT.withModels(Set.of(name)));
    double compile = seconds(start);
    assertThat(result.hasErrors()).isFalse();
    ModelSpec spec = result.models().getFirst();
    long lines = result.files().stream().filter(f -> f.relativePath().endsWith("/" + name + ".java"))
        .mapToLong(f -> f.text().lines().count()).sum();
    start = System.nanoTime();
    GeneratedCode code = GeneratedCode.compile(result.files());
    double javac = seconds(start);
    int largest = largestMethod(code);
    Model model = code.model(spec.packageName() + "." + name);
    assertThat((double) spec.parameters().size()).isEqualTo(model.parameterList().size());
    String forward = "";
    String step = "";
    double memory = 0;
    for (ModelSpec.Function function : spec.functions()) {
      Function compiled = model.function(function.name());
      if (compiled.differentiable()) {
        step += (step.isEmpty() ? "" : ", ") + step(model, compiled, function);
        memory = Math.max(memory, StepMemory.of(function, dims(function)).orElseThrow().bytes());
      } else if (forward.isEmpty()) {
        forward = timed(bound(compiled.inference(), function));
        memory = Math.max(memory, WriteJava.inferencePlan(function).peak(dims(function)));
      }
    }
    Optional<FullSize> golden = FullSize.of(name);
    String equal = golden.isPresent() ? golden.get().compare(model) : "";
    ZooPage.put(MODELS.stream().map(m -> m.split(" ")[1]).toList(), name, List.of(
        String.format(Locale.ROOT, "%,d", spec.parameters().stream()
            .mapToLong(v -> v.shape().size().constant()).sum()),
        number(compile), number(javac), String.format(Locale.ROOT, "%,d", lines),
        String.format(Locale.ROOT, "%,d", largest), forward, step, String.format(Locale.ROOT, memory < 1 << 20 ? "%.3f" : "%.1f", memory / (1 << 20)), equal));
  }

  /** The loss falls with steps along the gradient; how long a step takes. */
  private static String step(Model model, Function compiled, ModelSpec.Function function) {
    String time = timed(bound(compiled.gradient(), function));
    Program program = bound(compiled.inferenceGradient(), function);
    program.run();
    float before = ((FloatTensor) program.output(0)).data()[0];
    assertThat(before).isFinite();
    double norm = 0;
    for (float g : model.gradients) {
      norm += (double) g * g;
    }
    assertThat(norm).isFinite().isPositive();
    for (int i = 0; i < model.parameters.length; i++) {
      model.parameters[i] -= (float) (RATE * model.gradients[i] / Math.sqrt(norm));
    }
    program.run();
    assertThat(((FloatTensor) program.output(0)).data()[0]).as(function.name() + " after a step").isLessThan(before);
    return time;
  }

  private static Program bound(Program program, ModelSpec.Function function) {
    RandomStream random = new RandomStream(7);
    program.bind(function.inference().inputs().stream().map(v -> input(v, random)).toArray(Tensor[]::new));
    return program;
  }

  private static Tensor input(Value value, RandomStream random) {
    int[] shape = value.shape().dims().stream().mapToInt(d -> (int) d.evaluate(dims(d.symbols()))).toArray();
    int size = Tensor.size(shape);
    if (value.type().element() == DType.F32) {
      float[] data = new float[size];
      for (int i = 0; i < size; i++) {
        data[i] = (float) random.normal();
      }
      return new FloatTensor(data, shape);
    }
    int[] data = new int[size];
    for (int i = 0; i < size; i++) {
      data[i] = random.below(2);
    }
    return IntTensor.of(data, shape);
  }

  private static Map<String, Long> dims(ModelSpec.Function function) {
    return dims(function.inference().inputs().stream().flatMap(v -> v.shape().dims().stream())
        .flatMap(d -> d.symbols().stream()).collect(Collectors.toSet()));
  }

  private static Map<String, Long> dims(Set<String> symbols) {
    return symbols.stream().collect(Collectors.toMap(s -> s, s -> DIMS.getOrDefault(s, 1L)));
  }

  /** The fastest run, of two or of as many as a second has room for. */
  private static String timed(Program program) {
    program.run();
    double least = Double.MAX_VALUE;
    long begin = System.nanoTime();
    do {
      long start = System.nanoTime();
      program.run();
      least = Math.min(least, seconds(start));
    } while (seconds(begin) < WARM);
    return String.format(Locale.ROOT, least < 1e-3 ? "%.6f" : least < 0.1 ? "%.4f" : "%.2f", least);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static int largestMethod(GeneratedCode code) {
    int largest = 0;
    for (var file : code.classFiles().entrySet()) {
      for (MethodModel method : ClassFile.of().parse(file.getValue()).methods()) {
        int size = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
        assertThat(size).as("bytecode of " + file.getKey() + "." + method.methodName())
            .isLessThanOrEqualTo(LARGEST_METHOD);
        largest = Math.max(largest, size);
      }
    }
    return largest;
  }
}
