package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Tags as written: which there are, before what each may stand, what it takes; and the warnings that {@code #allow}
 * silences.
 */
final class CheckTags {
  /** The tags of the language. */
  enum Tag {
    KERNEL("a fn or a layer", "(\"softmax\")", t -> t instanceof Syntax.Fn || t instanceof Syntax.Layer),
    REMAT("a layer, a fn or a field", "",
        t -> t instanceof Syntax.Fn || t instanceof Syntax.Layer || t instanceof Syntax.Field),
    FROZEN("a param or a field", "", t -> t instanceof Syntax.ParamDecl || t instanceof Syntax.Field),
    FLAT("a field", "(\"_l\")", t -> t instanceof Syntax.Field),
    TRAIN("a function of a layer or model", "(\"decoder\")", t -> t instanceof Syntax.Fn),
    ALLOW("any declaration", "(\"W904\")", t -> true);

    private final String where;
    private final String arguments;
    private final Predicate<Syntax> fits;

    Tag(String where, String arguments, Predicate<Syntax> fits) {
      this.where = where;
      this.arguments = arguments;
      this.fits = fits;
    }

    String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Diagnostics diagnostics;

  private CheckTags(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  static void check(Syntax.Top top, Diagnostics diagnostics) {
    CheckTags check = new CheckTags(diagnostics);
    forEachTagged(top, (declaration, tags) -> tags.forEach(tag -> check.tag(tag, declaration, declaration == top)));
  }

  /** Does it carry the tag? */
  static boolean has(List<Syntax.Tag> tags, Tag wanted) {
    return tags.stream().anyMatch(t -> t.name().name().equals(wanted.written()));
  }

  /** The texts given to all tags of that name. */
  static List<Syntax.StringLit> texts(List<Syntax.Tag> tags, Tag wanted) {
    return tags.stream().filter(t -> t.name().name().equals(wanted.written())).flatMap(t -> t.args().stream())
        .flatMap(a -> a.value() instanceof Syntax.StringLit s ? Stream.of(s) : Stream.empty()).toList();
  }

  // ------------------------------------------------------------------------------------------------ the walk

  private interface Visitor {
    void visit(Syntax declaration, List<Syntax.Tag> tags);
  }

  private static void forEachTagged(Syntax.Top top, Visitor visitor) {
    visitor.visit(top, top.tags());
    List<Syntax.Member> body = switch (top) {
      case Syntax.Layer l -> l.body();
      case Syntax.Optimizer o -> o.body();
      case Syntax.Model m -> m.body();
      default -> null;
    };
    if (body != null) {
      members(body, visitor);
    }
  }

  private static void members(List<Syntax.Member> members, Visitor visitor) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> visitor.visit(p, p.tags());
        case Syntax.BufferDecl b -> visitor.visit(b, b.tags());
        case Syntax.Const c -> visitor.visit(c, c.tags());
        case Syntax.Field f -> visitor.visit(f, f.tags());
        case Syntax.Fn fn -> visitor.visit(fn, fn.tags());
        case Syntax.MemberIf i -> {
          members(i.then(), visitor);
          members(i.otherwise(), visitor);
        }
        case Syntax.Require r -> { }
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ one tag

  private void tag(Syntax.Tag written, Syntax declaration, boolean top) {
    String name = written.name().name();
    Tag tag = Stream.of(Tag.values()).filter(t -> t.written().equals(name)).findFirst().orElse(null);
    if (tag == null) {
      List<String> known = Stream.of(Tag.values()).map(Tag::written).toList();
      String near = Suggest.didYouMean(name, known);
      diagnostics.add(Diagnostic.of(Code.E0209, written.name().span(), "there is no tag `#" + name + "`")
          .label(near.isEmpty() ? "the tags are " + String.join(", ", known.stream().map(k -> "#" + k).toList())
              : near));
    } else if (!tag.fits.test(declaration) || tag == Tag.TRAIN && top) {
      diagnostics.add(Diagnostic.of(Code.E0209, written.span(), "`#" + name + "` means nothing here")
          .label("it stands before " + tag.where));
    } else {
      arguments(tag, written);
    }
  }

  private void arguments(Tag tag, Syntax.Tag written) {
    List<Syntax.Arg> args = written.args();
    boolean allTexts = args.stream().allMatch(a -> a.name() == null && a.value() instanceof Syntax.StringLit);
    boolean right = switch (tag) {
      case REMAT, FROZEN -> args.isEmpty();
      case KERNEL -> allTexts && args.size() <= 1;
      case FLAT -> allTexts && (args.size() == 1 || args.size() == 2);
      case TRAIN -> allTexts;
      case ALLOW -> allTexts && !args.isEmpty();
    };
    if (!right) {
      Span at = args.isEmpty() ? written.span() : args.getLast().span();
      diagnostics.add(Diagnostic.of(Code.E0209, at, "`#" + tag.written() + "` takes "
          + (tag == Tag.REMAT || tag == Tag.FROZEN ? "nothing" : tag == Tag.KERNEL ? "one text at most"
          : tag == Tag.FLAT ? "one text or two" : "texts"))
          .help("for example #" + tag.written() + tag.arguments));
    } else if (tag == Tag.ALLOW) {
      texts(List.of(written), Tag.ALLOW).forEach(this::lint);
    }
  }

  private void lint(Syntax.StringLit code) {
    List<String> known = Stream.of(Code.values()).filter(c -> c.severity() == Severity.WARNING).map(Code::id).toList();
    if (!known.contains(code.value())) {
      String near = Suggest.didYouMean(code.value(), known);
      diagnostics.add(Diagnostic.of(Code.E0209, code.span(), "there is no warning `" + code.value() + "`")
          .label(near.isEmpty() ? "the warnings are " + String.join(", ", known) : near));
    }
  }

  // ------------------------------------------------------------------------------------------------ what is allowed

  /** Which warnings the files ask to be silent: those inside a declaration with {@code #allow} of their code. */
  static Predicate<Diagnostic> allowed(List<Syntax.File> files) {
    record Allowed(Span where, List<String> codes) {}
    List<Allowed> found = new ArrayList<>();
    files.stream().flatMap(f -> f.declarations().stream()).forEach(top -> forEachTagged(top, (declaration, tags) -> {
      List<String> codes = texts(tags, Tag.ALLOW).stream().map(Syntax.StringLit::value).toList();
      if (!codes.isEmpty()) {
        found.add(new Allowed(declaration.span(), codes));
      }
    }));
    return d -> d.code().severity() == Severity.WARNING && found.stream()
        .anyMatch(a -> a.codes().contains(d.code().id())
        && holds(a.where(), d.primary().span()));
  }

  /** Does the one place lie within the other? */
  static boolean holds(Span outer, Span inner) {
    return outer.file().equals(inner.file()) && outer.start() <= inner.start() && inner.end() <= outer.end();
  }
}
