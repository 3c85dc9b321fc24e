package org.dlm.tests.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.StoredType;

/** Reads the tables and model files of {@code golden/cases}. */
final class GoldenFiles {
  private static final Path FOLDER = Path.of("golden", "cases");
  private static final String ZOO = "zoo";
  private static final Path ZOO_SOURCES = Path.of("..", "stdlib-models", "src", "main", "dlm");

  private GoldenFiles() {}

  /** All tables but that of the zoo, which has a test of its own. */
  static List<String> tables() {
    return names(".cases").stream().filter(t -> !t.equals(ZOO)).toList();
  }

  static List<GoldenCase> zoo() {
    return table(ZOO);
  }

  static List<String> models() {
    return names(".dlm");
  }

  /** All, or only the one that {@code -Ddlm.cases=NAME} names. */
  private static List<String> names(String ending) {
    String wanted = System.getProperty("dlm.cases");
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(ending))
          .map(n -> n.substring(0, n.length() - ending.length()))
          .filter(n -> wanted == null || wanted.equals(n)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<GoldenCase> table(String table) {
    Path file = FOLDER.resolve(table + ".cases");
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    Map<String, String> metadata = read(FOLDER.resolve(table + ".safetensors"), numbers);
    List<GoldenCase> cases = new ArrayList<>();
    int line = 0;
    for (String text : lines(file)) {
      line++;
      if (!text.isBlank() && !text.startsWith("//")) {
        cases.add(TableCase.of(table, file + ":" + line, text.trim().split("\\s+", 3), numbers, metadata));
      }
    }
    return cases;
  }

  /** The lines of a table that are cases. */
  static List<String> tableLines(String table) {
    return lines(FOLDER.resolve(table + ".cases")).stream().filter(l -> !l.isBlank() && !l.startsWith("//")).toList();
  }

  static GoldenCase model(String name) {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    Map<String, String> metadata = read(FOLDER.resolve(name + ".safetensors"), numbers);
    Path file = FOLDER.resolve(name + ".dlm");
    return new GoldenCase(name, file.toString(), "golden", TableCase.upperCamel(name), String.join("\n", lines(file)),
        numbers, metadata);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(Path path, Map<String, Tensor> numbers) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.tensors().forEach((name, stored) ->
          numbers.put(name, file.read(name, stored.type() == StoredType.I32 ? ElementType.I32 : ElementType.F32)));
      return Map.copyOf(file.metadata());
    }
  }

  /** A file of the zoo, or one of {@code golden/own}, where models are that the zoo has not. */
  static String text(String file) {
    Path path = file.startsWith("own/") ? FOLDER.resolveSibling(file) : ZOO_SOURCES.resolve(file);
    return String.join("\n", lines(path)) + "\n";
  }

  /** {@code [3, 7]}, with {@code i32} in front where it is of integers. */
  static String type(Tensor tensor) {
    return (tensor.type() == ElementType.F32 ? "" : "i32") + Arrays.toString(tensor.shape());
  }
}
