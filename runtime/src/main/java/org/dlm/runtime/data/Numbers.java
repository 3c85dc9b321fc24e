package org.dlm.runtime.data;

import java.util.Arrays;
import org.dlm.runtime.store.RandomStream;

/** Numbers of examples in the order in which a pass reads them. */
interface Numbers {
  int next();

  /** 0, 1, 2, ... */
  static Numbers ascending() {
    return new Numbers() {
      private int at;

      @Override
      public int next() {
        return at++;
      }
    };
  }

  /** All numbers below {@code count} once. */
  static Numbers shuffled(int count, int block, long stream) {
    RandomStream random = new RandomStream(stream);
    if (block > 1) {
      return new Blocks(count, block, random);
    }
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    Shuffle.shuffle(order, random);
    return new Numbers() {
      private int at;

      @Override
      public int next() {
        return order[at++];
      }
    };
  }

  /** Blocks in any order, and the examples of so many blocks at a time mixed: memory for a few blocks only. */
  final class Blocks implements Numbers {
    private static final int MIXED = 16;

    private final int count;
    private final int block;
    private final RandomStream random;
    private final int[] blocks;
    private final int[] pool;
    private int nextBlock;
    private int filled;
    private int at;

    Blocks(int count, int block, RandomStream random) {
      this.count = count;
      this.block = block;
      this.random = random;
      blocks = new int[Math.ceilDiv(count, block)];
      Arrays.setAll(blocks, i -> i);
      Shuffle.shuffle(blocks, random);
      pool = new int[Math.min(MIXED, Math.max(1, blocks.length)) * block];
    }

    @Override
    public int next() {
      if (at == filled) {
        filled = 0;
        at = 0;
        for (int i = 0; i < MIXED && nextBlock < blocks.length; i++) {
          int from = blocks[nextBlock++] * block;
          for (int n = from; n < Math.min(count, from + block); n++) {
            pool[filled++] = n;
          }
        }
        Shuffle.shuffle(pool, filled, random);
      }
      return pool[at++];
    }
  }
}
