package org.dlm.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .dlm} file as the build sees it.
 *
 * @param name path below the source folder, with {@code /}
 * @param hash of its bytes, and of the measurements beside it
 * @param packageName what it declares, empty for none
 * @param imports every package that its import lines and recipes may mean
 */
record ModelSource(String name, String hash, String packageName, Set<String> imports) {
  private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)", Pattern.MULTILINE);
  private static final Pattern IMPORT = Pattern.compile("^\\s*import\\s+(\\w+(?:\\.\\w+)*)", Pattern.MULTILINE);

  private static final Pattern RECIPE =
      Pattern.compile("^\\s*train\\s+\\w+\\s+for\\s+(\\w+(?:\\.\\w+)*)\\.\\w+", Pattern.MULTILINE);

  static ModelSource read(Path root, Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Matcher declared = PACKAGE.matcher(text);
    Set<String> imports = new TreeSet<>();
    for (Matcher m = IMPORT.matcher(text); m.find(); ) {
      String name = m.group(1);
      imports.add(name);
      // `import a.b` may name the package a.b or the thing b of package a
      imports.add(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "");
    }
    for (Matcher m = RECIPE.matcher(text); m.find(); ) {
      imports.add(m.group(1));
    }
    return new ModelSource(root.relativize(file).toString().replace('\\', '/'), hash(file),
        declared.find() ? declared.group(1) : "", imports);
  }

  /** What {@code dlm tune} measured lies in a file of the same name and goes into the same class. */
  private static String hash(Path file) throws IOException {
    Path measured = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.dlm$", "") + ".tune");
    return Fingerprint.ofFile(file) + (Files.isRegularFile(measured) ? Fingerprint.ofFile(measured) : "");
  }
}
