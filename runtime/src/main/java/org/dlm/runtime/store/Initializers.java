package org.dlm.runtime.store;

import java.util.Arrays;
import org.dlm.runtime.Initializer;
import org.dlm.runtime.Tensor;

/**
 * The initialisers of the language. Meaning and gains are those of PyTorch's {@code torch.nn.init}, fans are given. The
 * numbers depend on the stream only (a hash of seed and variable), computed without hardware-dependent functions.
 */
public final class Initializers {
  private Initializers() {}

  /** The {@code i}-th number of a stream; asked in order, but any order gives the same. */
  private interface Numbers {
    double at(RandomStream random, int i);
  }

  private static Initializer each(Numbers numbers) {
    return (data, offset, shape, stream) -> {
      RandomStream random = new RandomStream(stream);
      int size = Tensor.size(shape);
      for (int i = 0; i < size; i++) {
        data[offset + i] = (float) numbers.at(random, i);
      }
    };
  }

  public static Initializer zeros() {
    return full(0);
  }

  public static Initializer ones() {
    return full(1);
  }

  /** Every element is {@code value}. */
  public static Initializer full(double value) {
    return (data, offset, shape, stream) -> Arrays.fill(data, offset, offset + Tensor.size(shape), (float) value);
  }

  /** Evenly distributed in [a, b). */
  public static Initializer uniform(double a, double b) {
    return each((random, i) -> a + (b - a) * random.uniform());
  }

  public static Initializer normal(double mean, double std) {
    return each((random, i) -> mean + std * random.normal());
  }

  /** He et al., 2015, for relu: uniform in ±sqrt(6 / fanIn). */
  public static Initializer heUniform(double fanIn) {
    double bound = StrictMath.sqrt(6 / fanIn);
    return uniform(-bound, bound);
  }

  /** He et al., 2015, for relu: normal with variance 2 / fanIn. */
  public static Initializer heNormal(double fanIn) {
    return normal(0, StrictMath.sqrt(2 / fanIn));
  }

  /** Glorot and Bengio, 2010: uniform in ±sqrt(6 / (fanIn + fanOut)). */
  public static Initializer glorotUniform(double fanIn, double fanOut) {
    double bound = StrictMath.sqrt(6 / (fanIn + fanOut));
    return uniform(-bound, bound);
  }

  /** Glorot and Bengio, 2010: normal with variance 2 / (fanIn + fanOut). */
  public static Initializer glorotNormal(double fanIn, double fanOut) {
    return normal(0, StrictMath.sqrt(2 / (fanIn + fanOut)));
  }

  /** Normal around 0; numbers outside [-2, 2] (absolute, as in PyTorch) are drawn again. */
  public static Initializer truncatedNormal(double std) {
    return each((random, i) -> std > 2 ? nearlyUniform(random, std) : drawnAgain(random, std));
  }

  private static double drawnAgain(RandomStream random, double std) {
    double value;
    do {
      value = std * random.normal();
    } while (Math.abs(value) > 2);
    return value;
  }

  /** Where few of the normal's numbers are inside: even ones, kept as often as the normal's density at them is high. */
  private static double nearlyUniform(RandomStream random, double std) {
    double value;
    do {
      value = 4 * random.uniform() - 2;
    } while (random.uniform() > StrictMath.exp(-value * value / (2 * std * std)));
    return value;
  }

  /** Ones on the diagonal of a matrix, zeros elsewhere. */
  public static Initializer eye() {
    return (data, offset, shape, stream) -> {
      requireMatrix("eye", shape, shape.length == 2);
      for (int i = 0; i < shape[0]; i++) {
        for (int j = 0; j < shape[1]; j++) {
          data[offset + i * shape[1] + j] = i == j ? 1 : 0;
        }
      }
    };
  }

  /**
   * Saxe et al., 2013: rows (or columns, where they are fewer) of length 1 at right angles; later axes count as one.
   */
  public static Initializer orthogonal() {
    return (data, offset, shape, stream) -> {
      requireMatrix("orthogonal", shape, shape.length >= 2);
      int rows = shape[0];
      int columns = Tensor.size(shape) / rows;
      boolean wide = rows <= columns;
      double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), new RandomStream(stream));
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          data[offset + i * columns + j] = (float) (wide ? vectors[i][j] : vectors[j][i]);
        }
      }
    };
  }

  /** Gram-Schmidt, done twice over each vector: once alone loses orthogonality to rounding. */
  private static double[][] orthonormal(int count, int length, RandomStream random) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      double[] v = vectors[i];
      double norm;
      do {
        Arrays.setAll(v, k -> random.normal());
        for (int k = 0; k < 2 * i; k++) {
          double[] w = vectors[k % i];
          subtract(v, w, dot(v, w));
        }
        norm = StrictMath.sqrt(dot(v, v));
      } while (norm < 1e-6);
      for (int k = 0; k < length; k++) {
        v[k] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] a, double[] b, double times) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= times * b[i];
    }
  }

  private static void requireMatrix(String name, int[] shape, boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("`" + name + "` fills a matrix, not a tensor of shape "
          + Arrays.toString(shape));
    }
  }
}
