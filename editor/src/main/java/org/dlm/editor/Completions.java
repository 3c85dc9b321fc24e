package org.dlm.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.compiler.model.Documentation;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Syntax;
import org.dlm.compiler.vocabulary.Vocabulary;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/**
 * What may stand at a place. The text is half typed there, so it goes by the letters before the place; only for the
 * members of an instance the text without them is checked.
 */
final class Completions {
  private static final List<String> WORDS = List.of("layer", "model", "fn", "const", "optimizer", "train", "param",
      "buffer", "if", "then", "else", "for", "in", "along", "return", "yield", "require", "and", "or", "not", "true",
      "false", "training", "import", "package");
  private static final List<String> TAGS = List.of("frozen", "train", "remat", "kernel", "flat", "allow");
  private static final Pattern DECLARED = Pattern.compile(
      "\\b(?:param|buffer|const|fn|for)\\s+(\\w+)|\\b([A-Za-z_]\\w*)\\s*(?::(?!=)|:=|=(?!=)|,\\s*\\w+\\s*=(?!=))");
  private static final Pattern DIM = Pattern.compile("\\b[A-Z]\\w{0,7}\\b");
  private static final Pattern MEMBER_OF = Pattern.compile("([A-Za-z_][\\w.]*)\\s*\\.\\s*$");

  /** How near a name is: nearer ones come first. */
  private enum Nearness { ARGUMENT, LOCAL, FILE, LIBRARY, WORD }

  private final Snapshot snapshot;
  private final SourceFile typed;
  private final Function<String, Snapshot> check;
  private final Map<String, CompletionItem> items = new LinkedHashMap<>();

  /**
   * Completes what is typed.
   *
   * @param snapshot what is known, perhaps of an earlier text
   * @param typed the text as it is now
   * @param check looks at the text as it would be otherwise
   */
  Completions(Snapshot snapshot, SourceFile typed, Function<String, Snapshot> check) {
    this.snapshot = snapshot;
    this.typed = typed;
    this.check = check;
  }

  List<CompletionItem> at(int offset) {
    String text = typed.text();
    Around around = Around.of(text, offset);
    if (around.inProse()) {
      return List.of();
    }
    int word = Snapshot.wordAt(typed, offset).start();
    String line = text.substring(text.lastIndexOf('\n', Math.max(0, word - 1)) + 1, word);
    Matcher member = MEMBER_OF.matcher(line);
    if (line.stripLeading().startsWith("import ")) {
      imports(line.stripLeading().substring(7));
    } else if (member.find()) {
      members(text, word, offset, member.group(1).length());
    } else if (line.endsWith("#")) {
      TAGS.forEach(tag -> add(tag, CompletionItemKind.Keyword, Nearness.LOCAL, "tag", ""));
    } else {
      names(text, offset, word, line, around);
    }
    return List.copyOf(items.values());
  }

  private CompletionItem add(String name, CompletionItemKind kind, Nearness nearness, String detail, String doc) {
    return items.computeIfAbsent(name, _ -> {
      CompletionItem item = new CompletionItem(name);
      item.setKind(kind);
      item.setSortText(nearness.ordinal() + name);
      item.setDetail(detail);
      if (!doc.isBlank()) {
        item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, Documentation.of(doc).prose().strip()));
      }
      return item;
    });
  }

  private void add(String name, Syntax.Top top, Nearness nearness) {
    CompletionItemKind kind = switch (Symbol.of(top).kind()) {
      case LAYER, OPTIMIZER -> CompletionItemKind.Class;
      case MODEL, RECIPE -> CompletionItemKind.Module;
      case FUNCTION -> CompletionItemKind.Function;
      default -> CompletionItemKind.Constant;
    };
    add(name, kind, nearness, Vocabulary.signature(top), top.doc());
  }

  // ------------------------------------------------------------------------------------------------ names

  private void names(String text, int offset, int word, String line, Around around) {
    arguments(text, word, around);
    if (line.isBlank() && text.startsWith("train", around.declaration())) {
      RecipeSpec.KEYS.forEach(key -> add(key, CompletionItemKind.Property, Nearness.ARGUMENT, "setting", ""));
    }
    if (line.matches("\\s*(param|buffer)\\b.*=.*")) {
      Prelude.shared().initialiserNames().forEach(name ->
          add(name, Prelude.shared().findInitialiser(name), Nearness.LOCAL));
    }
    if (line.matches("\\s*rate\\s*=.*")) {
      Prelude.shared().scheduleNames().forEach(name -> add(name, Prelude.shared().findSchedule(name), Nearness.LOCAL));
    }
    locals(text, offset, around);
    snapshot.surroundings().visible().forEach((name, top) -> add(name, top, Nearness.FILE));
    for (String name : Prelude.shared().names()) {
      add(name, Prelude.shared().find(name), Nearness.LIBRARY);
    }
    WORDS.forEach(name -> add(name, CompletionItemKind.Keyword, Nearness.WORD, "", ""));
  }

  /** The parameters of the call that have no argument yet. */
  private void arguments(String text, int word, Around around) {
    Around.Open call = around.call();
    if (call == null || !text.substring(call.item(), Math.max(call.item(), word)).isBlank()) {
      return;
    }
    String given = text.substring(call.at(), word);
    for (Syntax.Param param : new Callees(snapshot, text).find(call.callee(), around).map(Members::parameters)
        .orElse(List.of())) {
      String name = param.name().name();
      if (!Pattern.compile("\\b" + name + "\\s*=(?!=)").matcher(given).find()) {
        CompletionItem item = add(name + " = ", CompletionItemKind.Property, Nearness.ARGUMENT,
            param.span().text(), "");
        item.setFilterText(name);
      }
    }
  }

  /** Names of the declaration around, with the shapes they were last found to have. */
  private void locals(String text, int offset, Around around) {
    int end = declarationEnd(text, offset);
    Set<String> found = new TreeSet<>();
    String inside = text.substring(around.declaration(), end);
    for (Matcher declared = DECLARED.matcher(inside); declared.find(); ) {
      int at = around.declaration() + declared.start();
      boolean underCursor = at <= offset && offset <= around.declaration() + declared.end();
      boolean argument = declared.group().endsWith("=") && Around.of(text, at).call() != null;
      if (!underCursor && !argument) {
        found.add(declared.group(1) != null ? declared.group(1) : declared.group(2));
      }
    }
    for (Matcher dim = DIM.matcher(inside); dim.find(); ) {
      int at = around.declaration() + dim.start();
      boolean underCursor = at <= offset && offset <= around.declaration() + dim.end();
      if (!underCursor && snapshot.surroundings().find(dim.group()).isEmpty()) {
        found.add(dim.group());
      }
    }
    found.removeAll(WORDS);
    found.forEach(name -> add(name, CompletionItemKind.Variable, Nearness.LOCAL, shape(name, around), ""));
  }

  private static int declarationEnd(String text, int offset) {
    Matcher next = Pattern.compile("(?m)^(?:layer|model|prim|fn|const|optimizer|train|#)").matcher(text)
        .region(Math.min(offset, text.length()), text.length());
    return next.find() ? next.start() : text.length();
  }

  private String shape(String name, Around around) {
    return snapshot.names().occurrences().stream()
        .filter(o -> o.symbol().name().equals(name) && o.span().start() >= around.declaration())
        .flatMap(o -> snapshot.sightings().at(o.span()).stream())
        .flatMap(s -> s instanceof Sightings.Known(String text) ? Stream.of(text) : Stream.empty())
        .findFirst().orElse("");
  }

  // ------------------------------------------------------------------------------------------------ others

  private void imports(String path) {
    int dot = path.lastIndexOf('.');
    if (dot >= 0) {
      String packageName = path.substring(0, dot);
      Optional.ofNullable(Prelude.shared().inPackage(packageName)).ifPresent(names ->
          names.forEach(name -> add(name, Prelude.shared().find(packageName, name), Nearness.LIBRARY)));
    }
    Prelude.shared().packageNames().stream().filter(name -> dot < 0 || name.startsWith(path.substring(0, dot + 1)))
        .forEach(name -> add(dot < 0 ? name : name.substring(dot + 1), CompletionItemKind.Module, Nearness.FILE,
            "package", ""));
  }

  /** What is behind the dot would be an error, so the text is looked at without it. */
  private void members(String text, int word, int offset, int length) {
    int dot = text.lastIndexOf('.', word - 1);
    Snapshot without = check.apply(text.substring(0, dot) + text.substring(offset));
    List<Sightings.Sighting> seen = new ArrayList<>();
    without.names().expressions().stream().filter(e -> e.span().end() == dot && e.span().start() == dot - length)
        .forEach(e -> seen.addAll(without.sightings().at(e.span())));
    for (Sightings.Sighting sighting : seen) {
      if (sighting instanceof Sightings.Built(var instance)) {
        Members.parameters(instance.declaration()).forEach(p ->
            add(p.name().name(), CompletionItemKind.Property, Nearness.LOCAL, p.span().text(), ""));
        Members.of(instance.declaration()).stream().flatMap(m -> Stream.ofNullable(Symbol.of(m)))
            .forEach(s -> add(s.name(), s.kind() == Symbol.Kind.FUNCTION ? CompletionItemKind.Method
                : CompletionItemKind.Field, Nearness.LOCAL, firstLine(s), Members.doc(s.declaration())));
      }
    }
  }

  private static String firstLine(Symbol symbol) {
    return symbol.declaration() instanceof Syntax.Fn fn ? Vocabulary.signature(fn)
        : symbol.declaration().span().text().lines().findFirst().orElse("");
  }
}
