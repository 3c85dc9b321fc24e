package org.dlm.compiler.build;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.syntax.Syntax;

/**
 * What can be said of a declaration by itself: upper and lower case, names declared twice, buffers that nothing
 * updates.
 */
final class DeclarationRules {
  private final Diagnostics diagnostics;

  DeclarationRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void top(Syntax.Top top) {
    switch (top) {
      case Syntax.Layer l -> {
        upper(l.name(), "layer");
        body(l.params(), l.body());
      }
      case Syntax.Optimizer o -> {
        upper(o.name(), "optimizer");
        body(o.params(), o.body());
      }
      case Syntax.Model m -> {
        upper(m.name(), "model");
        body(List.of(), m.body());
      }
      case Syntax.Fn fn -> function(fn);
      case Syntax.Const c -> { }
      case Syntax.Train t -> upper(t.name(), "trainer");
    }
  }

  private void body(List<Syntax.Param> params, List<Syntax.Member> body) {
    Map<String, Syntax.Id> seen = new HashMap<>();
    params.forEach(p -> {
      lower(p.name(), "hyper-parameter");
      once(p.name(), seen);
    });
    if (body != null) {
      members(body, seen);
      body.stream().filter(m -> m instanceof Syntax.BufferDecl).map(m -> (Syntax.BufferDecl) m)
          .filter(b -> !updated(body, b.name().name()))
          .forEach(b -> diagnostics.add(Diagnostic.of(Code.W0905, b.name().span(),
              "buffer `" + b.name().name() + "` is never updated")
              .help("a fixed number is a `const`; a buffer is stored into with `:=`")));
    }
  }

  private void members(List<Syntax.Member> members, Map<String, Syntax.Id> seen) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> named(p.name(), "param", seen);
        case Syntax.BufferDecl b -> named(b.name(), "buffer", seen);
        case Syntax.Const c -> named(c.name(), "const", seen);
        case Syntax.Field f -> named(f.name(), "field", seen);
        case Syntax.Fn fn -> {
          once(fn.name(), seen);
          function(fn);
        }
        case Syntax.MemberIf i -> {
          // Only one of the two is there, so both may declare the same name.
          members(i.then(), new HashMap<>(seen));
          members(i.otherwise(), new HashMap<>(seen));
        }
        case Syntax.Require r -> { }
      }
    }
  }

  private void named(Syntax.Id name, String kind, Map<String, Syntax.Id> seen) {
    lower(name, kind);
    once(name, seen);
  }

  private void function(Syntax.Fn fn) {
    lower(fn.name(), "fn");
    Map<String, Syntax.Id> seen = new HashMap<>();
    fn.params().forEach(p -> {
      lower(p.name(), "parameter");
      once(p.name(), seen);
    });
    if (fn.result() instanceof Syntax.TupleType(var span, List<Syntax.TupleItem> items)) {
      Map<String, Syntax.Id> results = new HashMap<>();
      items.stream().filter(i -> i.name() != null).forEach(i -> once(i.name(), results));
    }
  }

  private void once(Syntax.Id name, Map<String, Syntax.Id> seen) {
    Syntax.Id before = seen.putIfAbsent(name.name(), name);
    if (before != null) {
      diagnostics.add(Diagnostic.of(Code.E0202, name.span(), "`" + name.name() + "` is declared twice")
          .label("second declaration")
          .also(before.span(), "first declared here"));
    }
  }

  private void upper(Syntax.Id name, String kind) {
    if (!Signatures.isOpen(name.name())) {
      wrongCase(name, "the name of " + withArticle(kind) + " starts with an upper-case letter",
          Character.toUpperCase(name.name().charAt(0)) + name.name().substring(1));
    }
  }

  private void lower(Syntax.Id name, String kind) {
    if (Signatures.isOpen(name.name())) {
      wrongCase(name, "the name of " + withArticle(kind) + " starts with a lower-case letter",
          Character.toLowerCase(name.name().charAt(0)) + name.name().substring(1));
    }
    if (!name.name().matches("_*[A-Za-z].*")) {
      diagnostics.add(Diagnostic.of(Code.E0207, name.span(),
          "the name of " + withArticle(kind) + " begins with a letter")
          .label("`" + name.name() + "` would be no name in Java"));
    }
  }

  private void wrongCase(Syntax.Id name, String message, String better) {
    diagnostics.add(Diagnostic.of(Code.E0207, name.span(), message)
        .label("upper-case names are layers, models and open dims")
        .fix("write `" + better + "`", name.span(), better));
  }

  // ------------------------------------------------------------------------------------------------ buffers

  private static boolean updated(List<Syntax.Member> members, String buffer) {
    return members.stream().anyMatch(m -> switch (m) {
      case Syntax.Fn fn -> fn.body() != null && updatedIn(fn.body(), buffer);
      case Syntax.MemberIf i -> updated(i.then(), buffer) || updated(i.otherwise(), buffer);
      default -> false;
    });
  }

  private static boolean updatedIn(List<Syntax.Stmt> block, String buffer) {
    return block.stream().anyMatch(s -> switch (s) {
      case Syntax.Update u -> u.buffer().name().equals(buffer);
      case Syntax.If i -> updatedIn(i.then(), buffer) || updatedIn(i.otherwise(), buffer);
      case Syntax.Loop l -> updatedIn(l.loop().body(), buffer);
      default -> false;
    });
  }

  private static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }
}
