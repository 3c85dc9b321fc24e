package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * A small graph to try an op with: inputs with numbers (i32 and bool ones are fixed, f32 ones are varied), and what to
 * build from them. Open dims are those in {@code dims}.
 */
public record Sample(String name, Map<String, Long> dims, List<Input> inputs, BiFunction<GraphBuilder, List<Value>,
    Value> build) {
  /** An input with its numbers. */
  public record Input(TensorType type, double[] numbers) {}

  @Override
  public String toString() {
    return name;
  }

  /** f32 numbers that keep a distance of at least a hundredth from each other and from 0, so that no kink is near. */
  static Input f32(long seed, Map<String, Long> dims, Object... shape) {
    Shape s = shape(shape);
    int size = (int) s.size().evaluate(dims);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, new Random(seed));
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = 3.0 * (order.get(i) + 0.5) / size - 1.5 + (size % 2 == 1 ? 0.05 : 0);
    }
    return new Input(new TensorType(DType.F32, s), numbers);
  }

  static Input i32(Object[] shape, double... numbers) {
    return new Input(new TensorType(DType.I32, shape(shape)), numbers);
  }

  static Input bool(Object[] shape, double... numbers) {
    return new Input(new TensorType(DType.BOOL, shape(shape)), numbers);
  }

  static Shape shape(Object... dims) {
    List<Dim> list = new ArrayList<>();
    for (Object dim : dims) {
      list.add(dim instanceof String s ? Dim.symbol(s) : Dim.of(((Number) dim).longValue()));
    }
    return new Shape(list);
  }

  /** {@code result = sum(weights * build(inputs))}, with fixed uneven weights, and {@code value = build(inputs)}. */
  public Graph graph() {
    GraphBuilder g = new GraphBuilder();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(g.add(new Given(Given.Kind.INPUT, "x" + i, inputs.get(i).type())));
    }
    Value value = build.apply(g, given);
    Operators o = new Operators(g);
    Value f32 = o.cast(value, DType.F32);
    Value weights = g.add(new Given(Given.Kind.BUFFER, "weights", f32.type()));
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < value.shape().rank(); i++) {
      axes.add(i);
    }
    Value result = o.sum(o.mul(f32, weights), axes, false);
    return g.build(name, given, List.of(new Graph.Result("result", result), new Graph.Result("value", value)),
        List.of(),
        List.of());
  }

  public static double weight(int i) {
    return Math.sin(i + 1) + 0.1;
  }

  /** The graph's results by name; the f32 inputs replaced by {@code numbers} where given. */
  public Map<String, double[]> evaluate(Graph graph, Map<Integer, double[]> numbers) {
    Map<Value, double[]> values = Interpret.run(graph, Interpret.Environment.of(dims, value -> {
      Given given = (Given) value.op();
      if (given.kind() == Given.Kind.BUFFER) {
        double[] weights = new double[(int) given.type().shape().size().evaluate(dims)];
        java.util.Arrays.setAll(weights, Sample::weight);
        return weights;
      }
      int i = Integer.parseInt(given.path().substring(1));
      return numbers.getOrDefault(i, inputs.get(i).numbers());
    }));
    Map<String, double[]> results = new LinkedHashMap<>();
    graph.results().forEach(r -> results.put(r.name(), values.get(r.value())));
    return results;
  }
}
