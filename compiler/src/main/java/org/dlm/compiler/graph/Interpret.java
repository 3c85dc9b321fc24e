package org.dlm.compiler.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Computes a graph number by number in double precision, from nothing but what each op says it means: the oracle that
 * generated code and gradients are compared with. Clear rather than fast.
 */
public final class Interpret {
  /**
   * What a graph is computed in.
   *
   * @param dims the lengths of the open dims
   * @param given the contents of the values that come from outside, row by row
   * @param scalars the run-time scalars by name
   * @param random random numbers by distribution, site and counter
   */
  public record Environment(
      Map<String, Long> dims, Function<Value, double[]> given, ToDoubleFunction<String> scalars, RandomNumbers random) {

    /** For one step of a repetition: the counter is known, the body's inputs are given. */
    Environment in(String counter, long step, Map<Value, double[]> inputs) {
      Map<String, Long> known = new HashMap<>(dims);
      known.put(counter, step);
      return new Environment(known, v -> inputs.containsKey(v) ? inputs.get(v) : given.apply(v), scalars, random);
    }

    /** Without run-time scalars and with a fixed stream of random numbers. */
    public static Environment of(Map<String, Long> dims, Function<Value, double[]> given) {
      return new Environment(dims, given, name -> {
        throw new IllegalArgumentException("no value for the scalar " + name);
      }, MixedRandomNumbers.of(0));
    }

    public Environment withScalars(ToDoubleFunction<String> numbers) {
      return new Environment(dims, given, numbers, random);
    }
  }

  /** Where random numbers come from: the same arguments give the same number. */
  public interface RandomNumbers {
    double next(Expr.Distribution distribution, int site, long counter);
  }

  private final Environment environment;
  private final Map<Value, double[]> contents = new IdentityHashMap<>();

  private Interpret(Environment environment) {
    this.environment = environment;
  }

  /** The contents of all values of the graph. */
  public static Map<Value, double[]> run(Graph graph, Environment environment) {
    Interpret interpret = new Interpret(environment);
    for (Value value : graph.values()) {
      interpret.contents.put(value, interpret.compute(value));
    }
    return interpret.contents;
  }

  private double[] compute(Value value) {
    int size = Math.toIntExact(length(value.shape().size()));
    return switch (value.op().lower(value)) {
      case Lowering.Given() -> checked(value, environment.given().apply(value), size);
      case Lowering.SameMemory() -> checked(value, contents.get(value.input(0)), size);
      case Lowering.Map(List<Axis> axes, Expr element) -> map(value, axes, element, size);
      case Lowering.Reduce(List<Axis> axes, List<Axis> over, Combiner combiner, Expr element) ->
          reduce(value, axes, over, combiner, element, size);
      case Lowering.Scatter(List<Axis> axes, var target, Expr element) -> {
        double[] out = new double[size];
        Evaluation at = new Evaluation(this, value);
        Evaluation.Number number = at.number(element);
        Evaluation.Position position = at.position(target, value.shape(), false);
        at.loop(axes, () -> {
          out[(int) position.get()] += number.get();
        });
        yield out;
      }
      case Lowering.Running(List<Axis> axes, Axis along, Combiner combiner, Expr element) ->
          running(value, axes, along, combiner, element, size);
      case Lowering.Repeat repeat -> repeat(value, repeat);
      case Lowering.Part(int index) -> part(value, index, size);
      case Lowering.Room room -> new double[size];
      case Lowering.Put(List<Axis> axes, List<Index> at, Expr element) -> put(value, axes, at, element);
    };
  }

  /** The contents of all results, one after the other. */
  private double[] repeat(Value value, Lowering.Repeat repeat) {
    List<TensorType> types = ((ManyResults) value.op()).results(value.inputs());
    double[][] results = types.stream().map(t -> new double[size(t.shape())]).toArray(double[][]::new);
    List<Value> inputs = repeat.body().inputs();
    Map<Value, double[]> given = new IdentityHashMap<>();
    for (int i = repeat.walked(); i < inputs.size(); i++) {
      given.put(inputs.get(i), contents.get(value.input(i)));
    }
    int extent = (int) length(repeat.extent());
    for (int i = 0; i < repeat.carries(); i++) {
      results[i] = given.get(inputs.get(repeat.walked() + i));
    }
    for (int step = 0; step < extent; step++) {
      int at = repeat.backwards() ? extent - 1 - step : step;
      for (int i = 0; i < repeat.walked(); i++) {
        int size = size(inputs.get(i).shape());
        given.put(inputs.get(i), Arrays.copyOfRange(contents.get(value.input(i)), at * size, (at + 1) * size));
      }
      Map<Value, double[]> made = run(repeat.body(), environment.in(repeat.counter(), at, given));
      for (int i = 0; i < results.length; i++) {
        double[] result = made.get(repeat.body().results().get(i).value());
        if (i < repeat.carries()) {
          results[i] = result;
          given.put(inputs.get(repeat.walked() + i), result);
        } else {
          System.arraycopy(result, 0, results[i], at * result.length, result.length);
        }
      }
    }
    return Arrays.stream(results).flatMapToDouble(Arrays::stream).toArray();
  }

  private double[] part(Value value, int index, int size) {
    Value whole = value.input(0);
    int from = ((ManyResults) whole.op()).results(whole.inputs()).subList(0, index).stream()
        .mapToInt(t -> size(t.shape())).sum();
    return Arrays.copyOfRange(contents.get(whole), from, from + size);
  }

  private double[] put(Value value, List<Axis> axes, List<Index> target, Expr element) {
    double[] out = contents.get(value.input(0)).clone();
    Evaluation at = new Evaluation(this, value);
    Evaluation.Number number = at.number(element);
    Evaluation.Position position = at.position(target, value.shape(), false);
    at.loop(axes, () -> out[(int) position.get()] = number.get());
    return out;
  }

  private int size(Shape shape) {
    return Math.toIntExact(length(shape.size()));
  }

  private double[] map(Value value, List<Axis> axes, Expr element, int size) {
    double[] out = new double[size];
    Evaluation at = new Evaluation(this, value);
    Evaluation.Number number = at.number(element);
    int[] next = {0};
    at.loop(axes, () -> out[next[0]++] = number.get());
    return out;
  }

  private double[] reduce(Value value, List<Axis> axes, List<Axis> over, Combiner combiner, Expr element, int size) {
    double[] out = new double[size];
    Arrays.fill(out, combiner.neutral());
    Evaluation at = new Evaluation(this, value);
    Evaluation.Number number = at.number(element);
    int[] next = {0};
    at.loop(axes, () -> {
      at.loop(over, () -> out[next[0]] = combiner.combine(out[next[0]], number.get()));
      next[0]++;
    });
    return out;
  }

  private double[] running(Value value, List<Axis> axes, Axis along, Combiner combiner, Expr element, int size) {
    double[] out = map(value, axes, element, size);
    int stride = 1;
    for (int i = axes.size() - 1; !axes.get(i).equals(along); i--) {
      stride *= (int) length(axes.get(i).extent());
    }
    int extent = (int) length(along.extent());
    for (int i = 0; i < size; i++) {
      if (i / stride % extent > 0) {
        out[i] = combiner.combine(out[i - stride], out[i]);
      }
    }
    return out;
  }

  private static double[] checked(Value value, double[] numbers, int size) {
    if (numbers == null || numbers.length != size) {
      throw new IllegalArgumentException(value + " " + value.op().name() + " needs " + size + " numbers, not "
          + (numbers == null ? "none" : numbers.length));
    }
    return numbers;
  }

  double[] contents(Value value) {
    return contents.get(value);
  }

  Environment environment() {
    return environment;
  }

  long length(Dim dim) {
    return dim.evaluate(environment.dims());
  }
}
