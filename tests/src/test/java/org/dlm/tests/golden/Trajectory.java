package org.dlm.tests.golden;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.pipeline.OptimizerChoice;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.train.ParallelUpdate;

/** The training runs of a case, each on one batch: parameters and buffers after the last step. Compiled once for all. */
final class Trajectory {
  private final GoldenCase of;
  private final List<String> runs;
  private GeneratedCode code;

  Trajectory(GoldenCase of) {
    this.of = of;
    runs = IntStream.iterate(0, k -> of.metadata().containsKey("steps." + k), k -> k + 1)
        .mapToObj(k -> of.metadata().get("steps." + k)).toList();
  }

  /** As the golden file describes them: {@code 25 SGD(lr=0.05)}. */
  List<String> runs() {
    return runs;
  }

  private static OptimizerChoice choice(String run) {
    return OptimizerChoice.parse(run.split(" ", 2)[1]).orElseThrow();
  }

  /** Gives the largest relative error. */
  double check(int run) {
    if (code == null) {
      code = GeneratedCode.compile(Compiled.java(of, runs.stream().map(r -> choice(r).name()).distinct().toList()).files());
    }
    OptimizerChoice choice = choice(runs.get(run));
    Model model = code.model(of.className());
    boolean own = of.text().contains("\noptimizer " + choice.name() + "(");
    Optimizer optimizer = code.optimizer((own ? "golden." : "dlm.optim.") + choice.name());
    choice.settings().forEach((name, value) -> optimizer.set(name, value));
    new GeneratedEngine(of, model).load();
    train(model, optimizer, GoldenCheck.inputs(of), Integer.parseInt(runs.get(run).split(" ")[0]));
    return compare(of, run, model, choice.name().equals("SGD") ? Closeness.FORWARD : Closeness.GRADIENT);
  }

  private static void train(Model model, Optimizer optimizer, Map<String, Tensor> inputs, int steps) {
    optimizer.prepare(model.parameters.length);
    Program program = model.function("loss").gradient();
    ParallelUpdate update = new ParallelUpdate(model, optimizer);
    program.bind(GeneratedEngine.arguments(model.function("loss"), inputs));
    for (int step = 1; step <= steps; step++) {
      program.run();
      update.apply(step);
    }
  }

  private static double compare(GoldenCase of, int run, Model model, double tolerance) {
    Map<String, float[]> parameters = GeneratedEngine.slices(model.parameterList(), model.parameters);
    Map<String, float[]> buffers = GeneratedEngine.slices(model.bufferList(), model.buffers);
    Map<String, Tensor> expected = of.under("steps." + run + ".");
    double[] worst = {0};
    expected.forEach((key, tensor) -> {
      int at = key.indexOf('@');
      String path = at < 0 ? key : key.substring(0, at);
      float[] actual = parameters.getOrDefault(path, buffers.get(path));
      worst[0] = Math.max(worst[0], Closeness.check(of.source() + " after training, " + path, actual, GoldenCheck.floats(tensor),
          at < 0 ? 1 : Integer.parseInt(key.substring(at + 1)), tolerance, 0));
    });
    return worst[0];
  }
}
