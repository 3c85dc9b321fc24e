package org.dlm.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.kernel.Exactness;
import org.dlm.runtime.kernel.Pool;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have in common. */
abstract class BaseCommand implements Callable<Integer> {
  /** More would only wait for one another. */
  private static final int MOST_THREADS = 1024;

  final Console console;

  @Spec private CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  private boolean help;

  @Option(names = "--debug", description = "Show the Java stack trace of a failure.")
  private boolean debug;

  @Option(names = "--threads", paramLabel = "N", description = "Threads that compute (default: one for each core).")
  private Integer threads;

  @Option(names = "--exact", description = "Sum every product: no convolution by Winograd's algorithm.")
  private boolean exact;

  @Option(names = "--deterministic",
      description = "The same bits on every machine: vectors of 128 bits, whatever the machine has.")
  private boolean deterministic;

  BaseCommand(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() throws Exception {
    if (deterministic) {
      // Read when the first vector is needed, which is later than here.
      System.setProperty("dlm.deterministic", "true");
    }
    if (threads != null) {
      if (threads < 1 || threads > MOST_THREADS) {
        throw usage("--threads " + threads + ": a number from 1 to " + MOST_THREADS + ", at best that of the cores");
      }
      Pool.threads(threads);
    }
    if (exact) {
      Exactness.exact(true);
    }
    execute();
    return 0;
  }

  abstract void execute() throws Exception;

  /** A file that a command writes: a problem where it is somebody's model. */
  static Path output(Path file) {
    if (file != null && file.toString().endsWith(".dlm")) {
      throw new InputProblem(file + " is a model file by its name; it is not written over", "Name another file.");
    }
    return file;
  }

  /** A time that an option gives: wrong usage where it is none. */
  final void requireTime(String option, double seconds) {
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw usage(option + " " + seconds + ": a time in seconds, more than 0");
    }
  }

  /** The command was used wrongly: exit code 2. */
  final CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
