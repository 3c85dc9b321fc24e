package org.dlm.runtime.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.FloatTensor;

/**
 * What a model says of one example.
 *
 * @param scores one for each class
 * @param probabilities the same as shares of 1
 * @param classNames what the classes are called; numbers where the weights do not know
 */
public record Prediction(float[] scores, double[] probabilities, List<String> classNames) {
  /** Of row {@code row} of scores {@code [N, classes]}. */
  static Prediction of(FloatTensor scores, int row, List<String> names) {
    int classes = scores.shape()[scores.shape().length - 1];
    float[] own = new float[classes];
    System.arraycopy(scores.data(), row * classes, own, 0, classes);
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : own) {
      largest = Math.max(largest, score);
    }
    double[] shares = new double[classes];
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      shares[i] = Math.exp(own[i] - largest);
      sum += shares[i];
    }
    for (int i = 0; i < classes; i++) {
      shares[i] /= sum;
    }
    return new Prediction(own, shares, names.size() >= classes ? names
        : IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** The class with the largest score. */
  public int best() {
    return ranking(1).getFirst();
  }

  /** What the best class is called. */
  public String name() {
    return classNames.get(best());
  }

  /** The share of the best class. */
  public double probability() {
    return probabilities[best()];
  }

  /** The classes from the best on, at most so many. */
  public List<Integer> ranking(int most) {
    return IntStream.range(0, scores.length).boxed().sorted(Comparator.comparing(i -> -scores[i])).limit(most).toList();
  }
}
