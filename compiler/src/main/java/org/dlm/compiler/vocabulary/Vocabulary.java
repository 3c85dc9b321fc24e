package org.dlm.compiler.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.model.Documentation;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.syntax.Syntax;

/** Everything the library offers, in its reading order: what {@code dlm ops} and the page of the vocabulary show. */
public final class Vocabulary {
  private Vocabulary() {}

  public static List<Entry> all() {
    Prelude prelude = Prelude.shared();
    List<Entry> entries = new ArrayList<>();
    for (String packageName : prelude.packageNames()) {
      for (String name : prelude.inPackage(packageName)) {
        entries.add(entry(packageName, prelude.find(packageName, name)));
      }
    }
    return List.copyOf(entries);
  }

  private static Entry entry(String packageName, Syntax.Top top) {
    Documentation documentation = Documentation.of(top.doc());
    String name = top.name().name();
    Entry.Kind kind = switch (top) {
      case Syntax.Layer layer -> Entry.Kind.LAYER;
      case Syntax.Optimizer optimizer -> Entry.Kind.OPTIMIZER;
      case Syntax.Fn fn when packageName.equals(Prelude.INITIALISERS) -> Entry.Kind.INITIALISER;
      case Syntax.Fn fn when packageName.equals(Prelude.SCHEDULES) -> Entry.Kind.SCHEDULE;
      case Syntax.Fn fn -> fn.primitive() ? Entry.Kind.PRIMITIVE : Entry.Kind.FUNCTION;
      default -> throw new IllegalStateException(name + " is neither function, layer nor optimizer");
    };
    return new Entry(kind, packageName.replaceFirst("^dlm\\.", ""), name, signature(top), shapes(top),
        documentation.prose().strip(), documentation.torch().orElse(""),
        documentation.runs().stream().map(Example::of).toList());
  }

  /** The name with its parameters and, of a function, the result. */
  public static String signature(Syntax.Top top) {
    return top.name().name() + switch (top) {
      case Syntax.Layer layer -> parameters(layer.params());
      case Syntax.Optimizer optimizer -> parameters(optimizer.params());
      case Syntax.Fn fn -> parameters(fn.params()) + (fn.result() == null ? "" : " -> " + line(fn.result()));
      default -> "";
    };
  }

  /** Of a layer what its forward function takes and gives, else "". */
  public static String shapes(Syntax.Top top) {
    if (top instanceof Syntax.Layer layer && layer.body() != null) {
      for (Syntax.Member member : layer.body()) {
        if (member instanceof Syntax.Fn fn && fn.name().name().equals("forward")) {
          return parameters(fn.params()) + (fn.result() == null ? "" : " -> " + line(fn.result()));
        }
      }
    }
    return "";
  }

  private static String parameters(List<Syntax.Param> parameters) {
    return parameters.stream().map(Vocabulary::line).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String line(Syntax syntax) {
    return syntax.span().text().strip().replaceAll("\\s+", " ");
  }
}
