package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.Variable;
import org.dlm.runtime.store.RandomStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The example files of the design, in the folder that {@code -Ddlm.examples} names: all of them compile together; every
 * function of every model, and its gradient, gives what the interpreter gives; a step by a rule of theirs makes every
 * objective smaller. The widths are made small for this, the text is otherwise as it stands.
 */
class DesignExamplesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("dlm.examples", Path.of("..", "..", "shared", "design", "examples").toString()));

  /** Texts of the examples, and the smaller models in their place. */
  private static final Map<String, String> SMALLER = new LinkedHashMap<>();

  static {
    SMALLER.put("CharLm(vocab = 65)", "CharLm(vocab = 65, hidden = 8)");
    SMALLER.put("Gpt(vocab = 50_257)", "Gpt(vocab = 60, d = 16, heads = 4, depth = 2)");
    SMALLER.put("Gpt(vocab = 50_257, d = 1024, heads = 16, depth = 24)", "Gpt(vocab = 61, d = 24, heads = 3, depth = 3)");
    SMALLER.put("= Generator()", "= Generator(base = 4)");
    SMALLER.put("= Discriminator()", "= Discriminator(base = 4)");
    SMALLER.put("ConvBn(64, 7, stride = 2)", "ConvBn(4, 7, stride = 2)");
    SMALLER.put("BasicBlock(64 * 2 ** s", "BasicBlock(4 * 2 ** s");
    SMALLER.put("H = 224, W = 224", "H = 32, W = 32");
  }

  private static final Map<String, Long> DIMS = Map.of("N", 1L, "T", 3L, "H", 32L, "W", 32L);

  /** Integers are below the smallest number of classes. */
  private static final int LIMIT = 10;

  @TestFactory
  List<DynamicTest> examples() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder of examples: say -Ddlm.examples=FOLDER");
    List<SourceFile> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList()) {
        sources.add(new SourceFile(file.getFileName().toString(), smaller(Files.readString(file))));
      }
    }
    Result result = Compiler.compileSources(sources, Options.DEFAULT);
    assertThat(result.hasErrors()).as(Render.text(result.diagnostics(), false)).isFalse();
    assertThat(result.recipes()).isNotEmpty();
    GeneratedCode code = GeneratedCode.compile(result.files());
    return result.models().stream().map(spec -> dynamicTest(spec.name(), () -> run(spec, code, sources))).toList();
  }

  private static String smaller(String text) {
    for (Map.Entry<String, String> change : SMALLER.entrySet()) {
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }

  private static void run(ModelSpec spec, GeneratedCode code, List<SourceFile> sources) {
    Model model = code.model(spec.packageName() + "." + spec.name());
    String file = spec.span().file().name();
    String text = sources.stream().filter(s -> s.name().equals(file)).findFirst().orElseThrow().text();
    model.initialize(1);
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    model.parameterList().forEach(v -> numbers.put("param." + v.path(), numbers(model.parameters, v)));
    model.bufferList().forEach(v -> numbers.put("buffer." + v.path(), numbers(model.buffers, v)));
    GoldenCase initial = new GoldenCase(spec.name(), file, "", "", text, numbers, Map.of());
    // what dropout draws in training is a matter of its own test, and one small picture has no statistics
    boolean training = !text.contains("Dropout(") && !text.contains("BatchNorm2d(");
    DifferentialTest.check(initial, spec, model, DIMS, LIMIT, training, new RandomStream(1));
    for (ModelSpec.Function function : spec.functions()) {
      if (model.function(function.name()).differentiable()) {
        step(code, spec, function);
      }
    }
  }

  private static Tensor numbers(float[] all, Variable v) {
    return new FloatTensor(Arrays.copyOfRange(all, v.offset(), v.offset() + v.size()), v.shape());
  }

  /** One step from the initial parameters, by a rule of the examples. */
  private static void step(GeneratedCode code, ModelSpec spec, ModelSpec.Function function) {
    Model model = code.model(spec.packageName() + "." + spec.name());
    model.initialize(1);
    Optimizer rule = code.optimizer("dlm.optim.AdamW");
    rule.set("lr", 1e-4);
    var program = model.function(function.name()).inferenceGradient();
    program.bind(GeneratedEngine.arguments(model.function(function.name()),
        DifferentialTest.inputs(function, DIMS, LIMIT)));
    float before = first(program);
    rule.update(model.parameters, model.gradients, 0, model.parameters.length, 1);
    assertThat(first(program)).as(spec.name() + "." + function.name() + " after a step").isLessThan(before);
  }

  private static float first(org.dlm.runtime.Program program) {
    program.run();
    return GoldenCheck.floats(program.output(0))[0];
  }
}
