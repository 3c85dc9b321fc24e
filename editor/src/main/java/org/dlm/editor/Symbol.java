package org.dlm.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Something that has a name: where it is declared, and its declaration. A variable is declared wherever it is bound.
 */
final class Symbol {
  /** What the name stands for. */
  enum Kind {
    LAYER, MODEL, OPTIMIZER, RECIPE, FUNCTION, CONSTANT, PARAMETER, TRAINED, BUFFER, FIELD, VARIABLE, DIM;

    /** Is it seen only inside of one function or loop? */
    boolean local() {
      return this == VARIABLE || this == DIM;
    }
  }

  private final String name;
  private final Kind kind;
  private final Syntax declaration;
  private final List<Span> declared = new ArrayList<>();

  /** {@code declaration}: what declares it, or null for what is only a name. */
  Symbol(String name, Kind kind, Syntax declaration, Span at) {
    this.name = name;
    this.kind = kind;
    this.declaration = declaration;
    declared.add(at);
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  Syntax declaration() {
    return declaration;
  }

  void declaredAlso(Span at) {
    declared.add(at);
  }

  /** Where it is declared first. */
  Span declared() {
    return declared.getFirst();
  }

  /** Where a use got its value: the last place before it that binds the name. */
  Span declaredFor(Span use) {
    return declared.stream().filter(at -> at.file() == use.file() && at.start() <= use.start())
        .reduce((first, second) -> second).orElse(declared());
  }

  /** Do both stand for the same, also where they come from two readings of a file? */
  boolean same(Symbol other) {
    return name.equals(other.name) && declared().line() == other.declared().line()
        && declared().column() == other.declared().column() && path(declared()).equals(path(other.declared()));
  }

  /** A file may be read under the name that it has from here, and under its full name. */
  private static Path path(Span place) {
    return Path.of(place.file().name()).toAbsolutePath().normalize();
  }

  static Symbol of(Syntax.Top top) {
    Kind kind = switch (top) {
      case Syntax.Layer _ -> Kind.LAYER;
      case Syntax.Model _ -> Kind.MODEL;
      case Syntax.Optimizer _ -> Kind.OPTIMIZER;
      case Syntax.Train _ -> Kind.RECIPE;
      case Syntax.Fn _ -> Kind.FUNCTION;
      case Syntax.Const _ -> Kind.CONSTANT;
    };
    return new Symbol(top.name().name(), kind, top, top.name().span());
  }

  static Symbol of(Syntax.Param param) {
    return new Symbol(param.name().name(), Kind.PARAMETER, param, param.name().span());
  }

  /** A member that has a name, else null. */
  static Symbol of(Syntax.Member member) {
    return switch (member) {
      case Syntax.ParamDecl p -> new Symbol(p.name().name(), Kind.TRAINED, p, p.name().span());
      case Syntax.BufferDecl b -> new Symbol(b.name().name(), Kind.BUFFER, b, b.name().span());
      case Syntax.Field f -> new Symbol(f.name().name(), Kind.FIELD, f, f.name().span());
      case Syntax.Const c -> of((Syntax.Top) c);
      case Syntax.Fn f -> of((Syntax.Top) f);
      case Syntax.MemberIf _, Syntax.Require _ -> null;
    };
  }
}
