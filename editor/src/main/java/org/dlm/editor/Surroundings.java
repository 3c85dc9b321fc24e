package org.dlm.editor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.syntax.Syntax;

/** What a file sees that stands in no declaration: its own, those of its package, what it imports, the library. */
final class Surroundings {
  private final Map<String, Syntax.Top> visible = new LinkedHashMap<>();
  private final List<Syntax.File> all;
  private final Syntax.File file;

  /** {@code others}: the files that were read with it. */
  Surroundings(Syntax.File file, List<Syntax.File> others) {
    this.file = file;
    all = Stream.concat(Stream.of(file), others.stream().filter(f -> f != file)).toList();
    for (Syntax.File near : all) {
      if (near.packageName().equals(file.packageName())) {
        near.declarations().forEach(top -> visible.putIfAbsent(top.name().name(), top));
      }
    }
    file.imports().forEach(this::imports);
  }

  private void imports(Syntax.Import statement) {
    String path = path(statement.path());
    if (statement.names().isEmpty()) {
      declared(path).forEach(visible::putIfAbsent);
      imported(statement).ifPresent(top ->
          visible.putIfAbsent((statement.alias() == null ? top.name() : statement.alias()).name(), top));
    }
    for (Syntax.Id name : statement.names()) {
      boolean renamed = statement.alias() != null && statement.names().size() == 1;
      String known = (renamed ? statement.alias() : name).name();
      in(path, name.name()).ifPresent(top -> visible.putIfAbsent(known, top));
    }
  }

  /** What {@code import a.b.Name} names, where it names one thing. */
  Optional<Syntax.Top> imported(Syntax.Import statement) {
    int last = statement.path().size() - 1;
    return !statement.names().isEmpty() || statement.all() || last < 1 ? Optional.empty()
        : in(path(statement.path().subList(0, last)), statement.path().get(last).name());
  }

  /** A declaration of a package. */
  Optional<Syntax.Top> in(String packageName, String name) {
    Optional<Syntax.Top> found = Optional.ofNullable(declared(packageName).get(name));
    return found.isPresent() ? found : Optional.ofNullable(Prelude.shared().find(packageName, name));
  }

  private Map<String, Syntax.Top> declared(String packageName) {
    Map<String, Syntax.Top> found = new LinkedHashMap<>();
    all.stream().filter(f -> f.packageName().equals(packageName)).flatMap(f -> f.declarations().stream())
        .forEach(top -> found.putIfAbsent(top.name().name(), top));
    return found;
  }

  static String path(List<Syntax.Id> ids) {
    return ids.stream().map(Syntax.Id::name).collect(Collectors.joining("."));
  }

  /** By the name it has in the file. */
  Optional<Syntax.Top> find(String name) {
    Syntax.Top top = visible.get(name);
    return Optional.ofNullable(top != null ? top : Prelude.shared().find(name));
  }

  Optional<Syntax.Top> initialiser(String name) {
    return Optional.ofNullable(Prelude.shared().findInitialiser(name));
  }

  Optional<Syntax.Top> schedule(String name) {
    return Optional.ofNullable(Prelude.shared().findSchedule(name));
  }

  /** The model that a recipe names. */
  Optional<Syntax.Top> model(Syntax.Train recipe) {
    List<Syntax.Id> name = recipe.model();
    String home = name.size() == 1 ? file.packageName() : path(name.subList(0, name.size() - 1));
    return Optional.ofNullable(declared(home).get(name.getLast().name())).filter(Syntax.Model.class::isInstance);
  }

  /** Everything that the files declare and the file sees, by the name it has there. */
  Map<String, Syntax.Top> visible() {
    return visible;
  }
}
