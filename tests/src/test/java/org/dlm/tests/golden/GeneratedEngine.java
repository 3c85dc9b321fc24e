package org.dlm.tests.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.Function;
import org.dlm.runtime.Model;
import org.dlm.runtime.Port;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.Variable;

/** Runs the generated Java. */
record GeneratedEngine(GoldenCase of, Model model) implements Engine {
  @Override
  public Outcome call(String name, boolean training, boolean gradient, Map<String, Tensor> inputs) {
    load();
    Function function = model.function(name);
    if (gradient && !function.differentiable()) {
      // no parameter moves the result: there is no such form, and every gradient is zero
      Outcome forward = call(name, training, false, inputs);
      return new Outcome(forward.outputs(), slices(model.parameterList(), new float[model.parameters.length]), forward.buffers());
    }
    Program program = gradient ? (training ? function.gradient() : function.inferenceGradient())
        : training ? function.training() : function.inference();
    program.bind(arguments(function, inputs));
    program.run();
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    List<Port> ports = function.outputs();
    for (int i = 0; i < ports.size(); i++) {
      outputs.put(ports.get(i).name(), program.output(i));
    }
    return new Outcome(outputs, gradient ? slices(model.parameterList(), model.gradients) : Map.of(),
        slices(model.bufferList(), model.buffers));
  }

  static Tensor[] arguments(Function function, Map<String, Tensor> inputs) {
    return function.inputs().stream().map(p -> inputs.get(p.name())).toArray(Tensor[]::new);
  }

  /** Parameters and buffers as the case has them; every parameter of the model must be there. */
  void load() {
    java.util.Arrays.fill(model.gradients, Float.NaN);
    List<Variable> parameters = model.parameterList();
    for (int i = 0; i < parameters.size(); i++) {
      Variable v = parameters.get(i);
      int salt = i;
      float[] numbers = of.hashed().map(bounds -> Hashed.numbers(salt, v.shape(), bounds[0]))
          .orElseGet(() -> stored("param.", v));
      System.arraycopy(numbers, 0, model.parameters, v.offset(), v.size());
    }
    for (Variable v : model.bufferList()) {
      System.arraycopy(stored("buffer.", v), 0, model.buffers, v.offset(), v.size());
    }
  }

  private float[] stored(String kind, Variable v) {
    Tensor tensor = of.numbers().get(kind + v.path());
    if (tensor == null && of.isFilled()) {
      return Filled.numbers(v.path(), v.shape());
    }
    if (tensor == null) {
      throw new AssertionError(of.source() + ": the model has " + kind + v.path() + ", PyTorch's does not");
    }
    return GoldenCheck.floats(tensor);
  }

  static Map<String, float[]> slices(List<Variable> variables, float[] data) {
    Map<String, float[]> slices = new LinkedHashMap<>();
    variables.forEach(v -> slices.put(v.path(), java.util.Arrays.copyOfRange(data, v.offset(), v.offset() + v.size())));
    return slices;
  }
}
