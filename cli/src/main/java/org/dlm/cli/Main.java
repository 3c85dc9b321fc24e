package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** How each command is made, by name and in the order in which they are shown. */
  private static Map<String, Function<Console, BaseCommand>> makers() {
    Map<String, Function<Console, BaseCommand>> makers = new LinkedHashMap<>();
    makers.put("new", NewCommand::new);
    makers.put("check", CheckCommand::new);
    makers.put("fmt", FormatCommand::new);
    makers.put("compile", CompileCommand::new);
    makers.put("summary", SummaryCommand::new);
    makers.put("inspect", InspectCommand::new);
    makers.put("train", TrainCommand::new);
    makers.put("compare", CompareCommand::new);
    makers.put("run", RunCommand::new);
    makers.put("predict", PredictCommand::new);
    makers.put("eval", EvalCommand::new);
    makers.put("sample", SampleCommand::new);
    makers.put("weights", WeightsCommand::new);
    makers.put("export", ExportCommand::new);
    makers.put("bench", BenchCommand::new);
    makers.put("tune", TuneCommand::new);
    makers.put("lsp", LspCommand::new);
    makers.put("ops", OpsCommand::new);
    makers.put("explain", ExplainCommand::new);
    return makers;
  }

  /** All commands with their options. */
  static CommandLine commands(Console console) {
    CommandLine line = new CommandLine(new Main());
    makers().forEach((name, maker) -> line.addSubcommand(name, maker.apply(console)));
    return helpful(line, console);
  }

  /** The one command that is meant, since reading the options of all takes longer than those of one; else all. */
  private static CommandLine commands(Console console, String... arguments) {
    Function<Console, BaseCommand> maker = arguments.length == 0 ? null : makers().get(arguments[0]);
    return maker == null ? commands(console)
        : helpful(new CommandLine(new Main()).addSubcommand(arguments[0], maker.apply(console)), console);
  }

  /** Help as wide as the terminal, which begins with what a command is for and not with all of its options. */
  private static CommandLine helpful(CommandLine line, Console console) {
    line.setUsageHelpWidth(console.width());
    line.getSubcommands().values().forEach(c -> c.getCommandSpec().usageMessage().abbreviateSynopsis(true));
    return line;
  }

  /** Runs one command and gives its exit code. */
  static int run(Console console, String... arguments) {
    CommandLine line = commands(console, arguments);
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
