package org.dlm.benchmarks.kernels;

import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dlm.runtime.kernel.Contraction;
import org.dlm.runtime.kernel.Workspace;
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

/** The contraction engine on the shapes of the suite: matrix products, convolutions and both their gradients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ContractionBenchmark {
  /** What is contracted. */
  @Param({"linear 64 512 784", "linear 768 512 128", "forward 8 64 64 32", "forward 8 512 512 4", "input 8 128 128 16",
      "weight 8 128 128 16", "scores 48 64 32"})
  public String shape;

  private Contraction contraction;
  private float[] left;
  private float[] right;
  private float[] out;

  /** Plans the contraction and fills both operands; the same numbers each time. */
  @Setup
  public void prepare() {
    String[] words = shape.split(" ");
    int[] n = java.util.Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
    Workspace workspace = new Workspace();
    contraction = switch (words[0]) {
      case "linear" -> operands(n[0] * n[2], n[1] * n[2], n[0] * n[1]).row("m", n[0]).column("n", n[1]).depth("k", n[2])
          .left(axis("m", n[2]), axis("k", 1)).right(axis("n", n[2]), axis("k", 1))
          .out(axis("m", n[1]), axis("n", 1)).plan(workspace);
      case "scores" -> operands(n[0] * n[1] * n[2], n[0] * n[1] * n[2], n[0] * n[1] * n[1]).batch("b", n[0])
          .row("i", n[1]).column("j", n[1]).depth("c", n[2])
          .left(axis("b", n[1] * n[2]), axis("i", n[2]), axis("c", 1))
          .right(axis("b", n[1] * n[2]), axis("j", n[2]), axis("c", 1))
          .out(axis("b", n[1] * n[1]), axis("i", n[1]), axis("j", 1)).plan(workspace);
      case "forward" -> convolution(n[0], n[1], n[2], n[3], false).plan(workspace);
      case "input" -> convolution(n[0], n[1], n[2], n[3], true).plan(workspace);
      case "weight" -> weightGradient(n[0], n[1], n[2], n[3]).plan(workspace);
      default -> throw new IllegalArgumentException(shape);
    };
  }

  private Contraction.Builder operands(int leftSize, int rightSize, int outSize) {
    Random random = new Random(1);
    left = numbers(random, leftSize);
    right = numbers(random, rightSize);
    out = new float[outSize];
    return Contraction.named(shape);
  }

  private static float[] numbers(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** A 3x3 convolution with padding 1 on square images, [N, C, S, S] to [N, O, S, S]; or its gradient by the input. */
  private Contraction.Builder convolution(int n, int o, int c, int s, boolean byInput) {
    int rows = byInput ? c : o;
    int depth = byInput ? o : c;
    return operands(o * c * 9, n * depth * s * s, n * rows * s * s).batch("n", n).row("r", rows).column("y", s)
        .column("x", s).depth("d", depth).depth("ky", 3).depth("kx", 3)
        .left(axis("r", byInput ? 9 : c * 9), axis("d", byInput ? c * 9 : 9), axis("ky", 3), axis("kx", 1))
        .right(axis("n", depth * s * s), axis("d", s * s), window("y", "ky", s, s).padding(1),
            window("x", "kx", s, 1).padding(1))
        .out(axis("n", rows * s * s), axis("r", s * s), axis("y", s), axis("x", 1));
  }

  private Contraction.Builder weightGradient(int n, int o, int c, int s) {
    return operands(n * o * s * s, n * c * s * s, o * c * 9).row("o", o).column("c", c).column("ky", 3).column("kx", 3)
        .depth("n", n).depth("y", s).depth("x", s)
        .left(axis("o", s * s), axis("n", o * s * s), axis("y", s), axis("x", 1))
        .right(axis("c", s * s), axis("n", c * s * s), window("ky", "y", s, s).padding(1),
            window("kx", "x", s, 1).padding(1))
        .out(axis("o", c * 9), axis("c", 9), axis("ky", 3), axis("kx", 1));
  }

  /** One run on all threads of the pool. */
  @Benchmark
  public float[] run() {
    contraction.run(left, 0, right, 0, out, 0, null);
    return out;
  }

  /** How it runs. */
  String way() {
    return contraction.toString();
  }

  /** The operands, for the test that proves the answers. */
  float[][] leftAndRight() {
    return new float[][] {left, right};
  }
}
