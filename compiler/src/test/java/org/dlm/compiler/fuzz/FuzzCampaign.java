package org.dlm.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand texts, by the grammar and by mutation of valid files ({@code mvn verify -Pfuzz}): no exception, no
 * answer that takes over five seconds, and what is accepted becomes Java that compiles. {@code -Dfuzz.from},
 * {@code -Dfuzz.count} and {@code -Dfuzz.seed} choose which of them, so that a campaign may be run in pieces; what fails is
 * written to {@code target/fuzz}, and how far it came to {@code target/fuzz/progress.txt}.
 */
class FuzzCampaign {
  private static final int FROM = Integer.getInteger("fuzz.from", 0);
  private static final int COUNT = Integer.getInteger("fuzz.count", 100_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int SECONDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "fuzz");

  private final ExecutorService worker = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  });
  /** One text for each kind of failure. */
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final AcceptedPrograms programs = new AcceptedPrograms(this::fail);
  private int accepted;
  /** Threads that never came to an end. */
  private final Set<Long> stuck = new HashSet<>();

  @Test
  void everyTextIsAnswered() throws Exception {
    FuzzInputs inputs = new FuzzInputs(SEED);
    for (int number = FROM; number < FROM + COUNT; number++) {
      answer(number, inputs.get(number));
      if ((number + 1) % 1000 == 0) {
        tell(number + 1);
      }
    }
    programs.compile();
    tell(FROM + COUNT);
    assertThat(failures.keySet()).as("texts that are not answered, see " + FOLDER).isEmpty();
  }

  private void answer(int number, String text) throws InterruptedException {
    var answer = worker.submit(() -> Compiler.compileSources(List.of(new SourceFile("fuzz.dlm", text)), Options.DEFAULT));
    try {
      Result result = await(answer);
      if (!result.hasErrors() && !result.files().isEmpty()) {
        accepted++;
        programs.add(text, result.files());
      }
    } catch (TimeoutException late) {
      fail("no answer within " + SECONDS + " seconds: " + number, text);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      StackTraceElement[] trace = cause.getStackTrace();
      fail(cause.getClass().getSimpleName() + " at " + (trace.length == 0 ? "?" : trace[0]), text + "\n// " + cause);
    }
  }

  /** Waits for the answer, but not while the compiler computes for longer than it may: other programs may slow it down. */
  private Result await(Future<Result> answer) throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      try {
        return answer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        boolean late = false;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
          boolean compiles = thread.getName().equals("dlm-compiler") && !stuck.contains(thread.threadId());
          if (compiles && THREADS.getThreadCpuTime(thread.threadId()) > SECONDS * 1_000_000_000L) {
            late = stuck.add(thread.threadId());
          }
        }
        if (late) {
          throw notYet;
        }
      }
    }
  }

  private void tell(int upTo) {
    write("progress.txt", "seed " + SEED + ", inputs " + FROM + " to " + upTo + ": " + accepted + " accepted, "
        + programs.tried() + " different programs given to javac, " + failures.size() + " kinds of failures\n");
  }

  /** Keeps the first text of a kind; it is written at once, so that a campaign may be watched. */
  private void fail(String kind, String text) {
    if (failures.putIfAbsent(kind, text) == null) {
      write("failure" + FROM + "-" + failures.size() + ".dlm", text + "\n// " + kind + "\n");
    }
  }

  private static void write(String file, String text) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
