package org.dlm.compiler.build;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Syntax;

/** Names that are given and that nothing asks for: members of a layer or model, bindings of a function. */
final class UnusedNames {
  private static final Pattern MEMBER = Pattern.compile("\\.\\s*([A-Za-z]\\w*)");

  private final Diagnostics diagnostics;

  /** What stands behind a dot somewhere, perhaps as a member of an instance. */
  private final Set<String> asked = new HashSet<>();

  UnusedNames(List<Syntax.File> files, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    for (Syntax.File file : files) {
      Matcher member = MEMBER.matcher(file.span().file().text());
      while (member.find()) {
        asked.add(member.group(1));
      }
    }
  }

  /** As long as a file has errors, names may be unused because what uses them is not right yet. */
  static Predicate<Diagnostic> tooEarly(List<Diagnostic> all) {
    Set<SourceFile> broken = all.stream().filter(d -> d.code().severity() == Severity.ERROR)
        .map(d -> d.primary().span().file()).collect(Collectors.toSet());
    return d -> d.code() == Code.W0906 && broken.contains(d.primary().span().file());
  }

  /** A buffer that nothing reads is left to the lint of those that nothing updates. */
  void members(List<Syntax.Member> members, Set<String> used) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> name(p.name(), "param", used,
            "its numbers change nothing, and training never moves them");
        case Syntax.Const c -> name(c.name(), "const", used, null);
        case Syntax.Field f -> name(f.name(), "field", used, null);
        case Syntax.MemberIf i -> {
          members(i.then(), used);
          members(i.otherwise(), used);
        }
        case Syntax.BufferDecl b -> { }
        case Syntax.Fn f -> { }
        case Syntax.Require r -> { }
      }
    }
  }

  private void name(Syntax.Id name, String kind, Set<String> used, String note) {
    if (!used.contains(name.name()) && !asked.contains(name.name())) {
      Diagnostic.Builder lint = Diagnostic.of(Code.W0906, name.span(), kind + " `" + name.name() + "` is never used");
      diagnostics.add(note == null ? lint : lint.note(note));
    }
  }

  /** Bindings whose name does not occur again in the function. */
  void bindings(Syntax.Fn fn, Set<String> used) {
    if (fn.body() != null) {
      bindings(fn.body(), used, new HashSet<>());
    }
  }

  private void bindings(List<Syntax.Stmt> block, Set<String> used, Set<String> said) {
    for (Syntax.Stmt statement : block) {
      switch (statement) {
        case Syntax.Bind b -> b.targets().forEach(t -> binding(t, b.targets().size() > 1, used, said));
        case Syntax.If i -> {
          bindings(i.then(), used, said);
          bindings(i.otherwise(), used, said);
        }
        case Syntax.Loop l -> bindings(l.loop().body(), used, said);
        default -> { }
      }
    }
  }

  private void binding(Syntax.Id target, boolean several, Set<String> used, Set<String> said) {
    if (!target.name().startsWith("_") && !used.contains(target.name()) && said.add(target.name())) {
      diagnostics.add(Diagnostic.of(Code.W0906, target.span(), "`" + target.name() + "` is never used")
          .help(several ? "write `_` for a value that is not needed" : "take the line out"));
    }
  }
}
