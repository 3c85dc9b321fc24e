package org.dlm.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.emit.InMemoryJava;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/**
 * Many thousand texts, by the grammar and by mutation of valid files ({@code mvn verify -Pfuzz}): no exception, no answer that takes
 * over five seconds, and what is accepted becomes Java that compiles. {@code -Dfuzz.count} and {@code -Dfuzz.seed} choose how
 * many and which; what fails is written to {@code target/fuzz}.
 */
class FuzzCampaign {
  private static final int COUNT = Integer.getInteger("fuzz.count", 100_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int SECONDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LONGEST = 2_500;
  private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "fuzz");

  private final ExecutorService worker = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  });
  /** One text for each kind of failure. */
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final List<List<GeneratedFile>> accepted = new ArrayList<>();
  private final List<String> acceptedTexts = new ArrayList<>();
  private final Set<String> classes = new LinkedHashSet<>();
  /** Threads that never came to an end. */
  private final Set<Long> stuck = new HashSet<>();

  @Test
  void everyTextIsAnswered() throws Exception {
    Random random = new Random(SEED);
    Mutants mutants = new Mutants(seeds(), random);
    for (int i = 0; i < COUNT; i++) {
      answer(i % 5 == 0 ? GrammarSentences.file(random, 10 + random.nextInt(150)) : mutants.next());
    }
    compileAccepted();
    assertThat(failures.keySet()).as("texts that are not answered, see " + FOLDER).isEmpty();
  }

  private static List<String> seeds() {
    return Stream.of("model/valid", "computed", "syntax/valid").flatMap(folder -> Corpus.files(folder).stream())
        .filter(path -> !path.toString().matches(".*(resnet|gpt|dcgan|unet).*")).map(path -> Corpus.read(path).text()).filter(text -> !text.isBlank() && text.length() < LONGEST)
        .toList();
  }

  private void answer(String text) throws InterruptedException {
    var answer = worker.submit(() -> Compiler.compileSources(List.of(new SourceFile("fuzz.dlm", text)), Options.DEFAULT));
    try {
      Result result = await(answer);
      if (!result.hasErrors() && !result.files().isEmpty()) {
        accept(text, result.files());
      }
    } catch (TimeoutException late) {
      fail("no answer within " + SECONDS + " seconds: " + text.lines().findFirst().orElse(""), text);
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

  private void accept(String text, List<GeneratedFile> files) {
    if (accepted.size() >= 40 || files.stream().anyMatch(f -> classes.contains(f.relativePath()))) {
      compileAccepted();
    }
    files.forEach(f -> classes.add(f.relativePath()));
    accepted.add(files);
    acceptedTexts.add(text);
  }

  private void compileAccepted() {
    try {
      InMemoryJava.compile(accepted.stream().flatMap(List::stream).toList());
    } catch (AssertionError some) {
      for (int i = 0; i < accepted.size(); i++) {
        try {
          InMemoryJava.compile(accepted.get(i));
        } catch (AssertionError e) {
          String message = e.getMessage().lines().findFirst().orElse("").replaceAll("^\\S*?\\.java:\\d+: ", "");
          fail("javac: " + message, acceptedTexts.get(i) + "\n/* " + e.getMessage().replace("*/", "* /") + " */");
        }
      }
    }
    accepted.clear();
    acceptedTexts.clear();
    classes.clear();
  }

  /** Keeps the first text of a kind; it is written at once, so that a campaign may be watched. */
  private void fail(String kind, String text) {
    if (failures.putIfAbsent(kind, text) == null) {
      try {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("failure" + failures.size() + ".dlm"), text + "\n// " + kind + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
