package org.dlm.compiler.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.dlm.compiler.emit.InMemoryJava;
import org.dlm.compiler.pipeline.GeneratedFile;

/**
 * Hands the Java of accepted inputs to javac, many at a time, each in a package of its own. What differs in comments only
 * is tried once.
 */
final class AcceptedPrograms {
  private static final int AT_ONCE = 60;
  private static final Pattern COMMENTS = Pattern.compile("(?s:/\\*.*?\\*/)|//[^\n]*");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  private record Accepted(String text, List<GeneratedFile> files) {}

  private final BiConsumer<String, String> fail;
  private final List<Accepted> waiting = new ArrayList<>();
  private final Set<List<String>> known = new HashSet<>();
  private int tried;

  /** {@code fail} is told the kind of a failure and the text. */
  AcceptedPrograms(BiConsumer<String, String> fail) {
    this.fail = fail;
  }

  /** How many were given to javac. */
  int tried() {
    return tried;
  }

  void add(String text, List<GeneratedFile> files) {
    if (known.add(files.stream().map(f -> fingerprint(COMMENTS.matcher(f.text()).replaceAll(""))).toList())) {
      waiting.add(new Accepted(text, apart(files, "input" + tried++)));
      if (waiting.size() >= AT_ONCE) {
        compile();
      }
    }
  }

  private static String fingerprint(String text) {
    return text.length() + " " + text.hashCode();
  }

  /** The files moved into packages below one that no other input has. */
  private static List<GeneratedFile> apart(List<GeneratedFile> files, String below) {
    List<String> packages = files.stream().map(f -> PACKAGE.matcher(f.text())).filter(m -> m.find())
        .map(m -> m.group(1)).distinct().toList();
    return files.stream().map(f -> {
      String text = PACKAGE.matcher(f.text()).find() ? f.text() : "package " + below + ";\n" + f.text();
      for (String name : packages) {
        text = text.replace("package " + name + ";", "package " + below + "." + name + ";")
            .replace("import " + name + ".", "import " + below + "." + name + ".");
      }
      return new GeneratedFile(below + "/" + f.relativePath(), text);
    }).toList();
  }

  void compile() {
    try {
      InMemoryJava.compile(waiting.stream().flatMap(a -> a.files().stream()).toList());
    } catch (AssertionError some) {
      waiting.forEach(this::compileAlone);
    }
    waiting.clear();
  }

  private void compileAlone(Accepted accepted) {
    try {
      InMemoryJava.compile(accepted.files());
    } catch (AssertionError e) {
      String message = e.getMessage().lines().findFirst().orElse("").replaceAll("^\\S*?\\.java:\\d+: ", "");
      fail.accept("javac: " + message, accepted.text() + "\n/* " + e.getMessage().replace("*/", "* /") + " */");
    }
  }
}
