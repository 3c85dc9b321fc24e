package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.Variable;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.train.GradientClip;
import org.dlm.runtime.train.GradientSum;
import org.dlm.runtime.train.ParallelUpdate;
import org.dlm.runtime.train.ParameterGroup;
import org.dlm.runtime.train.WeightAverage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What stands between gradients and steps, against PyTorch: clipping, accumulation, groups, averaged weights. */
class TrainingPartsTest {
  private static final Path GOLDEN = Path.of("golden", "cases", "training.safetensors");
  private static final int STEPS = 20;

  private static final GeneratedCode CODE = GeneratedCode.compile(Compiler.compileSources(List.of(new SourceFile("net.dlm", """
      package golden
      model Parts {
        net = [Linear(7), tanh, Linear(3)]
        fn loss(x: [N, 6], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """)), Options.DEFAULT.withOptimizers(List.of("SGD"))).files());

  /** A run: what differs from plain steps. */
  private record Run(List<int[]> batches, double norm, double value, double average, List<ParameterGroup> groups,
      List<String> decay) {
    Run() {
      this(List.of(new int[] {0, 9}), 0, 0, 0, List.of(), List.of());
    }

    Run batches(List<int[]> cuts) {
      return new Run(cuts, norm, value, average, groups, decay);
    }

    Run clip(double atNorm, double atValue) {
      return new Run(batches, atNorm, atValue, average, groups, decay);
    }

    Run average(double keep) {
      return new Run(batches, norm, value, keep, groups, decay);
    }

    Run groups(List<ParameterGroup> some, List<String> decayed) {
      return new Run(batches, norm, value, average, some, decayed);
    }
  }

  private static final Map<String, Run> RUNS = Map.of(
      "plain", new Run(),
      "clip_norm", new Run().clip(0.05, 0),
      "clip_value", new Run().clip(0, 0.01),
      "accumulate", new Run().batches(List.of(new int[] {0, 4}, new int[] {4, 8}, new int[] {8, 9})),
      "average", new Run().average(0.8),
      "decay", new Run().groups(List.of(), List.of("*.weight")),
      "groups", new Run().groups(List.of(ParameterGroup.rate("net.0", 0.5).and("momentum", 0.5)), List.of()));

  @TestFactory
  List<DynamicTest> equalPyTorch() {
    return RUNS.keySet().stream().sorted().map(name -> dynamicTest(name, () -> check(name, RUNS.get(name)))).toList();
  }

  private static void check(String name, Run run) {
    try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN)) {
      Model model = CODE.model("golden.Parts");
      for (Variable v : model.parameterList()) {
        System.arraycopy(floats(golden, "param." + v.path()), 0, model.parameters, v.offset(), v.size());
      }
      train(model, run, floats(golden, "input.x"), ((IntTensor) golden.read("input.label", ElementType.I32)).data());
      GeneratedEngine.slices(model.parameterList(), model.parameters).forEach((path, actual) ->
          Closeness.check(name + " " + path, actual, floats(golden, name + "/" + path), 1, Closeness.FORWARD, 0));
    }
  }

  private static float[] floats(SafetensorsFile golden, String name) {
    return ((FloatTensor) golden.read(name, ElementType.F32)).data();
  }

  private static void train(Model model, Run run, float[] x, int[] label) {
    Optimizer optimizer = CODE.optimizer("dlm.optim.SGD");
    Map.of("lr", 0.2, "momentum", 0.9, "weight_decay", 0.01).forEach(optimizer::set);
    optimizer.prepare(model.parameters.length);
    ParallelUpdate update = new ParallelUpdate(model, optimizer, model.function("loss"), run.groups(), run.decay());
    GradientClip clip = new GradientClip(model);
    GradientSum sum = new GradientSum(model);
    WeightAverage average = new WeightAverage(model, run.average());
    Program gradient = model.function("loss").gradient();
    for (int step = 1; step <= STEPS; step++) {
      for (int[] batch : run.batches()) {
        gradient.bind(inputs(x, label, batch[0], batch[1]));
        gradient.run();
        sum.add(batch[1] - batch[0]);
      }
      sum.finish();
      if (run.value() > 0) {
        clip.toValue(run.value());
      }
      if (run.norm() > 0) {
        clip.toNorm(run.norm());
      }
      update.apply(step);
      average.add(step == 1);
    }
    if (run.average() > 0) {
      average.swap();
    }
  }

  private static Tensor[] inputs(float[] x, int[] label, int from, int to) {
    return new Tensor[] {new FloatTensor(Arrays.copyOfRange(x, 6 * from, 6 * to), to - from, 6),
        IntTensor.of(Arrays.copyOfRange(label, from, to), to - from)};
  }
}
