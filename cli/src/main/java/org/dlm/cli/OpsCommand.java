package org.dlm.cli;

import java.util.List;
import org.dlm.compiler.diagnostic.Json;
import org.dlm.compiler.vocabulary.Entry;
import org.dlm.compiler.vocabulary.Vocabulary;
import org.dlm.compiler.vocabulary.VocabularyText;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlm ops}: what the library offers. */
@Command(name = "ops", description = "List layers, functions, optimizers and primitives; or show one of them in full.")
final class OpsCommand extends BaseCommand {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "An entry, such as softmax, Conv2d or Adam.")
  private String name;

  @Option(names = "--json", description = "One entry a line, for tools.")
  private boolean json;

  OpsCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    List<Entry> all = Vocabulary.all();
    List<Entry> shown = name == null ? all : all.stream().filter(e -> e.name().equals(name)).toList();
    if (shown.isEmpty()) {
      throw new InputProblem("the library has no `" + name + "`"
          + Suggestion.didYouMean(name, all.stream().map(Entry::name).toList()), "`dlm ops` lists all.");
    }
    if (json) {
      shown.forEach(e -> console.out().println(Json.write(VocabularyText.tree(e))));
    } else if (name == null) {
      console.out().print(VocabularyText.list(shown));
    } else {
      console.out().print(String.join("\n", shown.stream().map(VocabularyText::full).toList()));
    }
    console.out().flush();
  }
}
