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
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    boolean[] tested = new boolean[labels.length];
    for (int c = 0; c < classes; c++) {
      int wanted = c;
      int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
      Shuffle.shuffle(members, new RandomStream(SEED + c));
      int take = (int) Math.round(members.length * testShare);
      for (int i = 0; i < take; i++) {
        tested[members[i]] = true;
      }
    }
    return new StratifiedSplit(IntStream.range(0, labels.length).filter(i -> !tested[i]).toArray(),
        IntStream.range(0, labels.length).filter(i -> tested[i]).toArray());
  }
}
