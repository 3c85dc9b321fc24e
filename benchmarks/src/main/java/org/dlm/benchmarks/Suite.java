package org.dlm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times the models of the suite with DLM and with every peer that is installed, in turn, round by round, since only
 * figures of one run compare on a machine that others use too.
 */
@Command(name = "suite", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Times the suite's models with DLM and its peers in turn; writes docs/benchmarks.md and .json.")
public final class Suite implements Callable<Integer> {
  /** Milliseconds of a training step from which on two threads must be 1.8 times as fast as one. */
  private static final double LONG_STEP = 20;

  @Option(names = "--project", defaultValue = ".", hidden = true, description = "The project's folder.")
  private Path project;

  @Option(names = "--peers", paramLabel = "DIR", description = "The peers' scripts (default: ../shared/peers).")
  private Path peers;

  @Option(names = "--python", paramLabel = "PROGRAM", defaultValue = "python3",
      description = "The Python that has the peers installed (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(names = "--only", paramLabel = "MODEL", split = ",", description = "Only these models.")
  private List<String> only = List.of();

  @Option(names = "--rounds", paramLabel = "R", defaultValue = "3", description = "Rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "6",
      description = "Time for each training step, half for each inference (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--threads", paramLabel = "T", description = "Threads of every system (default: all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--threads-ratio", description = "Also a training step of the longer models on one thread.")
  private boolean oneThread;

  @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes (default: docs).")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Suite()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path folder = peers != null ? peers : project.resolve("../shared/peers").normalize();
    Results results = new Results();
    Peer.Setting setting = new Peer.Setting(project, folder, python, seconds, threads);
    List<Peer> present = new ArrayList<>();
    for (Peer peer : Peer.all()) {
      Optional<String> missing = peer.missing(setting);
      missing.ifPresent(why -> say("left out: " + peer.name() + ", " + why));
      missing.ifPresentOrElse(why -> results.problem(peer.name() + " is not installed here"), () -> present.add(peer));
    }
    List<SuiteModel> models = SuiteModel.all().stream()
        .filter(model -> only.isEmpty() || only.contains(model.name())).toList();
    for (int round = 1; round <= rounds; round++) {
      for (SuiteModel model : models) {
        say(String.format(Locale.ROOT, "round %d of %d, %s", round, rounds, model.name()));
        measure(results, Results.DLM, model, json -> own(model, json), Map.of());
        for (Peer peer : present) {
          if (peer.runs(model)) {
            measure(results, peer.name(), model, json -> peer.command(setting, model, json), peer.environment(setting));
          }
        }
        if (oneThread && round == 1) {
          oneThread(results, model);
        }
      }
    }
    models.forEach(model -> plans(results, model));
    write(results);
    return 0;
  }

  /** What to start so that it writes its rows to a file. */
  private interface Start {
    List<String> command(Path json) throws IOException;
  }

  /** A training step on one thread, for models that take long enough that a second one must help. */
  private void oneThread(Results results, SuiteModel model) throws IOException {
    if (results.trainingMillis(model.name()) > LONG_STEP) {
      measure(results, Results.ONE_THREAD, model, json -> {
        List<String> command = new ArrayList<>(own(model, json));
        command.set(command.indexOf("--threads") + 1, "1");
        return command;
      }, Map.of());
    }
  }

  /** What the compiler says of a training step. */
  private void plans(Results results, SuiteModel model) {
    try {
      Child child = Child.run(List.of(project.resolve("dlm").toAbsolutePath().toString(), "summary",
          project.resolve("stdlib-models/src/main/dlm").resolve(model.file()).toAbsolutePath().toString(), "--model",
          model.model(), "--dims", model.dims()), project.toAbsolutePath());
      child.output().lines().filter(line -> line.startsWith("a training step of `loss`:")).findFirst()
          .ifPresent(line -> results.plan(model.name(), line.substring(line.indexOf(':') + 2)));
    } catch (IOException e) {
      results.problem("dlm summary on " + model.name() + ": " + e.getMessage());
    }
  }

  private List<String> own(SuiteModel model, Path json) {
    return List.of(project.resolve("dlm").toAbsolutePath().toString(), "bench",
        project.resolve("stdlib-models/src/main/dlm").resolve(model.file()).toString(), "--model", model.model(),
        "--dims", model.dims(), "--optimizer", model.optimizer(), "--seconds", String.valueOf(seconds), "--threads",
        String.valueOf(threads), "--json", json.toString());
  }

  private void measure(Results results, String system, SuiteModel model, Start start, Map<String, String> environment)
      throws IOException {
    Path json = Files.createTempFile("suite", ".json");
    try {
      Child child = Child.run(start.command(json.toAbsolutePath()), project.toAbsolutePath(), environment);
      if (child.exitCode() != 0 || Files.size(json) == 0) {
        results.problem(system + " on " + model.name() + ": " + lastLine(child.output()));
        say("  " + system + " failed: " + lastLine(child.output()));
        return;
      }
      results.read(system, model.name(), json, child.peakMegabytes());
      child.output().lines().filter(line -> line.contains("median"))
          .forEach(line -> say(String.format(Locale.ROOT, "  %-16s %s", system, line)));
    } finally {
      Files.deleteIfExists(json);
    }
  }

  private static String lastLine(String output) {
    return output.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no output").strip();
  }

  private void write(Results results) throws IOException {
    String settings = String.format(Locale.ROOT, "%d threads each, %d round%s in turn, %s s a training step", threads,
        rounds, rounds == 1 ? "" : "s", seconds);
    Report report = new Report(results, Machine.describe(), settings);
    Path folder = out != null ? out : project.resolve("docs");
    Files.createDirectories(folder);
    String growth = Files.exists(folder.resolve("growth.svg")) ? Report.GROWTH : "";
    Files.writeString(folder.resolve("benchmarks.md"), report.markdown() + growth);
    Files.writeString(folder.resolve("benchmarks.json"), report.json());
    System.out.println(report.markdown());
    say("written: " + folder.resolve("benchmarks.md") + ", " + folder.resolve("benchmarks.json"));
  }

  private static void say(String text) {
    System.err.println(text);
  }
}
