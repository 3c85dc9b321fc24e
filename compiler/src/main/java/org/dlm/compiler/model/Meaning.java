package org.dlm.compiler.model;

import java.util.List;
import org.dlm.compiler.graph.Graph.Relation;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** What an expression means while a file is elaborated: a compile-time value, or a tensor of the graph being traced. */
public sealed interface Meaning {
  /** A whole number; it may depend on open dims. */
  record Int(Dim value) implements Meaning {
    public static Int of(long value) {
      return new Int(Dim.of(value));
    }
  }

  record Real(double value) implements Meaning {}

  record Bool(boolean value) implements Meaning {}

  record Text(String value) implements Meaning {}

  /** A list; {@code spans} says where each item was written (null where it was computed). */
  record Items(List<Meaning> items, List<Span> spans) implements Meaning {
    public Items(List<Meaning> items) {
      this(items, java.util.Collections.nCopies(items.size(), null));
    }
  }

  /** Several results; {@code names} is empty or has one name (or null) for each. */
  record Several(List<Meaning> items, List<String> names) implements Meaning {}

  record Tensor(Value value) implements Meaning {}

  record Initial(ModelSpec.Initial initial) implements Meaning {}

  /** A function, perhaps with some arguments given already (a stage such as {@code leaky_relu(0.2)}). */
  record Function(Syntax.Fn fn, Scope scope, List<Argument> given) implements Meaning {}

  /** An argument that is evaluated; {@code name} or null. */
  record Argument(Span span, String name, Meaning value) {}

  /** A function that the compiler itself computes ({@code len}). */
  record Intrinsic(String name) implements Meaning {}

  record LayerType(Syntax.Layer layer, Scope scope) implements Meaning {}

  record Built(Instance instance) implements Meaning {}

  /** A parameter or buffer of an instance; reading it in a function gives its tensor. */
  record Variable(Instance instance, String name) implements Meaning {}

  /** Claims about open dims, all of which must hold; decided when the program runs. */
  record Claims(List<Claim> claims) implements Meaning {}

  /** {@code left REL right}. */
  record Claim(Relation relation, Dim left, Dim right) {}

  /** What {@code ...} stands for. */
  record Dims(List<Dim> dims) implements Meaning {}

  /** {@code _}: to be inferred. */
  record Unknown() implements Meaning {}

  /** Something was wrong with it, and that was said already. */
  record Poison() implements Meaning {}

  Poison POISON = new Poison();

  /** How messages call the kind of thing this is. */
  default String kind() {
    return switch (this) {
      case Int i -> "an int";
      case Real r -> "a float";
      case Bool b -> "a bool";
      case Text t -> "a str";
      case Items i -> "a list";
      case Several s -> "a tuple of " + s.items().size();
      case Tensor t -> "a tensor " + t.value().type();
      case Initial i -> "an initialiser";
      case Function f -> "the function `" + f.fn().name().name() + "`";
      case Intrinsic i -> "the function `" + i.name() + "`";
      case LayerType l -> "the layer `" + l.layer().name().name() + "`";
      case Built b -> "an instance of `" + b.instance().layerName() + "`";
      case Variable v -> (v.instance().slot(v.name()).parameter() ? "the param `" : "the buffer `") + v.name() + "`";
      case Claims c -> "a condition on open dims";
      case Dims d -> "the dims of `...`";
      case Unknown u -> "`_`";
      case Poison p -> "something broken";
    };
  }
}
