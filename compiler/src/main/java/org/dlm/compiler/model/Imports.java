package org.dlm.compiler.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** What the imports of one file make visible in it, and what is wrong with them. */
final class Imports {
  private final Packages packages;
  private final Prelude prelude = Prelude.shared();
  private final Syntax.File file;
  private final Map<String, Syntax.Top> own;
  private final Diagnostics diagnostics;
  private final String textBesideImports;
  private final Map<String, Syntax.Top> byName = new LinkedHashMap<>();
  private final Map<String, Syntax.Top> byPackage = new LinkedHashMap<>();
  private final Map<String, String> packageOf = new LinkedHashMap<>();

  private Imports(Packages packages, Syntax.File file, Map<String, Syntax.Top> own, Diagnostics diagnostics) {
    this.packages = packages;
    this.file = file;
    this.own = own;
    this.diagnostics = diagnostics;
    StringBuilder text = new StringBuilder(file.span().file().text());
    file.imports().forEach(i -> text.replace(i.span().start(), i.span()
        .end(), " ".repeat(i.span().end() - i.span().start())));
    textBesideImports = text.toString();
  }

  /** What is imported, by the name it has in the file. What the file's package declares itself is stronger. */
  static Map<String, Syntax.Top> of(Syntax.File file, Packages packages, Map<String, Syntax.Top> own,
      Diagnostics diagnostics) {
    Imports imports = new Imports(packages, file, own, diagnostics);
    file.imports().forEach(imports::resolve);
    Map<String, Syntax.Top> all = new LinkedHashMap<>(imports.byPackage);
    all.putAll(imports.byName);
    return all;
  }

  /** The dotted path as written. */
  static String path(Syntax.Import statement) {
    return statement.path().stream().map(Syntax.Id::name).collect(Collectors.joining("."));
  }

  private void resolve(Syntax.Import statement) {
    String path = path(statement);
    if (!isPackage(path)) {
      single(statement, path);
    } else if (statement.names().isEmpty()) {
      wholePackage(statement, path);
    } else {
      boolean renamed = statement.alias() != null;
      if (renamed && statement.names().size() > 1) {
        diagnostics.add(Diagnostic.of(Code.E0701, statement.alias().span(), "`as` renames one name, not several"));
      }
      statement.names().forEach(n -> take(path, n, renamed && statement.names().size() == 1 ? statement.alias() : n));
    }
  }

  private boolean isPackage(String path) {
    return packages.declared(path) != null || prelude.inPackage(path) != null;
  }

  // ------------------------------------------------------------------------------------------------ whole packages

  private void wholePackage(Syntax.Import statement, String path) {
    if (statement.alias() != null) {
      diagnostics.add(Diagnostic.of(Code.E0701, statement.alias().span(), "`as` renames a name, not a package")
          .help("import the name: import " + path + ".Name as " + statement.alias().name()));
    }
    Map<String, Syntax.Top> declared = packages.declared(path);
    if (declared == null) {
      return;
    }
    boolean used = false;
    for (Map.Entry<String, Syntax.Top> entry : declared.entrySet()) {
      String name = entry.getKey();
      boolean here = mentions(name);
      used |= here;
      Syntax.Top before = byPackage.putIfAbsent(name, entry.getValue());
      if (before != null && before != entry.getValue() && here && !own.containsKey(name) && !byName.containsKey(name)) {
        diagnostics.add(Diagnostic.of(Code.E0703, statement.span(), "`" + name + "` is in two imported packages, "
            + packageOf.get(name) + " and " + path).label("it is not clear which one is meant")
            .help("import the one that is meant by its name: import " + path + "." + name));
      }
      packageOf.putIfAbsent(name, path);
    }
    if (!used && !path.equals(file.packageName())) {
      unused(statement.span(), "nothing of package `" + path + "`");
    }
  }

  // ------------------------------------------------------------------------------------------------ single names

  /** {@code import a.b.Name as Other}. */
  private void single(Syntax.Import statement, String path) {
    int dot = path.lastIndexOf('.');
    String packageName = dot < 0 ? "" : path.substring(0, dot);
    if (statement.names().isEmpty() && !statement.all() && dot > 0 && isPackage(packageName)) {
      Syntax.Id name = statement.path().getLast();
      take(packageName, name, statement.alias() == null ? name : statement.alias());
      return;
    }
    Set<String> known = new LinkedHashSet<>(packages.names());
    known.addAll(prelude.packageNames());
    diagnostics.add(Diagnostic.of(Code.E0701, statement.span(), "there is no package `" + path + "`")
        .label(Suggest.didYouMean(path, known))
        .help("a package is seen when a file that declares it is compiled together with this one, or when it is in a "
            + "folder or jar given by `--path` (in a Maven build: in a dependency)"));
    List<Syntax.Id> lost = statement.alias() != null ? List.of(statement.alias())
        : statement.names().isEmpty() ? List.of(statement.path().getLast()) : statement.names();
    lost.forEach(this::lost);
  }

  /** What uses a name that could not be imported is not at fault. */
  private void lost(Syntax.Id name) {
    Syntax.Broken text = new Syntax.Broken(name.span());
    byName.put(name.name(), Character.isUpperCase(name.name().charAt(0))
        ? new Syntax.Layer(name.span(), name, List.of(), "", List.of(), text, null)
        : new Syntax.Fn(name.span(), name, List.of(), "", false, List.of(), null, text, null, null));
  }

  private void take(String packageName, Syntax.Id name, Syntax.Id as) {
    Map<String, Syntax.Top> declared = packages.declared(packageName);
    Syntax.Top found = declared == null ? null : declared.get(name.name());
    List<String> inPrelude = prelude.inPackage(packageName);
    if (found == null && inPrelude != null && inPrelude.contains(name.name())) {
      found = packageName.equals(Prelude.INITIALISERS) ? prelude.findInitialiser(name.name())
          : prelude.find(packageName, name.name());
    }
    if (found == null) {
      List<String> known = new ArrayList<>(declared == null ? Set.of() : declared.keySet());
      known.addAll(inPrelude == null ? List.of() : inPrelude);
      diagnostics.add(Diagnostic.of(Code.E0701, name.span(),
          "package `" + packageName + "` has no `" + name.name() + "`").label(Suggest.didYouMean(name.name(), known)));
      lost(as);
      return;
    }
    if (!mentions(as.name())) {
      unused(as.span(), "`" + as.name() + "`");
    }
    if (packageName.equals(Prelude.INITIALISERS) && declared == null && as == name) {
      return; // seen wherever an initialiser is expected, and nowhere else
    }
    add(found, name, as);
  }

  private void add(Syntax.Top found, Syntax.Id name, Syntax.Id as) {
    if (Character.isUpperCase(as.name().charAt(0)) != Character.isUpperCase(name.name().charAt(0))) {
      diagnostics.add(Diagnostic.of(Code.E0207, as.span(), "`" + name.name() + "` cannot be called `" + as.name() + "`")
          .label("upper-case names are layers, models and optimizers"));
    }
    Syntax.Top declaredHere = own.get(as.name());
    Syntax.Top before = byName.put(as.name(), found);
    if (declaredHere != null && declaredHere != found) {
      diagnostics.add(Diagnostic.of(Code.E0202, as.span(), "`" + as.name()
          + "` is imported, and declared in this package")
          .label("the imported one is hidden").also(declaredHere.name().span(), "declared here")
          .help("give the imported one another name: import ... as Other"));
    } else if (before != null && before != found) {
      diagnostics.add(Diagnostic.of(Code.E0703, as.span(), "`" + as.name() + "` is imported twice, from two packages")
          .label("it is not clear which one is meant").help("give one another name: import ... as Other"));
    }
  }

  private void unused(Span at, String what) {
    diagnostics.add(Diagnostic.of(Code.W0903, at, what + " is imported, but not used"));
  }

  private boolean mentions(String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(textBesideImports).find();
  }
}
