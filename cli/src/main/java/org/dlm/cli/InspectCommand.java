package org.dlm.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.pipeline.Dump;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.Stage;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm inspect}: what each stage of the compiler made of a model. */
@Command(name = "inspect", description = "Show what each stage of the compiler made of a model.")
final class InspectCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = "--stage", paramLabel = "S", split = ",", defaultValue = "graph",
      description = "Stages, with commas: ast, typed, graph, gradient, fused, plan, java (default: ${DEFAULT-VALUE}).")
  private List<String> stages;

  InspectCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    Set<Stage> wanted = EnumSet.noneOf(Stage.class);
    List<String> known = Arrays.stream(Stage.values()).map(Stage::id).toList();
    for (String name : stages) {
      wanted.add(Stage.named(name.strip()).orElseThrow(() -> usage("no stage `" + name + "`"
          + Suggestion.didYouMean(name, known) + "; there are " + String.join(", ", known))));
    }
    Result result = files.compile(console, Options.DEFAULT.withDumps(wanted));
    for (Dump dump : result.dumps()) {
      console.out().println("==== " + dump.stage().id() + " of " + dump.subject());
      console.out().println(dump.text().stripTrailing());
      console.out().println();
    }
  }
}
