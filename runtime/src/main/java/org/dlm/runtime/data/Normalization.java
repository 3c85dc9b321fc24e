package org.dlm.runtime.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Tensor;

/**
 * Brings each channel of {@code x} to mean 0 and variance 1 over the training examples: each plane of an image, each
 * band of a spectrogram, each of several numbers.
 *
 * @param scale one over the standard deviation
 */
public record Normalization(float[] mean, float[] scale) {
  private static final String MEAN = "mean";
  private static final String SCALE = "scale";

  /** Examples that are measured, spread over all of them. */
  private static final int MOST_MEASURED = 20_000;

  /** Measures the examples. */
  static Normalization measure(IndexedSource source) {
    if (source.count() == 0) {
      throw new InputProblem(source.origin() + ": no examples to train, on which mean and variance are measured",
          "Leave out normalize=yes, or give training examples.");
    }
    int[] shape = source.columns().getFirst().shape();
    int channels = channels(shape);
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    long counted = 0;
    Example example = new Example(source.columns());
    int step = Math.ceilDiv(source.count(), MOST_MEASURED);
    try {
      for (int i = 0; i < source.count(); i += step) {
        example.begin();
        source.read(i, example);
        float[] x = example.floats(0);
        int size = example.size(0);
        for (int k = 0; k < size; k++) {
          int c = channel(k, size, shape, channels);
          sums[c] += x[k];
          squares[c] += (double) x[k] * x[k];
        }
        counted += size / channels;
      }
    } catch (IOException e) {
      throw new InputProblem(source.origin() + ": cannot be read: " + e.getMessage(), "Check the file.", e);
    }
    float[] mean = new float[channels];
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      double average = sums[c] / counted;
      double variance = squares[c] / counted - average * average;
      mean[c] = (float) average;
      scale[c] = variance > 1e-12 ? (float) (1 / Math.sqrt(variance)) : 1;
    }
    return new Normalization(mean, scale);
  }

  /** Planes of an image stand one after the other, bands side by side. */
  private static int channels(int[] shape) {
    return shape.length == 0 ? 1 : shape.length == 3 ? shape[0] : shape[shape.length - 1];
  }

  private static int channel(int element, int size, int[] shape, int channels) {
    return shape.length == 3 ? element / (size / channels) : element % channels;
  }

  /** Normalises the first elements in place. */
  public void apply(float[] x, int[] shape) {
    int size = Tensor.size(shape);
    for (int k = 0; k < size; k++) {
      int c = channel(k, size, shape, mean.length);
      x[k] = (x[k] - mean[c]) * scale[c];
    }
  }

  /** Takes the normalisation of the first elements back, in place. */
  public void undo(float[] x, int[] shape) {
    int size = Tensor.size(shape);
    for (int k = 0; k < size; k++) {
      int c = channel(k, size, shape, mean.length);
      x[k] = x[k] / scale[c] + mean[c];
    }
  }

  /** Normalises each example of a batch in place; false, and nothing changed, where it has other channels. */
  public boolean applyToBatch(float[] x, int[] shape) {
    int[] each = Arrays.copyOfRange(shape, 1, shape.length);
    if (channels(each) != mean.length) {
      return false;
    }
    int size = Tensor.size(each);
    for (int k = 0; k < x.length; k++) {
      int c = channel(k % size, size, each, mean.length);
      x[k] = (x[k] - mean[c]) * scale[c];
    }
    return true;
  }

  /** What a data set tells of it. */
  public Map<String, String> facts() {
    return Map.of(MEAN, text(mean), SCALE, text(scale));
  }

  private static String text(float[] numbers) {
    return java.util.stream.IntStream.range(0, numbers.length).mapToObj(i -> Float.toString(numbers[i]))
        .collect(Collectors.joining(" "));
  }

  /** That among the facts of a data set; null where it was not normalised so. */
  public static Normalization of(Map<String, String> facts) {
    if (!facts.containsKey(MEAN) || !facts.containsKey(SCALE)) {
      return null;
    }
    float[] mean = numbers(facts, MEAN);
    float[] scale = numbers(facts, SCALE);
    if (mean.length != scale.length) {
      throw DataDescription.damaged(SCALE, facts);
    }
    return new Normalization(mean, scale);
  }

  private static float[] numbers(Map<String, String> facts, String name) {
    String[] parts = facts.get(name).split(" ");
    float[] numbers = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        numbers[i] = Float.parseFloat(parts[i]);
      } catch (NumberFormatException e) {
        throw DataDescription.damaged(name, facts);
      }
    }
    return numbers;
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", scale " + Arrays.toString(scale);
  }
}
