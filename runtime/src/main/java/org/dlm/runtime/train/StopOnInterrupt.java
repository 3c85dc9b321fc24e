package org.dlm.runtime.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C (or a polite kill) lets a run finish its step and write its checkpoint before the program
 * ends. The thread that trains closes it when it has said what it has to say.
 */
public final class StopOnInterrupt implements AutoCloseable {
  /** A step of a large model and its checkpoint take seconds; a hanging one must not keep the user waiting forever. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  /** @param atTheEnd what the program does last, after an interrupt only: a place to decide its exit code */
  public StopOnInterrupt(Trainer trainer, Runnable atTheEnd) {
    hook = new Thread(() -> finish(trainer, atTheEnd), "dlm-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void finish(Trainer trainer, Runnable atTheEnd) {
    trainer.stop();
    try {
      // Should that not be enough, the files on disk are whole all the same: they are only replaced by finished ones.
      if (closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        atTheEnd.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook is what we were closed for.
    }
  }
}
