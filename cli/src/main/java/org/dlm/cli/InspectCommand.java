package org.dlm.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.pipeline.Dump;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.Stage;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm inspect}: what each stage of the compiler made of a model. */
@Command(name = "inspect", description = "Show what each stage of the compiler made of a model.")
final class InspectCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = "--stage", paramLabel = "S", split = ",",
      description = "Stages, with commas: ast, typed, graph, gradient, fused, plan, java (default: graph; with --html"
          + " all but ast).")
  private List<String> stages;

  @Option(names = "--html", paramLabel = "FILE",
      description = "Writes one page that links the source with what was made of each of its lines.")
  private Path html;

  InspectCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (html != null) {
      AtomicFile.checkWritable(output(html));
    }
    Result result = files.compile(console, Options.DEFAULT.withDumps(wanted()));
    if (html != null) {
      String page = HtmlReport.of(title(result), sources(), result.dumps());
      AtomicFile.write(html, channel -> {
        ByteBuffer bytes = ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      });
      console.err().println(html + " written");
      return;
    }
    if (result.dumps().isEmpty()) {
      throw new InputProblem("there is no model in these files, and so nothing to show",
          "A model is exported with `model M = L(...)`.");
    }
    for (Dump dump : result.dumps()) {
      console.out().println("==== " + dump.stage().id() + " of " + dump.subject());
      console.out().println(dump.text().stripTrailing());
      console.out().println();
    }
  }

  private Set<Stage> wanted() {
    if (stages == null) {
      return html == null ? EnumSet.of(Stage.GRAPH) : EnumSet.complementOf(EnumSet.of(Stage.AST));
    }
    Set<Stage> wanted = EnumSet.noneOf(Stage.class);
    List<String> known = Arrays.stream(Stage.values()).map(Stage::id).toList();
    for (String name : stages) {
      wanted.add(Stage.named(name.strip()).orElseThrow(() -> usage("no stage `" + name + "`"
          + Suggestion.didYouMean(name, known) + "; there are " + String.join(", ", known))));
    }
    return wanted;
  }

  private static String title(Result result) {
    return String.join(", ", result.models().stream().map(m -> m.name()).toList());
  }

  private Map<String, String> sources() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : files.files()) {
      try {
        texts.put(file.getFileName().toString(), Files.readString(file));
      } catch (IOException e) {
        throw new InputProblem("`" + file + "` cannot be read any more", "Try again.");
      }
    }
    return texts;
  }
}
