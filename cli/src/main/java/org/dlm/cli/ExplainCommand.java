package org.dlm.cli;

import java.util.Locale;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Explain;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dlm explain}: the page of an error code. */
@Command(name = "explain", description = "Explain an error code, such as E0301; lists all without one.")
final class ExplainCommand extends BaseCommand {
  @Parameters(paramLabel = "CODE", arity = "0..1", description = "The code, as messages show it.")
  private String code;

  ExplainCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (code == null) {
      for (Code each : Code.values()) {
        console.out().println(each.id() + "  " + each.title());
      }
      return;
    }
    console.out().println(Explain.page(code).orElseThrow(() -> new InputProblem("there is no code `" + code + "`"
        + Suggestion.didYouMean(code.toUpperCase(Locale.ROOT), Explain.ids()), "`dlm explain` lists all."))
        .stripTrailing());
  }
}
