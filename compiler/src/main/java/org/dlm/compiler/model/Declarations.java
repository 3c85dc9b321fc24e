package org.dlm.compiler.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.syntax.Syntax;

/**
 * All declarations of a compilation by package, and which of them each file sees: its package, its imports, the
 * prelude.
 */
public final class Declarations {
  /** Computes a {@code const}. */
  public interface Constants {
    Meaning evaluate(Syntax.Const constant, Scope scope);
  }

  private final Prelude prelude = Prelude.shared();
  private final Diagnostics diagnostics;
  private final Map<String, Map<String, Syntax.Top>> packages = new LinkedHashMap<>();
  private final Map<Syntax.Top, Scope> scopes = new IdentityHashMap<>();
  private final Map<Syntax.Top, Meaning> constants = new IdentityHashMap<>();
  private final Set<Syntax.Top> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Syntax.File> files;
  private final Scope preludeScope;
  private Constants evaluator;

  public Declarations(List<Syntax.File> files, Diagnostics diagnostics) {
    this.files = List.copyOf(files);
    this.diagnostics = diagnostics;
    preludeScope = Scope.ofPackage(new Scope.Names() {
      @Override
      public Meaning find(String name) {
        return meaning(prelude.find(name), preludeScope);
      }

      @Override
      public Collection<String> all() {
        return prelude.names();
      }
    });
    files.forEach(this::declare);
    files.forEach(this::open);
  }

  public void evaluateConstantsWith(Constants how) {
    evaluator = how;
  }

  public List<Syntax.File> files() {
    return files;
  }

  public Scope preludeScope() {
    return preludeScope;
  }

  /** The scope of a user's declaration. */
  public Scope scopeOf(Syntax.Top declaration) {
    return scopes.getOrDefault(declaration, preludeScope);
  }

  private void declare(Syntax.File file) {
    Map<String, Syntax.Top> own = packages.computeIfAbsent(file.packageName(), p -> new LinkedHashMap<>());
    for (Syntax.Top top : file.declarations()) {
      Syntax.Top before = own.putIfAbsent(top.name().name(), top);
      if (before != null) {
        diagnostics.add(Diagnostic.of(Code.E0202, top.name().span(), "`" + top.name().name() + "` is declared twice")
            .label("second declaration").also(before.name().span(), "first declared here"));
      }
    }
  }

  private void open(Syntax.File file) {
    Map<String, Syntax.Top> imported = new HashMap<>();
    Map<String, Syntax.Top> own = packages.get(file.packageName());
    file.imports().forEach(i -> resolve(i, imported));
    Scope scope = Scope.ofPackage(new Scope.Names() {
      @Override
      public Meaning find(String name) {
        Syntax.Top top = own.get(name);
        top = top == null ? imported.get(name) : top;
        return top == null ? preludeScope.find(name) : meaning(top, scopes.get(top));
      }

      @Override
      public Collection<String> all() {
        Set<String> all = new LinkedHashSet<>(own.keySet());
        all.addAll(imported.keySet());
        all.addAll(prelude.names());
        return all;
      }
    });
    file.declarations().forEach(d -> scopes.put(d, scope));
  }

  private void resolve(Syntax.Import statement, Map<String, Syntax.Top> imported) {
    String path = statement.path().stream().map(Syntax.Id::name).collect(Collectors.joining("."));
    Map<String, Syntax.Top> target = packages.get(path);
    if (target == null && prelude.inPackage(path) == null) {
      importOne(statement, path, imported);
      return;
    }
    for (Syntax.Id name : statement.names()) {
      take(path, name, imported, name.name());
    }
    if (target != null && statement.names().isEmpty()) {
      imported.putAll(target);
    }
  }

  /** {@code import a.b.Name as Other}. */
  private void importOne(Syntax.Import statement, String path, Map<String, Syntax.Top> imported) {
    int dot = path.lastIndexOf('.');
    String packageName = dot < 0 ? "" : path.substring(0, dot);
    if (statement.names().isEmpty() && !statement.all() && dot > 0
        && (packages.containsKey(packageName) || prelude.inPackage(packageName) != null)) {
      Syntax.Id name = statement.path().getLast();
      take(packageName, name, imported, statement.alias() == null ? name.name() : statement.alias().name());
      return;
    }
    Set<String> known = new LinkedHashSet<>(packages.keySet());
    known.addAll(prelude.packageNames());
    Diagnostic.Builder problem = Diagnostic.of(Code.E0701, statement.span(), "there is no package `" + path + "`")
        .label(Suggest.didYouMean(path, known));
    diagnostics.add(problem.help("a package is seen when a file that declares it is compiled together with this one"));
  }

  private void take(String packageName, Syntax.Id name, Map<String, Syntax.Top> imported, String as) {
    Map<String, Syntax.Top> target = packages.getOrDefault(packageName, Map.of());
    Syntax.Top found = target.get(name.name());
    List<String> inPrelude = prelude.inPackage(packageName);
    if (found == null && inPrelude != null && inPrelude.contains(name.name())) {
      found = packageName.equals(Prelude.INITIALISERS) ? null : prelude.find(name.name());
      if (found == null) {
        return;
      }
    }
    if (found == null) {
      List<String> known = new ArrayList<>(target.keySet());
      known.addAll(inPrelude == null ? List.of() : inPrelude);
      diagnostics.add(Diagnostic.of(Code.E0701, name.span(),
          "package `" + packageName + "` has no `" + name.name() + "`").label(Suggest.didYouMean(name.name(), known)));
      return;
    }
    imported.put(as, found);
    scopes.putIfAbsent(found, preludeScope);
  }

  private Meaning meaning(Syntax.Top top, Scope scope) {
    return switch (top) {
      case null -> null;
      // its text is broken, and that was said; what uses it is not at fault
      case Syntax.Layer layer when layer.stages() instanceof Syntax.Broken -> Meaning.POISON;
      case Syntax.Fn fn when fn.value() instanceof Syntax.Broken -> Meaning.POISON;
      case Syntax.Layer layer -> new Meaning.LayerType(layer, scope);
      case Syntax.Fn fn -> new Meaning.Function(fn, scope, List.of());
      case Syntax.Const constant -> constant(constant, scope);
      case Syntax.Model m -> null;
      case Syntax.Optimizer o -> null;
      case Syntax.Train t -> null;
    };
  }

  private Meaning constant(Syntax.Const constant, Scope scope) {
    Meaning known = constants.get(constant);
    if (known == null && !underWay.add(constant)) {
      diagnostics.add(Diagnostic.of(Code.E0403, constant.name().span(),
          "const `" + constant.name().name() + "` needs itself"));
      return Meaning.POISON;
    }
    if (known == null) {
      known = evaluator.evaluate(constant, scope);
      constants.put(constant, known);
    }
    return known;
  }

  /** An optimizer of the files or else of the prelude, by name; null where there is none. */
  public Syntax.Optimizer optimizer(String name) {
    for (Syntax.File file : files) {
      for (Syntax.Top top : file.declarations()) {
        if (top instanceof Syntax.Optimizer optimizer && optimizer.name().name().equals(name)) {
          return optimizer;
        }
      }
    }
    return prelude.find(name) instanceof Syntax.Optimizer optimizer ? optimizer : null;
  }

  /** The package a declaration belongs to. */
  public String packageOf(Syntax.Top declaration) {
    for (Syntax.File file : files) {
      if (file.declarations().contains(declaration)) {
        return file.packageName();
      }
    }
    String found = prelude.packageOf(declaration.name().name());
    return found == null ? "" : found;
  }
}
