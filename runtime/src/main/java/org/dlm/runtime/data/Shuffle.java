package org.dlm.runtime.data;

import org.dlm.runtime.store.RandomStream;

/** Fisher and Yates' shuffle over reproducible random numbers. */
final class Shuffle {
  private Shuffle() {}

  static void shuffle(int[] numbers, RandomStream random) {
    shuffle(numbers, numbers.length, random);
  }

  /** Shuffles the first {@code count} of them. */
  static void shuffle(int[] numbers, int count, RandomStream random) {
    for (int i = count - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = kept;
    }
  }
}
