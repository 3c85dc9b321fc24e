package org.dlm.runtime.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of the process. A loop is cut into pieces by its extent and grain only, never by the number of threads,
 * so that sums have the same bits on any machine; the calling thread works too. Workers spin briefly for the next loop,
 * since waking a parked thread costs as much as a small kernel, then park. One loop runs at a time: a nested call, or a
 * call while another thread's loop runs, does its pieces alone.
 */
public final class Pool {
  private Pool() {}

  /** How long a worker looks for the next loop before it parks; longer than the serial gaps of a training step. */
  private static final long SPIN_NANOS = Long.getLong("dlm.spinMicros", 200) * 1000;

  private static final ReentrantLock BUSY = new ReentrantLock();
  private static final AtomicInteger NEXT_PIECE = new AtomicInteger();

  /** Workers that may be reading the fields of the loop below. */
  private static final AtomicInteger INSIDE = new AtomicInteger();

  private static volatile int threads = Integer.getInteger("dlm.threads", Runtime.getRuntime().availableProcessors());
  private static Worker[] workers;

  /** Counts loops: a worker that sees it move looks for pieces. */
  private static volatile int generation;

  private static volatile boolean open;
  private static volatile Throwable failure;
  private static Task task;
  private static int extent;
  private static int grain;
  private static int pieces;

  /** Number of threads that work on a loop, the caller among them. */
  public static int threads() {
    return threads;
  }

  /** Sets the number of threads for the loops to come. */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one thread must work, not " + count);
    }
    BUSY.lock();
    try {
      if (workers != null) {
        for (Worker worker : workers) {
          worker.stopped = true;
          LockSupport.unpark(worker);
        }
        workers = null;
      }
      threads = count;
    } finally {
      BUSY.unlock();
    }
  }

  /**
   * Runs the task on all of {@code 0..extent} in pieces of {@code grain}, on all threads, and waits for the last piece.
   */
  public static void run(Task task, int extent, int grain) {
    if (extent <= 0) {
      return;
    }
    if (grain < 1) {
      throw new IllegalArgumentException("a piece has at least one element, not " + grain);
    }
    int pieces = (extent - 1) / grain + 1;
    if (pieces == 1 || threads == 1 || Thread.currentThread() instanceof Worker || BUSY.isHeldByCurrentThread()
        || !BUSY.tryLock()) {
      runAlone(task, extent, grain, pieces);
      return;
    }
    try {
      runTogether(task, extent, grain, pieces);
    } finally {
      BUSY.unlock();
    }
  }

  private static void runAlone(Task task, int extent, int grain, int pieces) {
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * grain;
      task.run(from, Math.min(extent - from, grain) + from);
    }
  }

  private static void runTogether(Task task, int extent, int grain, int pieces) {
    if (workers == null) {
      startWorkers();
    }
    Pool.task = task;
    Pool.extent = extent;
    Pool.grain = grain;
    Pool.pieces = pieces;
    failure = null;
    NEXT_PIECE.set(0);
    open = true;
    generation++;
    for (int i = 0; i < workers.length && i < pieces - 1; i++) {
      if (workers[i].parked) {
        LockSupport.unpark(workers[i]);
      }
    }
    takePieces();
    open = false;
    awaitWorkers();
    Pool.task = null;
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw asUnchecked(thrown);
    }
  }

  private static void startWorkers() {
    Worker[] started = new Worker[threads - 1];
    for (int i = 0; i < started.length; i++) {
      started[i] = new Worker(i + 1, generation);
      started[i].start();
    }
    workers = started;
  }

  private static void takePieces() {
    Task task = Pool.task;
    int extent = Pool.extent;
    int grain = Pool.grain;
    int pieces = Pool.pieces;
    for (int piece = NEXT_PIECE.getAndIncrement(); piece < pieces; piece = NEXT_PIECE.getAndIncrement()) {
      if (failure != null) {
        return;
      }
      try {
        int from = piece * grain;
        task.run(from, Math.min(extent - from, grain) + from);
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }
  }

  /** The pieces left are short; but where more threads than cores run, a worker may have lost its core. */
  private static void awaitWorkers() {
    int spins = 0;
    while (INSIDE.get() != 0) {
      if (++spins < 20_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private static RuntimeException asUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown; // a task declares no checked exceptions
  }

  private static final class Worker extends Thread {
    volatile boolean parked;
    volatile boolean stopped;
    private int seen;

    Worker(int number, int seen) {
      super("dlm-worker-" + number);
      this.seen = seen;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (awaitLoop()) {
        INSIDE.incrementAndGet();
        // Counted in before looking: whoever closes the loop either sees this worker inside or is seen to have closed
        // it.
        if (open) {
          takePieces();
        }
        INSIDE.decrementAndGet();
      }
    }

    /** True when a new loop began, false when this worker is not wanted any more. */
    private boolean awaitLoop() {
      long started = System.nanoTime();
      while (!stopped) {
        for (int i = 0; i < 100; i++) {
          int now = generation;
          if (now != seen) {
            seen = now;
            return true;
          }
          Thread.onSpinWait();
        }
        if (System.nanoTime() - started > SPIN_NANOS) {
          parkUntilWoken();
        }
      }
      return false;
    }

    private void parkUntilWoken() {
      parked = true;
      while (generation == seen && !stopped) {
        LockSupport.park(this);
      }
      parked = false;
    }
  }
}
