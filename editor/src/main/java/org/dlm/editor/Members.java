package org.dlm.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.syntax.Syntax;

/** What stands in declarations. */
final class Members {
  private Members() {}

  /** The members, those inside of a member {@code if} among them. */
  static List<Syntax.Member> of(Syntax declaration) {
    List<Syntax.Member> all = new ArrayList<>();
    List<Syntax.Member> body = switch (declaration) {
      case Syntax.Layer l -> l.body();
      case Syntax.Model m -> m.body();
      case Syntax.Optimizer o -> o.body();
      case null, default -> null;
    };
    if (body != null) {
      flatten(body, all);
    }
    return all;
  }

  private static void flatten(List<Syntax.Member> members, List<Syntax.Member> all) {
    for (Syntax.Member member : members) {
      if (member instanceof Syntax.MemberIf choice) {
        flatten(choice.then(), all);
        flatten(choice.otherwise(), all);
      } else {
        all.add(member);
      }
    }
  }

  static Optional<Syntax.Member> named(Syntax declaration, String name) {
    return of(declaration).stream()
        .filter(m -> Symbol.of(m) instanceof Symbol symbol && symbol.name().equals(name)).findFirst();
  }

  /** The parameters that a call of the declaration takes. */
  static List<Syntax.Param> parameters(Syntax declaration) {
    return switch (declaration) {
      case Syntax.Layer l -> l.params();
      case Syntax.Optimizer o -> o.params();
      case Syntax.Fn f -> f.params();
      case null, default -> List.of();
    };
  }

  /** The function that calling an instance of the declaration means. */
  static Optional<Syntax.Fn> forward(Syntax declaration) {
    return named(declaration, "forward").filter(Syntax.Fn.class::isInstance).map(Syntax.Fn.class::cast);
  }

  static String doc(Syntax declaration) {
    return switch (declaration) {
      case Syntax.Top t -> t.doc();
      case Syntax.ParamDecl p -> p.doc();
      case Syntax.BufferDecl b -> b.doc();
      case Syntax.Field f -> f.doc();
      case null, default -> "";
    };
  }
}
