package org.dlm.compiler.build;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Names become names of Java, where {@code learn_rate} is called {@code learnRate}: what would be no name there, or the
 * same one twice, is refused. Names that differ in capitals only count as one, for so do files on some machines.
 */
final class JavaNames {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

  /** Java does not let others into these, and generated code would meet the runtime's own classes there. */
  private static final Pattern TAKEN_PACKAGES = Pattern.compile("(java|javax|jdk|org\\.dlm\\.runtime)(\\..*)?");

  /** What classes inside the class of a model or an optimizer are called, behind the name of a function. */
  private static final List<String> FORMS =
      List.of("inference", "training", "gradient", "inferencegradient", "result");

  private static final Set<String> INNER_CLASSES = Set.of("scalar", "vector");

  private final Diagnostics diagnostics;

  JavaNames(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Syntax.File file) {
    String name = file.packageName();
    if (name.isEmpty()) {
      return;
    }
    Matcher declared = PACKAGE.matcher(file.span().file().text());
    Span at = declared.find() ? new Span(file.span().file(), declared.start(1), declared.end(1)) : file.span();
    for (String part : name.split("\\.")) {
      if (SourceVersion.isKeyword(part)) {
        diagnostics.add(Diagnostic.of(Code.E0207, at,
            "`" + part + "` is a word of Java and cannot be the name of a package")
            .label("the package of the generated classes").help("call it " + part + "s, or otherwise"));
        return;
      }
    }
    if (TAKEN_PACKAGES.matcher(name).matches()) {
      diagnostics.add(Diagnostic.of(Code.E0207, at, "the package `" + name + "` is not free")
          .label("it belongs to Java or to the runtime").help("give the package a name of your own"));
    }
  }

  /** A name that becomes that of a class beside others that use Java's own. */
  void check(Syntax.Id type) {
    try {
      Class.forName("java.lang." + type.name(), false, null);
      refuse(type, "Java has a class of that name, which the generated classes of the package use");
    } catch (ClassNotFoundException free) {
      // As it should be.
    }
  }

  /** The functions that become methods of the class of a model. */
  void check(Syntax.Model model, List<Syntax.Fn> exported) {
    String own = key(model.name().name());
    if (INNER_CLASSES.contains(own)) {
      refuse(model.name(), "its class in Java has a class of that name inside");
    }
    Map<String, Syntax.Id> methods = new HashMap<>();
    for (Syntax.Fn fn : exported) {
      once(fn.name(), key(fn.name().name()), methods);
      if (FORMS.stream().anyMatch(form -> own.equals(key(fn.name().name()) + form))) {
        refuse(model.name(), "its class in Java has one of that name inside, for `" + fn.name().name() + "`");
      }
    }
    exported.forEach(fn -> {
      Syntax.Id other = methods.get(key(fn.name().name()) + "andgradient");
      if (other != null) {
        refuse(other, "in Java that is the method for the gradient of `" + fn.name().name() + "`");
      }
    });
  }

  /** Hyper-parameters and states of an optimizer. */
  void check(Syntax.Optimizer optimizer) {
    if (INNER_CLASSES.contains(key(optimizer.name().name()))) {
      refuse(optimizer.name(), "its class in Java has a class of that name inside");
    }
    Map<String, Syntax.Id> fields = new HashMap<>();
    optimizer.params().forEach(p -> once(p.name(), key(p.name().name()), fields));
    optimizer.body().stream().filter(m -> m instanceof Syntax.BufferDecl).map(m -> ((Syntax.BufferDecl) m).name())
        .forEach(name -> once(name, key(name.name()), fields));
  }

  private void once(Syntax.Id name, String key, Map<String, Syntax.Id> seen) {
    Syntax.Id before = seen.putIfAbsent(key, name);
    if (before != null && !before.name().equals(name.name())) {
      diagnostics.add(Diagnostic.of(Code.E0202, name.span(),
          "`" + name.name() + "` and `" + before.name() + "` are one name in Java")
          .label("underscores and capitals make no difference").also(before.span(), "the other one"));
    }
  }

  private void refuse(Syntax.Id name, String why) {
    diagnostics.add(Diagnostic.of(Code.E0202, name.span(), "the name `" + name.name() + "` is taken").label(why)
        .help("give it another name"));
  }

  private static String key(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
