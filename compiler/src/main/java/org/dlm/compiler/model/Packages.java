package org.dlm.compiler.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.syntax.Syntax;

/**
 * What each package declares: those of the files that are compiled, and those of libraries, which are there to be
 * imported. A package may be in both; then the files' own declarations come first.
 */
final class Packages {
  private final Map<String, Map<String, Syntax.Top>> own = new LinkedHashMap<>();
  private final Map<String, Map<String, Syntax.Top>> libraries = new LinkedHashMap<>();

  Packages(List<Syntax.File> files, List<Syntax.File> libraries, Diagnostics diagnostics) {
    for (Syntax.File file : files) {
      Map<String, Syntax.Top> known = own.computeIfAbsent(file.packageName(), p -> new LinkedHashMap<>());
      for (Syntax.Top top : file.declarations()) {
        Syntax.Top before = known.putIfAbsent(top.name().name(), top);
        if (before != null) {
          diagnostics.add(Diagnostic.of(Code.E0202, top.name().span(), "`" + top.name().name() + "` is declared twice")
              .label("second declaration").also(before.name().span(), "first declared here"));
        }
      }
    }
    for (Syntax.File file : libraries) {
      Map<String, Syntax.Top> known = this.libraries.computeIfAbsent(file.packageName(), p -> new LinkedHashMap<>());
      file.declarations().forEach(top -> known.putIfAbsent(top.name().name(), top));
    }
  }

  /** What files of the package see without an import. */
  Map<String, Syntax.Top> around(Syntax.File file, boolean library) {
    return (library ? libraries : own).get(file.packageName());
  }

  /** What an import of the package gives, or null where there is no such package. */
  Map<String, Syntax.Top> declared(String packageName) {
    Map<String, Syntax.Top> all = new LinkedHashMap<>(libraries.getOrDefault(packageName, Map.of()));
    all.putAll(own.getOrDefault(packageName, Map.of()));
    return own.containsKey(packageName) || libraries.containsKey(packageName) ? all : null;
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(own.keySet());
    names.addAll(libraries.keySet());
    names.remove("");
    return names;
  }

  /** The packages that declare the name. */
  List<String> declaring(String name) {
    return names().stream().filter(p -> declared(p).containsKey(name)).toList();
  }

  // ------------------------------------------------------------------------------------------------ cycles

  /** Packages that need each other, directly or in a ring, cannot be understood one after the other. */
  void reportCycles(List<Syntax.File> files, Diagnostics diagnostics) {
    Map<String, Map<String, Syntax.Import>> uses = new LinkedHashMap<>();
    for (Syntax.File file : files) {
      for (Syntax.Import statement : file.imports()) {
        String target = target(statement);
        if (target != null && !target.equals(file.packageName())) {
          uses.computeIfAbsent(file.packageName(), p -> new LinkedHashMap<>()).putIfAbsent(target, statement);
        }
      }
    }
    Set<String> done = new HashSet<>();
    uses.keySet().forEach(p -> walk(p, uses, new ArrayList<>(), done, diagnostics));
  }

  private String target(Syntax.Import statement) {
    String path = Imports.path(statement);
    String above = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    return names().contains(path) ? path : names().contains(above) ? above : null;
  }

  private static void walk(String at, Map<String, Map<String, Syntax.Import>> uses, List<String> way, Set<String> done,
      Diagnostics diagnostics) {
    if (done.contains(at)) {
      return;
    }
    way.add(at);
    uses.getOrDefault(at, Map.of()).forEach((next, statement) -> {
      if (way.contains(next)) {
        List<String> ring = new ArrayList<>(way.subList(way.indexOf(next), way.size()));
        ring.add(next);
        diagnostics.add(Diagnostic.of(Code.E0702, statement.span(), "packages import each other in a circle")
            .label(String.join(" → ", ring.stream().map(p -> p.isEmpty() ? "(no package)" : p).toList()))
            .help("move what both need into a package of its own"));
      } else {
        walk(next, uses, way, done, diagnostics);
      }
    });
    way.removeLast();
    done.add(at);
  }
}
