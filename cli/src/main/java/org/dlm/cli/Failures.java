package org.dlm.cli;

import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine;

/** Turns whatever went wrong into a sentence and an exit code; a stack trace only where {@code --debug} asks for it. */
final class Failures {
  private Failures() {}

  /** Errors that were told already: only the exit code is left to say. */
  static final class Told extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static int tell(Throwable problem, Console console, boolean debug) {
    Throwable cause = cause(problem);
    switch (cause) {
      case Told told -> { }
      case InputProblem input -> console.error(input.getMessage(), input.help());
      case OutOfMemoryError memory -> console.error("out of memory (" + memory.getMessage() + ", limit "
          + (Runtime.getRuntime().maxMemory() >> 20) + " MB)",
          "Use a smaller batch, or give Java more: DLM_JAVA_OPTIONS=-Xmx8g");
      case StackOverflowError deep -> console.error("something in the input is nested too deeply", "Split it up.");
      default -> console.error("this should not have happened: " + sentence(cause),
          "It is a defect of dlm; please report it with what --debug shows.");
    }
    if (debug && !(problem instanceof Told)) {
      problem.printStackTrace(console.err());
    }
    return Main.INPUT_WRONG;
  }

  /** What is wrapped only to pass through a thread or a reflective call. */
  private static Throwable cause(Throwable problem) {
    boolean wrapped = problem.getCause() != null && problem.getMessage() != null
        && problem.getMessage().equals(problem.getCause().toString());
    return wrapped ? cause(problem.getCause()) : problem;
  }

  private static String sentence(Throwable problem) {
    String name = problem.getClass().getSimpleName();
    StackTraceElement[] trace = problem.getStackTrace();
    return (problem.getMessage() == null ? name : name + ": " + problem.getMessage())
        + (trace.length == 0 ? "" : " (in " + trace[0].getFileName() + ":" + trace[0].getLineNumber() + ")");
  }

  static int tellUsage(CommandLine.ParameterException problem, Console console) {
    CommandLine command = problem.getCommandLine();
    String message = problem.getMessage();
    if (problem instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().getFirst();
      List<String> known = first.startsWith("-") ? command.getCommandSpec().optionsMap().keySet().stream().toList()
          : command.getSubcommands().keySet().stream().toList();
      message = (first.startsWith("-") ? "unknown option `" : "unknown argument `") + first + "`"
          + Suggestion.didYouMean(first, known);
    }
    console.error(message, "");
    console.err().println();
    command.usage(console.err());
    return Main.USAGE_WRONG;
  }
}
