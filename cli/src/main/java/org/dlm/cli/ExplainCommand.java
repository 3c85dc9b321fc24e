package org.dlm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
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
  void execute() throws IOException {
    if (code == null) {
      for (Code each : Code.values()) {
        console.out().println(each.id() + "  " + each.title());
      }
      return;
    }
    String wanted = code.toUpperCase(java.util.Locale.ROOT);
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    Code found = Arrays.stream(Code.values()).filter(c -> c.id().equals(wanted)).findFirst().orElseThrow(() ->
        new InputProblem("there is no code `" + code + "`" + Suggestion.didYouMean(wanted, ids), "`dlm explain` lists all."));
    try (InputStream page = Code.class.getResourceAsStream("/org/dlm/errors/" + found.id() + ".md")) {
      console.out().println(page == null ? found.id() + ": " + found.title()
          : new String(page.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
    }
  }
}
