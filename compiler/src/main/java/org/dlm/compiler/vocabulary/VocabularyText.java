package org.dlm.compiler.vocabulary;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries of the library as text for people and tools: the lists of {@code dlm ops} and docs/vocabulary.md. */
public final class VocabularyText {
  private static final String HEAD = """
      # The vocabulary

      Everything the library offers, made from the documentation in its source and tried out by the tests: change that,
      and run `mvn verify -Dupdate`. `dlm ops` shows the same on the command line, `dlm ops NAME` one entry.

      Meaning, defaults and names of parameters are those of the entry's equal in PyTorch. In a signature `[...]` is a
      tensor of any shape, `_` a tensor of any element type or a size that works itself out; what has another type is
      known when the model is compiled. An example's tensors are written as numbers, or as `f32[2, 3]` where only the
      shape matters; decimals are rounded. An optimizer's example gives the parameters after the first step.
      """;

  private VocabularyText() {}

  /** All entries of a list, a signature and a sentence each, under their packages. */
  public static String list(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    groups(entries).forEach((group, members) -> {
      text.append(text.isEmpty() ? "" : "\n").append(group).append('\n');
      members.forEach(e -> text.append("  ").append(pad(e.kind().word())).append(e.signature()).append("\n      ")
          .append(e.sentence()).append('\n'));
    });
    return text.toString();
  }

  private static String pad(String word) {
    return word + " ".repeat(Math.max(1, 13 - word.length()));
  }

  /** One entry in full. */
  public static String full(Entry entry) {
    StringBuilder text = new StringBuilder(entry.signature()).append('\n');
    if (!entry.shapes().isEmpty()) {
      text.append("  forward").append(entry.shapes()).append('\n');
    }
    text.append("\n  ").append(entry.prose().replace("\n", "\n  ")).append("\n\n");
    facts(entry).forEach((name, value) -> text.append("  ").append(pad(name)).append(value).append('\n'));
    entry.examples().forEach(e -> text.append("  ").append(pad("example")).append(e.text()).append('\n'));
    return text.toString();
  }

  private static Map<String, String> facts(Entry entry) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", entry.kind().word() + " of dlm." + entry.group());
    if (!entry.torch().equals("none") && !entry.torch().isEmpty()) {
      facts.put("PyTorch", entry.torch());
    }
    gradient(entry).ifPresent(g -> facts.put("gradient", g));
    return facts;
  }

  /** To what a gradient flows, in words; nothing for what is no computation. */
  private static java.util.Optional<String> gradient(Entry entry) {
    if (Set.of(Entry.Kind.INITIALISER, Entry.Kind.OPTIMIZER, Entry.Kind.SCHEDULE).contains(entry.kind())) {
      return java.util.Optional.empty();
    }
    Set<String> flows = RunExample.differentiable(entry);
    return java.util.Optional.of(flows.isEmpty() ? "no" : "to " + String.join(", ", flows));
  }

  /** The entry as a tree of maps, lists and texts. */
  public static Map<String, Object> tree(Entry entry) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", entry.name());
    tree.put("kind", entry.kind().word());
    tree.put("package", "dlm." + entry.group());
    tree.put("signature", entry.signature());
    tree.put("shapes", entry.shapes());
    tree.put("doc", entry.prose());
    tree.put("pytorch", entry.torch().equals("none") ? null : entry.torch());
    tree.put("gradient", List.copyOf(new LinkedHashSet<>(RunExample.differentiable(entry))));
    tree.put("examples", entry.examples().stream().map(Example::text).toList());
    return tree;
  }

  /** The page docs/vocabulary.md. */
  public static String page(List<Entry> entries) {
    StringBuilder text = new StringBuilder(HEAD);
    Map<String, List<Entry>> groups = groups(entries);
    text.append("\n| package | names |\n|---|---|\n");
    groups.forEach((group, members) -> text.append("| [").append(group).append("](#").append(anchor(group))
        .append(") | ")
        .append(members.stream().map(e -> "`" + e.name() + "`").collect(Collectors.joining(" "))).append(" |\n"));
    groups.forEach((group, members) -> {
      text.append("\n## ").append(group).append('\n');
      members.forEach(e -> text.append('\n').append(section(e)));
    });
    return text.toString();
  }

  private static String anchor(String group) {
    return group.replace(".", "");
  }

  private static String section(Entry entry) {
    String code = entry.signature() + (entry.shapes().isEmpty() ? "" : "\n  forward" + entry.shapes());
    String examples = entry.examples().stream().map(e -> "\n" + e.text()).collect(Collectors.joining());
    String facts = facts(entry).entrySet().stream().filter(f -> !f.getKey().equals("kind"))
        .map(f -> f.getKey().equals("PyTorch") ? "PyTorch: `" + f.getValue() + "`." : "Gradient: " + f.getValue() + ".")
        .collect(Collectors.joining(" "));
    return "### " + entry.name() + "\n\n" + entry.prose() + (facts.isEmpty() ? "" : "\n\n" + facts) + "\n\n```\n" + code
        + (examples.isEmpty() ? "" : "\n" + examples) + "\n```\n";
  }

  private static Map<String, List<Entry>> groups(List<Entry> entries) {
    return entries.stream()
        .collect(Collectors.groupingBy(e -> "dlm." + e.group(), LinkedHashMap::new, Collectors.toList()));
  }
}
