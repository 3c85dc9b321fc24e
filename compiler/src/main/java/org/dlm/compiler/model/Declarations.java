package org.dlm.compiler.model;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
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
  private final Packages packages;
  private final Map<Syntax.Top, Scope> scopes = new IdentityHashMap<>();
  private final Map<Syntax.Top, Meaning> constants = new IdentityHashMap<>();
  private final Set<Syntax.Top> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Syntax.File> files;
  private final List<Syntax.File> libraries;
  private final Scope preludeScope;
  private Constants evaluator;

  /**
   * @param files what is compiled
   * @param libraries what is there to be imported
   */
  public Declarations(List<Syntax.File> files, List<Syntax.File> libraries, Diagnostics diagnostics) {
    this.files = List.copyOf(files);
    this.libraries = List.copyOf(libraries);
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
    packages = new Packages(files, libraries, diagnostics);
    files.forEach(f -> open(f, false));
    libraries.forEach(f -> open(f, true));
    packages.reportCycles(files, diagnostics);
  }

  public void evaluateConstantsWith(Constants how) {
    evaluator = how;
  }

  public List<Syntax.File> files() {
    return files;
  }

  /** The files of libraries that something compiled asks for. */
  public List<Syntax.File> libraries() {
    return libraries;
  }

  public Scope preludeScope() {
    return preludeScope;
  }

  /** The scope of a user's declaration. */
  public Scope scopeOf(Syntax.Top declaration) {
    return scopes.getOrDefault(declaration, preludeScope);
  }

  private void open(Syntax.File file, boolean library) {
    Map<String, Syntax.Top> own = packages.around(file, library);
    Map<String, Syntax.Top> imported = Imports.of(file, packages, own, library ? new Diagnostics() : diagnostics);
    Scope scope = Scope.ofPackage(new Scope.Names() {
      @Override
      public Meaning find(String name) {
        Syntax.Top top = own.get(name);
        top = top == null ? imported.get(name) : top;
        return top == null ? preludeScope.find(name) : meaning(top, scopeOf(top));
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

  /** The packages, of the files and of libraries, that declare the name. */
  public List<String> packagesWith(String name) {
    return packages.declaring(name);
  }

  /** Is there a model of that name? */
  public boolean isModel(String name) {
    return Stream.concat(files.stream(), libraries.stream()).flatMap(f -> f.declarations().stream())
        .anyMatch(t -> t instanceof Syntax.Model && t.name().name().equals(name));
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
    for (Syntax.File file : Stream.concat(files.stream(), libraries.stream()).toList()) {
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
    for (Syntax.File file : Stream.concat(files.stream(), libraries.stream()).toList()) {
      if (file.declarations().contains(declaration)) {
        return file.packageName();
      }
    }
    String found = prelude.packageOf(declaration.name().name());
    return found == null ? "" : found;
  }
}
