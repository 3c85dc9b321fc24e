package org.dlm.tests.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/** Runs the graphs as they come out of elaboration, in double precision. */
record InterpretedEngine(GoldenCase of, ModelSpec model) implements Engine {
  @Override
  public Outcome call(String name, boolean training, boolean gradient, Map<String, Tensor> inputs) {
    ModelSpec.Function function = model.functions().stream().filter(f -> f.name().equals(name)).findFirst()
        .orElseThrow(() -> new AssertionError("no function " + name));
    Graph forward = training ? function.training() : function.inference();
    Graph graph = gradient ? Backward.of(forward, 0, function.trainable(), false) : forward;
    Map<String, Long> dims = dims(graph, inputs);
    Map<Value, double[]> contents = Interpret.run(graph, Interpret.Environment.of(dims, v -> given(v, inputs)));
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Graph.Result result : graph.results()) {
      double[] numbers = contents.get(result.value());
      if (result.name().startsWith("grad.")) {
        gradients.put(result.name().substring("grad.".length()), floats(numbers));
      } else {
        outputs.put(result.name(), tensor(result.value(), numbers, dims));
      }
    }
    return new Outcome(outputs, gradients, buffers(graph, contents));
  }

  /** New contents of the buffers that are updated, the others as they were. */
  private Map<String, float[]> buffers(Graph graph, Map<Value, double[]> contents) {
    Map<String, float[]> buffers = new LinkedHashMap<>();
    of.under("buffer.").forEach((path, tensor) -> buffers.put(path, GoldenCheck.floats(tensor)));
    for (Graph.Update update : graph.updates()) {
      buffers.put(update.path(), floats(contents.get(update.value())));
    }
    return buffers;
  }

  private static Map<String, Long> dims(Graph graph, Map<String, Tensor> inputs) {
    Map<String, Long> dims = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      int[] shape = inputs.get(((Given) input.op()).path()).shape();
      for (int axis = 0; axis < shape.length; axis++) {
        int length = shape[axis];
        input.shape().dim(axis).asSymbol().ifPresent(symbol -> dims.put(symbol, (long) length));
      }
    }
    return dims;
  }

  private double[] given(Value value, Map<String, Tensor> inputs) {
    Given given = (Given) value.op();
    Tensor tensor = switch (given.kind()) {
      case INPUT -> inputs.get(given.path());
      case PARAMETER -> stored("param.", value);
      case BUFFER -> stored("buffer.", value);
    };
    return switch (tensor) {
      case FloatTensor f -> doubles(f.data());
      case IntTensor i -> java.util.Arrays.stream(i.data()).asDoubleStream().toArray();
    };
  }

  private Tensor stored(String kind, Value value) {
    String path = ((Given) value.op()).path();
    Tensor tensor = of.numbers().get(kind + path);
    if (tensor != null || !of.isFilled()) {
      return tensor;
    }
    int[] shape = value.shape().dims().stream().mapToInt(d -> (int) d.constant()).toArray();
    return new FloatTensor(Filled.numbers(path, shape), shape);
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static Tensor tensor(Value value, double[] numbers, Map<String, Long> dims) {
    int[] shape = value.shape().dims().stream().mapToInt(d -> (int) d.evaluate(dims)).toArray();
    if (value.type().element() == DType.F32) {
      return new FloatTensor(floats(numbers), shape);
    }
    ElementType type = value.type().element() == DType.I32 ? ElementType.I32 : ElementType.BOOL;
    return new IntTensor(type, java.util.Arrays.stream(numbers).mapToInt(d -> (int) d).toArray(), shape);
  }
}
