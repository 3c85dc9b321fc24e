package org.dlm.runtime.data;

import java.io.IOException;
import java.util.List;
import org.dlm.runtime.InputProblem;

/**
 * A thread that reads the batches of one pass into a few buffers, which the reader of the batches gives back. What
 * comes in which batch is decided before, so the bits do not depend on who is faster. Waiting allocates nothing.
 */
final class ReadAhead {
  private final DataSource source;
  private final BatchBuffer[] buffers;
  private final Thread thread;
  private long filled;
  private long returned;
  private boolean stopped;
  private Throwable failure;

  /**
   * @param size examples in a batch
   * @param first the number of the first batch to read, {@code end} that behind the last
   */
  ReadAhead(DataSource source, List<BatchBuffer> buffers, int size, PassOrder order, int first, int end) {
    this.source = source;
    this.buffers = buffers.toArray(BatchBuffer[]::new);
    thread = Thread.ofPlatform().daemon().name("dlm-reader").start(() -> read(size, order, first, end));
  }

  private void read(int size, PassOrder order, int first, int end) {
    int batch = first;
    try (DataSource.Pass pass = source.pass(order)) {
      if (first > 0) {
        pass.skip(first * size);
      }
      for (; batch < end; batch++) {
        BatchBuffer free = awaitFree();
        if (free == null) {
          return;
        }
        free.fill(pass, Math.min(size, source.count() - batch * size));
        publish();
      }
    } catch (Throwable t) {
      fail(t, batch + 1);
    }
  }

  private synchronized BatchBuffer awaitFree() throws InterruptedException {
    while (!stopped && filled - returned == buffers.length) {
      wait();
    }
    return stopped ? null : buffers[(int) (filled % buffers.length)];
  }

  private synchronized void publish() {
    filled++;
    notifyAll();
  }

  private synchronized void fail(Throwable cause, int batch) {
    failure = switch (cause) {
      case InputProblem problem -> problem;
      case Error error -> error;
      case IOException io -> new InputProblem(source.origin() + ": cannot be read on (batch " + batch + "): "
          + reason(io), "Is the file still there and whole? Go on with --resume once it is.", io);
      default -> new InputProblem(source.origin() + ": the data source failed in batch " + batch + ": " + cause,
          "The fault is in the source's own code; --debug shows where.", cause);
    };
    notifyAll();
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Gives so many of the oldest batches back. */
  synchronized void release(int batches) {
    returned += batches;
    notifyAll();
  }

  /** The batch behind the {@code held} ones that were not given back; fewer than there are buffers. */
  synchronized BatchBuffer next(int held) {
    while (returned + held == filled) {
      switch (failure) {
        case null -> await();
        case InputProblem problem -> throw problem;
        default -> throw (Error) failure;
      }
    }
    return buffers[(int) ((returned + held) % buffers.length)];
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    }
  }

  /** Ends the thread, after the batch that it reads just now. */
  void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
