package org.dlm.benchmarks.kernels;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dlm.cli.CompiledText;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.Program;
import org.dlm.runtime.train.ParallelUpdate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Kernels that the compiler writes: rows of a softmax and of a normalisation, pooling, and Adam's update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GeneratedBenchmark {
  /** Which kernel, and the extents of what it works on. */
  @Param({"softmax 768 64", "softmax 64 1000", "norm 768 128", "maxpool 16 64 32 32", "avgpool 64 6 28 28",
      "adam 1000000"})
  public String kernel;

  private FloatTensor input;
  private Program program;
  private ParallelUpdate update;
  private float[] parameters;
  private float[] gradients;
  private int step;

  /** Compiles a model of that one layer; the same numbers each time. */
  @Setup
  public void prepare() {
    String[] words = kernel.split(" ");
    int[] shape = java.util.Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
    if (words[0].equals("adam")) {
      prepareAdam(shape[0]);
      return;
    }
    String layer = switch (words[0]) {
      case "softmax" -> "softmax(x)";
      case "norm" -> "net(x)";
      case "maxpool" -> "x |> MaxPool2d(2)";
      case "avgpool" -> "x |> AvgPool2d(2)";
      default -> throw new IllegalArgumentException(kernel);
    };
    CompiledText text = CompiledText.of(shape.length == 2 ? rows(layer, shape[1]) : images(layer, shape), "Adam");
    text.model().initialize(0);
    input = new FloatTensor(numbers(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)), shape);
    program = text.model().function("forward").inference();
    program.bind(input);
  }

  private static String rows(String layer, int columns) {
    String net = layer.startsWith("net") ? "  net = LayerNorm()\n" : "";
    return "model M {\n" + net + "  fn forward(x: [N, " + columns + "]) -> [N, " + columns + "] = " + layer + "\n}\n";
  }

  private static String images(String layer, int[] shape) {
    String pool = layer.substring(layer.indexOf("|> ") + 3);
    return "model M {\n  net = [" + pool + "]\n  fn forward(x: [N, " + shape[1] + ", " + shape[2] + ", " + shape[3]
        + "]) -> [N, " + shape[1] + ", " + shape[2] / 2 + ", " + shape[3] / 2 + "] = net(x)\n}\n";
  }

  private void prepareAdam(int size) {
    CompiledText text = CompiledText.of("model M {\n  param w: [" + size + "] = normal(0.0, 1.0)\n"
        + "  fn loss(x: [" + size + "]) -> [] = sum(w * x)\n}\n", "Adam");
    text.model().initialize(0);
    text.optimizer().prepare(size);
    Function loss = text.model().function("loss");
    input = new FloatTensor(numbers(size), size);
    Program gradient = loss.gradient();
    gradient.bind(input);
    gradient.run();
    update = new ParallelUpdate(text.model(), text.optimizer(), loss);
    parameters = text.model().parameters;
    gradients = text.model().gradients;
  }

  private static float[] numbers(int size) {
    Random random = new Random(1);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** One run on all threads of the pool. */
  @Benchmark
  public void run() {
    if (update != null) {
      update.apply(++step);
    } else {
      program.run();
    }
  }

  /** What went in, for the test that proves the answers. */
  float[] input() {
    return input.data();
  }

  /** What came out: the result, or the parameters after the updates so far. */
  float[] output() {
    return update != null ? parameters.clone() : ((FloatTensor) program.output(0)).data();
  }

  /** The gradient that Adam follows. */
  float[] gradients() {
    return gradients;
  }
}
