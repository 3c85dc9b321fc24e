package org.dlm.tests.golden;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.OptimizerChoice;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;

/** A training run on one batch: parameters and buffers after its last step. */
final class Trajectory {
  private Trajectory() {}

  static void check(GoldenCase of, int run) {
    String[] words = of.metadata().get("steps." + run).split(" ", 2);
    OptimizerChoice choice = OptimizerChoice.parse(words[1]).orElseThrow();
    GeneratedCode code = GeneratedCode.compile(Compiled.java(of, List.of(choice.name())).files());
    Model model = code.model(of.className());
    Optimizer optimizer = code.optimizer("dlm.optim." + choice.name());
    choice.settings().forEach((name, value) -> optimizer.set(name, value.floatValue()));
    new GeneratedEngine(of, model).load();
    train(model, optimizer, GoldenCheck.inputs(of), Integer.parseInt(words[0]));
    compare(of, run, model);
  }

  private static void train(Model model, Optimizer optimizer, Map<String, Tensor> inputs, int steps) {
    optimizer.prepare(model.parameters.length);
    Program program = model.function("loss").gradient();
    program.bind(GeneratedEngine.arguments(model.function("loss"), inputs));
    for (int step = 1; step <= steps; step++) {
      program.run();
      optimizer.update(model.parameters, model.gradients, 0, model.parameters.length, step);
    }
  }

  private static void compare(GoldenCase of, int run, Model model) {
    Map<String, float[]> parameters = GeneratedEngine.slices(model.parameterList(), model.parameters);
    Map<String, float[]> buffers = GeneratedEngine.slices(model.bufferList(), model.buffers);
    Map<String, Tensor> expected = of.under("steps." + run + ".");
    expected.forEach((key, tensor) -> {
      int at = key.indexOf('@');
      String path = at < 0 ? key : key.substring(0, at);
      float[] actual = parameters.getOrDefault(path, buffers.get(path));
      Closeness.check(of.source() + " after training, " + path, actual, GoldenCheck.floats(tensor),
          at < 0 ? 1 : Integer.parseInt(key.substring(at + 1)), Closeness.GRADIENT, 0);
    });
  }
}
