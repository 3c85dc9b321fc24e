package org.dlm.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the models of recipes: a file that holds only recipes can be named alone, its model is looked for beside it.
 */
final class RecipeFiles {
  private static final Pattern RECIPE = Pattern.compile("(?m)^\\s*train\\s+\\w+\\s+for\\s+(?:\\w+\\.)*(\\w+)");
  private static final int LARGEST = 1 << 20;

  private RecipeFiles() {}

  /** The files, and those beside a recipe that declare its model where none of the given files does. */
  static List<Path> withModels(List<Path> files) {
    List<Path> all = new ArrayList<>(files);
    for (Path file : files) {
      for (Matcher recipe = RECIPE.matcher(text(file)); recipe.find(); ) {
        Pattern model = Pattern.compile("(?m)^\\s*model\\s+" + recipe.group(1) + "\\b");
        if (all.stream().noneMatch(f -> model.matcher(text(f)).find())) {
          beside(file).stream().filter(f -> model.matcher(text(f)).find()).findFirst().ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static List<Path> beside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".dlm")).sorted()
          .map(f -> file.getParent() == null ? f.getFileName() : file.getParent().resolve(f.getFileName())).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What cannot be read is the compiler's to tell. */
  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
