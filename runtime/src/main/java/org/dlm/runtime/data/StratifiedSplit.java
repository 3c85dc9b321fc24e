package org.dlm.runtime.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dlm.runtime.store.RandomStream;

/**
 * Parts examples into training and test so that each class has the same share in both. The seed is fixed: everybody
 * is tested on the same examples, whatever the seed of the training run.
 *
 * @param train numbers of the training examples, ascending
 * @param test numbers of the test examples, ascending
 */
public record StratifiedSplit(int[] train, int[] test) {
  private static final long SEED = 20;

  /** @param labels the class of each example; all 0 for a plain random split */
  public static StratifiedSplit of(int[] labels, double testShare) {
    return of(labels, (place, members) -> place < Math.round(members * testShare));
  }

  /**
   * Of as many splits as there are folds the one of that number, from 1; each example is for testing in one of them.
   */
  public static StratifiedSplit fold(int[] labels, int folds, int number) {
    return of(labels, (place, members) -> place % folds == number - 1);
  }

  /** Which places among the shuffled examples of a class are for testing. */
  private interface Choice {
    boolean tests(int place, int members);
  }

  private static StratifiedSplit of(int[] labels, Choice choice) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    boolean[] tested = new boolean[labels.length];
    for (int c = 0; c < classes; c++) {
      int wanted = c;
      int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
      Shuffle.shuffle(members, new RandomStream(SEED + c));
      for (int i = 0; i < members.length; i++) {
        tested[members[i]] = choice.tests(i, members.length);
      }
    }
    return new StratifiedSplit(IntStream.range(0, labels.length).filter(i -> !tested[i]).toArray(),
        IntStream.range(0, labels.length).filter(i -> tested[i]).toArray());
  }
}
