package org.dlm.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code dlm} command. Exit codes: 0 done, 1 something in the input is wrong, 2 the command was used wrongly. */
@Command(name = "dlm", description = "Deep-learning models, compiled to Java.", mixinStandardHelpOptions = true,
    versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  static final int INPUT_WRONG = 1;
  static final int USAGE_WRONG = 2;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  public static void main(String[] arguments) {
    System.exit(run(Console.system(), arguments));
  }

  /** All commands with their options. */
  static CommandLine commands(Console console) {
    return new CommandLine(new Main())
        .addSubcommand(new CheckCommand(console))
        .addSubcommand(new FormatCommand(console))
        .addSubcommand(new CompileCommand(console))
        .addSubcommand(new SummaryCommand(console))
        .addSubcommand(new InspectCommand(console))
        .addSubcommand(new TrainCommand(console))
        .addSubcommand(new CompareCommand(console))
        .addSubcommand(new RunCommand(console))
        .addSubcommand(new PredictCommand(console))
        .addSubcommand(new EvalCommand(console))
        .addSubcommand(new SampleCommand(console))
        .addSubcommand(new WeightsCommand(console))
        .addSubcommand(new ExportCommand(console))
        .addSubcommand(new BenchCommand(console))
        .addSubcommand(new TuneCommand(console))
        .addSubcommand(new OpsCommand(console))
        .addSubcommand(new ExplainCommand(console));
  }

  /** Runs one command and gives its exit code. */
  static int run(Console console, String... arguments) {
    CommandLine line = commands(console);
    boolean debug = List.of(arguments).contains("--debug");
    line.setOut(new java.io.PrintWriter(console.out(), true));
    line.setErr(new java.io.PrintWriter(console.err(), true));
    line.setExecutionExceptionHandler((problem, command, parsed) -> Failures.tell(problem, console, debug));
    line.setParameterExceptionHandler((problem, args) -> Failures.tellUsage(problem, console));
    try {
      return line.execute(arguments);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Failures.tell(e, console, debug);
    }
  }
}
