package org.dlm.editor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks open texts in a thread of its own: soon after the last change, the newest text only. Who asks about a text
 * waits for the check of what is typed now.
 */
final class Analyst {
  /** A pause in typing. */
  private static final int PAUSE_MILLIS = 200;

  /** What others wait for that depend on the text. */
  private static final int LATER_MILLIS = 500;

  private final Buffers buffers;
  private final LibraryFiles library;
  private final PrintStream log;
  private final Consumer<Snapshot> publish;
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread thread = new Thread(work, "dlm-analyst");
    thread.setDaemon(true);
    return thread;
  });
  private final Map<String, Check> checks = new HashMap<>();
  private volatile List<Path> libraryPath = List.of();

  /** The check of the newest text: {@code result} is for who waits, {@code last} what was known before. */
  private static final class Check {
    private CompletableFuture<Snapshot> result = new CompletableFuture<>();
    private ScheduledFuture<?> planned;
    private Snapshot last;
  }

  Analyst(Buffers buffers, LibraryFiles library, PrintStream log, Consumer<Snapshot> publish) {
    this.buffers = buffers;
    this.library = library;
    this.log = log;
    this.publish = publish;
  }

  void libraryPath(List<Path> path) {
    libraryPath = List.copyOf(path);
  }

  void opened(String uri) {
    plan(uri, 0);
  }

  /** The text has changed; others that were read with it are checked again, too. */
  synchronized void changed(String uri) {
    plan(uri, PAUSE_MILLIS);
    Places.path(uri).ifPresent(path -> checks.forEach((other, check) -> {
      if (!other.equals(uri) && check.last != null && check.last.reads(path)) {
        plan(other, LATER_MILLIS);
      }
    }));
  }

  /** Files that nobody has open may have changed. */
  synchronized void everythingChanged() {
    buffers.all().forEach(b -> plan(b.uri(), LATER_MILLIS));
  }

  synchronized void closed(String uri) {
    Check check = checks.remove(uri);
    if (check != null) {
      if (check.planned != null) {
        check.planned.cancel(false);
      }
      check.result.cancel(false);
    }
  }

  /** What is known of the text as it is now, once that is known; fails for a text that is not open. */
  synchronized CompletableFuture<Snapshot> current(String uri) {
    Check check = checks.get(uri);
    return check == null ? CompletableFuture.failedFuture(new IllegalStateException(uri + " is not open"))
        : check.result.copy();
  }

  /** What was known last, which may be of an earlier text: for who cannot wait. */
  synchronized CompletableFuture<Snapshot> known(String uri) {
    Check check = checks.get(uri);
    return check == null || check.last == null ? current(uri) : CompletableFuture.completedFuture(check.last);
  }

  /** What would be known if the text were another. */
  Snapshot variant(Snapshot of, String text) {
    Buffers.Buffer buffer = of.buffer();
    return CompletableFuture.supplyAsync(() -> snapshot(
        new Buffers.Buffer(buffer.uri(), buffer.path(), text, buffer.version())), worker).join();
  }

  private Snapshot snapshot(Buffers.Buffer buffer) {
    return buffer.path().isPresent() && library.holds(buffer.path().get()) ? Snapshot.unchecked(buffer)
        : Snapshot.of(buffer, buffers.texts(), libraryPath);
  }

  void stop() {
    worker.shutdownNow();
  }

  private synchronized void plan(String uri, int delay) {
    if (worker.isShutdown()) {
      return;
    }
    Check check = checks.computeIfAbsent(uri, _ -> new Check());
    if (check.result.isDone()) {
      check.result = new CompletableFuture<>();
    }
    if (check.planned != null) {
      check.planned.cancel(false);
    }
    check.planned = worker.schedule(() -> check(uri), delay, TimeUnit.MILLISECONDS);
  }

  private void check(String uri) {
    Buffers.Buffer buffer = buffers.find(uri).orElse(null);
    if (buffer == null) {
      return;
    }
    Snapshot snapshot = null;
    try {
      snapshot = snapshot(buffer);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      log.println("dlm lsp: " + uri + " could not be checked");
      e.printStackTrace(log);
    }
    finished(uri, buffer, snapshot);
  }

  /** Publishes without the lock, since an editor that does not read makes us wait. */
  private void finished(String uri, Buffers.Buffer buffer, Snapshot snapshot) {
    Check check = newest(uri, buffer);
    if (check != null && snapshot != null) {
      publish.accept(snapshot);
      check = newest(uri, buffer);
    }
    if (check == null) {
      return;
    }
    synchronized (this) {
      if (snapshot == null) {
        check.result.completeExceptionally(new IllegalStateException("the text could not be checked"));
      } else {
        check.last = snapshot;
        check.result.complete(snapshot);
      }
    }
  }

  /** The check that waits for this state of the text; null where the text has changed since, or is closed. */
  private synchronized Check newest(String uri, Buffers.Buffer buffer) {
    return buffers.find(uri).filter(b -> b.version() == buffer.version()).isPresent() ? checks.get(uri) : null;
  }
}
