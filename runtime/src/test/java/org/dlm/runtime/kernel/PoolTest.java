package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final int before = Pool.threads();

  @AfterEach
  void restore() {
    Pool.threads(before);
  }

  @Test
  void everyElementIsDoneOnceInTheSamePiecesOnAnyNumberOfThreads() {
    for (int threads = 1; threads <= 4; threads++) {
      Pool.threads(threads);
      for (int extent : new int[] {0, 1, 2, 7, 64, 1000}) {
        AtomicIntegerArray done = new AtomicIntegerArray(extent);
        Set<Long> pieces = ConcurrentHashMap.newKeySet();
        Pool.run((from, to) -> {
          pieces.add(from * 10_000L + to);
          for (int i = from; i < to; i++) {
            done.incrementAndGet(i);
          }
        }, extent, 7);
        for (int i = 0; i < extent; i++) {
          assertThat(done.get(i)).isEqualTo(1);
        }
        assertThat(pieces).hasSize((extent + 6) / 7);
        for (int from = 0; from < extent; from += 7) {
          assertThat(pieces).contains(from * 10_000L + Math.min(extent, from + 7));
        }
      }
    }
  }

  @Test
  void nestedLoopsRun() {
    Pool.threads(3);
    AtomicInteger done = new AtomicInteger();
    Pool.run((from, to) -> Pool.run((f, t) -> done.addAndGet(t - f), 100, 3), 50, 1);
    assertThat(done.get()).isEqualTo(5000);
  }

  @Test
  void anExceptionReachesTheCallerAndThePoolGoesOn() {
    Pool.threads(2);
    for (int bad = 0; bad < 10; bad++) {
      int at = bad;
      assertThatThrownBy(() -> Pool.run((from, to) -> {
        if (from == at) {
          throw new IllegalStateException("piece " + at);
        }
      }, 10, 1)).isInstanceOf(IllegalStateException.class).hasMessage("piece " + at);
    }
    AtomicInteger done = new AtomicInteger();
    Pool.run((from, to) -> done.addAndGet(to - from), 10, 1);
    assertThat(done.get()).isEqualTo(10);
  }

  @Test
  void manyShortLoopsFromSeveralCallersLoseNothing() throws InterruptedException {
    Pool.threads(3);
    AtomicInteger done = new AtomicInteger();
    Thread[] callers = new Thread[3];
    for (int i = 0; i < callers.length; i++) {
      callers[i] = new Thread(() -> {
        for (int loop = 0; loop < 5000; loop++) {
          Pool.run((from, to) -> done.addAndGet(to - from), 9, 2);
        }
      });
      callers[i].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(done.get()).isEqualTo(3 * 5000 * 9);
  }

  @Test
  void aGrainOfNothingIsRefused() {
    assertThatThrownBy(() -> Pool.run((from, to) -> { }, 3, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
