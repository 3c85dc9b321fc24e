package org.dlm.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.model.Documentation;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;
import org.dlm.compiler.vocabulary.Vocabulary;

/** What is said of the place under the pointer, as Markdown: what it is, and the shape it was found to have. */
final class Hovers {
  /** More shapes than these are no help. */
  private static final int MOST_SHAPES = 6;

  private final Snapshot snapshot;

  Hovers(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** A text and the place it speaks of. */
  record Hover(Span span, String markdown) {}

  Optional<Hover> at(int offset) {
    Optional<NameTable.Occurrence> name = snapshot.nameAt(offset);
    return name.isPresent() ? Optional.of(new Hover(name.get().span(), of(name.get()))) : value(offset);
  }

  /** An expression that is no name. */
  private Optional<Hover> value(int offset) {
    return snapshot.names().expressionAt(offset).filter(e -> !(e instanceof Syntax.IntLit))
        .map(e -> new Hover(e.span(), code(shapes(e.span())))).filter(h -> !h.markdown().isEmpty());
  }

  private String of(NameTable.Occurrence name) {
    Symbol symbol = name.symbol();
    List<String> parts = new ArrayList<>();
    switch (symbol.kind()) {
      case LAYER, FUNCTION, OPTIMIZER, MODEL, RECIPE -> {
        parts.add(code(List.of(head(symbol))));
        parts.add(code(passages(name.span())));
        parts.add(size(symbol));
      }
      case CONSTANT, TRAINED, BUFFER, FIELD -> {
        parts.add(code(List.of(line(symbol.declaration().span()))));
        parts.add(code(named(name)));
        parts.add(code(passages(name.span())));
      }
      case PARAMETER, VARIABLE, DIM -> {
        List<String> known = named(name);
        parts.add(code(known.isEmpty() && symbol.declaration() != null
            ? List.of(line(symbol.declaration().span())) : known.isEmpty() ? List.of(symbol.name()) : known));
      }
    }
    parts.add(documentation(symbol.declaration()));
    return String.join("\n\n", parts.stream().filter(p -> !p.isEmpty()).toList());
  }

  // ------------------------------------------------------------------------------------------------ shapes

  /** {@code x: f32[N, 10]} for each shape, those of the place itself before those of the declaration. */
  private List<String> named(NameTable.Occurrence name) {
    List<String> here = shapes(name.span());
    List<String> known = here.isEmpty() ? shapes(name.symbol().declaredFor(name.span())) : here;
    String sign = name.symbol().kind() == Symbol.Kind.DIM ? " = " : ": ";
    return known.stream().map(shape -> name.symbol().name() + sign + shape).toList();
  }

  private List<String> shapes(Span span) {
    return few(snapshot.sightings().at(span).stream().map(Hovers::text).toList());
  }

  private static String text(Sightings.Sighting sighting) {
    return switch (sighting) {
      case Sightings.Known k -> k.text();
      case Sightings.Built(var instance) -> instance.layerName() + (instance.lastOutput().isEmpty() ? ""
          : "  " + typed(instance.lastInput()) + " -> " + typed(instance.lastOutput()));
    };
  }

  private static String typed(String shape) {
    return shape.startsWith("[") ? "f32" + shape : shape;
  }

  /** What goes through a stage: the name, or the call of the name. */
  private List<String> passages(Span name) {
    Syntax.Call call = snapshot.names().calls().get(name);
    Set<String> found = new LinkedHashSet<>();
    Stream.of(Optional.of(name), Optional.ofNullable(call).map(Syntax.Call::span)).flatMap(Optional::stream)
        .flatMap(span -> snapshot.sightings().through(span).stream())
        .forEach(p -> found.add(p.input() + " -> " + p.output()));
    if (found.isEmpty() && call != null) {
      snapshot.sightings().at(call.span()).forEach(s -> found.addAll(given(s)));
    }
    return few(found);
  }

  /** What a call was seen to give. */
  private static List<String> given(Sightings.Sighting sighting) {
    return switch (sighting) {
      case Sightings.Known k when k.text().contains("[") -> List.of("gives " + k.text());
      case Sightings.Built(var instance) when !instance.lastOutput().isEmpty() ->
          List.of(typed(instance.lastInput()) + " -> " + typed(instance.lastOutput()));
      default -> List.of();
    };
  }

  private static List<String> few(Collection<String> all) {
    List<String> distinct = all.stream().distinct().toList();
    return distinct.size() <= MOST_SHAPES ? distinct : Stream.concat(distinct.stream().limit(MOST_SHAPES),
        Stream.of("// and " + (distinct.size() - MOST_SHAPES) + " more")).toList();
  }

  // ------------------------------------------------------------------------------------------------ declarations

  private static String head(Symbol symbol) {
    return switch (symbol.declaration()) {
      case Syntax.Layer l -> "layer " + Vocabulary.signature(l)
          + (Vocabulary.shapes(l).isEmpty() ? "" : "\n  forward" + Vocabulary.shapes(l));
      case Syntax.Optimizer o -> "optimizer " + Vocabulary.signature(o);
      case Syntax.Fn f -> "fn " + Vocabulary.signature(f);
      case Syntax.Model m -> "model " + m.name().name();
      case Syntax.Train t -> "train " + t.name().name() + " for " + Surroundings.path(t.model());
      default -> symbol.name();
    };
  }

  /** How many numbers a model learns. */
  private String size(Symbol symbol) {
    return snapshot.analysis().result().models().stream()
        .filter(m -> symbol.kind() == Symbol.Kind.MODEL && m.name().equals(symbol.name()))
        .map(m -> "%,d parameters".formatted(m.parameters().stream().map(ModelSpec.Variable::shape)
            .mapToLong(s -> s.size().constant()).sum()))
        .findFirst().orElse("");
  }

  /** The first line of a declaration. */
  private static String line(Span span) {
    String text = span.text().strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).stripTrailing() + " ...";
  }

  private static String documentation(Syntax declaration) {
    Documentation documentation = Documentation.of(Members.doc(declaration));
    String torch = documentation.torch().filter(name -> !name.equals("none")).map(name -> "PyTorch: `" + name + "`")
        .orElse("");
    return String.join("\n\n", Stream.of(documentation.prose().strip(), torch).filter(p -> !p.isEmpty()).toList());
  }

  private static String code(List<String> lines) {
    return lines.isEmpty() ? "" : "```dlm\n" + String.join("\n", lines) + "\n```";
  }
}
