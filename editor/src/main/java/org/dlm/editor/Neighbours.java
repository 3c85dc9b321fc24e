package org.dlm.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.source.SourceFile;

/**
 * The files of the same package and folder that a file cannot do without. The build compiles files of a package
 * together; an editor is not told which, so those are taken that declare a name which the file uses and does not know.
 */
final class Neighbours {
  private static final int MOST_FILES = 300;
  private static final long LARGEST = 1 << 20;
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");
  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(?:#\\S+\\s+)*(?:layer|model|fn|const|optimizer|train)\\s+(\\w+)");
  private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_]\\w*\\b");

  private Neighbours() {}

  /** {@code unsaved}: texts that stand for those of files. */
  static List<SourceFile> of(SourceFile file, Path path, Map<Path, String> unsaved) {
    List<SourceFile> candidates = candidates(file, path, unsaved);
    List<SourceFile> found = new ArrayList<>();
    Set<String> known = new HashSet<>(declared(file.text()));
    Deque<SourceFile> open = new ArrayDeque<>(List.of(file));
    while (!open.isEmpty()) {
      Set<String> wanted = words(open.pop().text());
      wanted.removeAll(known);
      wanted.removeIf(word -> Prelude.shared().names().contains(word));
      for (SourceFile candidate : candidates) {
        Set<String> offered = declared(candidate.text());
        // what declares the same name as another is not compiled together with it
        boolean apart = offered.stream().anyMatch(known::contains);
        if (!found.contains(candidate) && !apart && offered.stream().anyMatch(wanted::contains)) {
          found.add(candidate);
          known.addAll(offered);
          wanted.removeAll(offered);
          open.add(candidate);
        }
      }
    }
    return found;
  }

  private static List<SourceFile> candidates(SourceFile file, Path path, Map<Path, String> unsaved) {
    String packageName = packageOf(file.text());
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.filter(f -> f.toString().endsWith(".dlm") && !f.equals(path)).sorted().limit(MOST_FILES)
          .map(f -> new SourceFile(f.toString(), text(f, unsaved)))
          .filter(f -> packageOf(f.text()).equals(packageName)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What cannot be read offers nothing. */
  private static String text(Path file, Map<Path, String> unsaved) {
    String edited = unsaved.get(file);
    try {
      return edited != null ? edited : Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String packageOf(String text) {
    Matcher declared = PACKAGE.matcher(text);
    return declared.find() ? declared.group(1) : "";
  }

  private static Set<String> declared(String text) {
    return matches(DECLARED, text, 1);
  }

  private static Set<String> words(String text) {
    return matches(WORD, text, 0);
  }

  private static Set<String> matches(Pattern pattern, String text, int group) {
    Set<String> found = new HashSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(group));
    }
    return found;
  }
}
