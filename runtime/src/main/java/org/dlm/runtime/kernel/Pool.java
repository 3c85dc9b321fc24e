package org.dlm.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of the process. A loop is cut into pieces by its extent and grain only, never by the number of threads,
 * so that sums have the same bits on any machine; the calling thread works too. Every thread begins with its own
 * stretch of the pieces, the same part of every loop, and helps the others when it is done: what a thread wrote in
 * one loop it mostly reads in the next, from the cache of its own core. (Where two cores share no cache, which a
 * virtual machine may change at any moment, a training step of small kernels took twice as long when pieces went to
 * whoever asked first.) Workers spin briefly for the next loop, since waking a parked thread costs as much as a small
 * kernel, then park. One loop runs at a time: a nested call, or a call while another thread's loop runs, does its
 * pieces alone.
 */
public final class Pool {
  private Pool() {}

  /** How long a worker looks for the next loop before it parks; longer than the serial gaps of a training step. */
  private static final long SPIN_NANOS = Long.getLong("dlm.spinMicros", 200) * 1000;

  private static final ReentrantLock BUSY = new ReentrantLock();
  private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);

  /** Longs between the cursors of two threads, so that no two are in the same or in neighbouring cache lines. */
  private static final int APART = 16;

  private static volatile int threads = Integer.getInteger("dlm.threads", Runtime.getRuntime().availableProcessors());
  private static Worker[] workers;

  /**
   * For each thread the next piece of its stretch, in the lower half, and the loop that this is about, in the upper: a
   * cursor that speaks of an older loop stands at the beginning of its stretch, so that nobody must reset it.
   */
  private static long[] cursors;

  /** Counts loops: a worker that sees it move looks for pieces. */
  private static volatile int generation;

  /** The last loop that is over: none runs when this is the {@link #generation}. */
  private static volatile int closed;

  private static volatile Throwable failure;
  private static Task task;
  private static int extent;
  private static int grain;
  private static int pieces;

  /** Number of threads that work on a loop, the caller among them. */
  public static int threads() {
    return threads;
  }

  /** The number of the calling thread among those that work on a loop; 0 is the one that began it. */
  static int thread() {
    return Thread.currentThread() instanceof Worker worker ? worker.number : 0;
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
          worker.end();
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
    generation++;
    for (int i = 0; i < workers.length && i < pieces - 1; i++) {
      if (workers[i].parked) {
        LockSupport.unpark(workers[i]);
      }
    }
    takePieces(0, generation);
    closed = generation;
    for (Worker worker : workers) {
      worker.awaitOutside();
    }
    Pool.task = null;
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw asUnchecked(thrown);
    }
  }

  private static void startWorkers() {
    cursors = new long[(threads + 1) * APART];
    Worker[] started = new Worker[threads - 1];
    for (int i = 0; i < started.length; i++) {
      started[i] = new Worker(i + 1, generation);
      started[i].start();
    }
    workers = started;
  }

  /** Does the pieces of the thread's own stretch, then what is left of the others'. */
  private static void takePieces(int thread, int loop) {
    int threads = workers.length + 1;
    for (int i = 0; i < threads; i++) {
      int owner = thread + i < threads ? thread + i : thread + i - threads;
      int first = (int) ((long) owner * pieces / threads);
      int end = (int) ((owner + 1L) * pieces / threads);
      for (int piece = claim(owner, loop, first, end); piece < end; piece = claim(owner, loop, first, end)) {
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
  }

  /** The next piece of a stretch that nobody has taken, or its end. */
  private static int claim(int owner, int loop, int first, int end) {
    int at = (owner + 1) * APART;
    long known = (long) CURSOR.getVolatile(cursors, at);
    while (true) {
      int next = (int) (known >>> 32) == loop ? (int) known : first;
      if (next >= end) {
        return end;
      }
      long found = (long) CURSOR.compareAndExchange(cursors, at, known, (long) loop << 32 | next + 1);
      if (found == known) {
        return next;
      }
      known = found;
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

    /** True while this worker may be reading the fields of the loop. */
    private volatile boolean inside;

    private final int number;
    private int seen;

    Worker(int number, int seen) {
      super("dlm-worker-" + number);
      this.number = number;
      this.seen = seen;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (awaitLoop()) {
        inside = true;
        // Told before looking: whoever closes the loop either sees this worker inside or is seen to have closed it.
        int over = closed;
        int loop = generation;
        if (loop != over) {
          takePieces(number, loop);
        }
        inside = false;
      }
    }

    /** The pieces left are short; but where more threads than cores run, a worker may have lost its core. */
    void awaitOutside() {
      int spins = 0;
      while (inside) {
        if (++spins < 20_000) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    /** Returns when this thread has ended, so that it can take nothing of a later loop. */
    void end() {
      stopped = true;
      LockSupport.unpark(this);
      while (isAlive()) {
        Thread.yield();
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
