package org.dlm.tests.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.compiler.pipeline.OptimizerChoice;
import org.dlm.compiler.vocabulary.Entry;
import org.dlm.compiler.vocabulary.Vocabulary;

/** The names of {@code golden/vocabulary.txt}, each with its equal in PyTorch and the cases that measure it. */
final class ParityList {
  private static final Path FILE = Path.of("golden", "vocabulary.txt");

  /**
   * A name.
   *
   * @param cases {@code TABLE/CASE}, or texts of training runs
   * @param test the class that tries it out where no error can be given, else ""
   */
  record Row(String kind, String name, String equal, List<String> cases, String test, boolean pending) {}

  private ParityList() {}

  static List<Row> rows() {
    Map<String, String> expressions = expressions();
    List<String> runs = GoldenFiles.models().stream().flatMap(m -> new Trajectory(GoldenFiles.model(m)).runs().stream())
        .distinct().sorted().toList();
    List<Entry> library = Vocabulary.all();
    List<Row> rows = new ArrayList<>();
    for (String line : lines()) {
      String[] parts = (line + " ").split("\\|", -1);
      String kind = parts[0].strip();
      String name = parts[1].strip();
      String where = parts.length > 2 ? parts[2].strip() : "";
      String equal = parts.length > 3 ? parts[3].strip() : equal(library, kind, name);
      List<String> cases = kind.equals("optimizer")
          ? runs.stream().filter(r -> OptimizerChoice.parse(r.split(" ", 2)[1]).orElseThrow().name().equals(name)).toList()
          : where.startsWith("case ") ? List.of(where.substring(5))
              : where.isEmpty() ? using(expressions, name) : List.of();
      rows.add(new Row(kind, name, equal, cases, where.startsWith("test ") ? where.substring(5) : "",
          where.equals("pending")));
    }
    return rows;
  }

  private static String equal(List<Entry> library, String kind, String name) {
    return library.stream()
        .filter(e -> e.name().equals(name) && kind.equals("initialiser") == (e.kind() == Entry.Kind.INITIALISER))
        .map(e -> e.torch().equals("none") ? "computed by its definition" : e.torch()).findFirst()
        .orElseThrow(() -> new AssertionError("the library has no " + kind + " `" + name + "`"));
  }

  /** The cases in whose expression the name stands. */
  private static List<String> using(Map<String, String> expressions, String name) {
    Pattern word = Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)(?! =)");
    return expressions.entrySet().stream().filter(e -> word.matcher(e.getValue()).find()).map(Map.Entry::getKey).toList();
  }

  /** What each line of each table computes. */
  private static Map<String, String> expressions() {
    Map<String, String> expressions = new TreeMap<>();
    for (String table : GoldenFiles.tables()) {
      for (String line : GoldenFiles.tableLines(table)) {
        String[] words = line.trim().split("\\s+", 3);
        expressions.put(table + "/" + words[1], words[2]);
      }
    }
    return expressions;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE).stream().filter(l -> !l.isBlank() && !l.startsWith("#")).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
