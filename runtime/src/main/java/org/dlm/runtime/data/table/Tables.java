package org.dlm.runtime.data.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.Normalization;
import org.dlm.runtime.data.StratifiedSplit;

/** Data sets made of tables, wherever the cells come from: columns of numbers or words, one of which is predicted. */
public final class Tables {
  /** What a table's kind may be told after its file. */
  public static final List<String> OPTIONS = List.of("label", "target", "scale", "missing", "test", "validation",
      "folds", "fold");

  private static final List<String> USUAL_LABELS = List.of("label", "class", "target");

  private Tables() {}

  /**
   * The table of a file.
   *
   * @param rows cells as text; an empty one is missing
   */
  public static DataSet dataSet(DataSpec spec, Path file, List<String> names, List<String[]> rows) {
    return dataSet(spec, new CsvTable(file, names, rows, IntStream.rangeClosed(1, rows.size()).boxed().toList()));
  }

  static DataSet dataSet(DataSpec spec, CsvTable read) {
    Path file = read.file();
    String missing = spec.choice("missing", "fail", "mean", "drop");
    CsvTable table = missing.equals("drop") ? read.complete() : read;
    if (table.rows().size() < 2 || table.names().size() < 2) {
      throw new InputProblem(file + ": " + table.rows().size() + " rows of " + table.names().size()
          + " columns; at least two of each are needed", "Was the right file named?");
    }
    int predicted = predicted(table, spec);
    CsvFeatures features = CsvFeatures.of(table, predicted, missing.equals("mean"));
    boolean regression = spec.options().containsKey("target");
    List<String> classNames = regression ? List.of() : classNames(table, predicted);
    int[] labels = new int[table.rows().size()];
    if (!regression) {
      Arrays.setAll(labels, i -> classNames.indexOf(table.rows().get(i)[predicted]));
    }
    StratifiedSplit split = split(spec, labels);
    if (split.test().length == 0 || split.train().length == 0) {
      throw new InputProblem(file + ": " + table.rows().size() + " rows leave " + split.train().length
          + " to train and "
          + split.test().length + " to test", "Give more rows, or another share with `,test=0.5`.");
    }
    boolean standard = spec.choice("scale", "standard", "none").equals("standard");
    int[] train = split.train();
    StratifiedSplit second = StratifiedSplit.of(IntStream.of(train).map(i -> labels[i]).toArray(),
        spec.share("validation", 0));
    Map<String, String> facts = new LinkedHashMap<>(Map.of(TableRows.COLUMNS, String.join("\n", features.names())));
    Normalization scales = features.fill(split.train(), standard);
    if (standard) {
      facts.putAll(scales.facts());
    }
    Column x = new Column.Floats("x", features.values(), features.names().size());
    Column wanted = regression ? new Column.Floats("y", targets(table, predicted)) : new Column.Ints("label", labels);
    Examples all = new Examples(file.toString(), List.of(x, wanted));
    Examples test = all.select(split.test());
    return new DataSet(file.getFileName().toString(),
        all.select(IntStream.of(second.train()).map(i -> train[i]).toArray()), second.test().length == 0 ? test
            : all.select(IntStream.of(second.test()).map(i -> train[i]).toArray()), test,
        standard ? "each column to mean 0, variance 1 over the training examples" : "none", classNames,
        facts);
  }

  private static StratifiedSplit split(DataSpec spec, int[] labels) {
    if (!spec.options().containsKey("folds")) {
      if (spec.options().containsKey("fold")) {
        throw spec.notUnderstood("fold", "It is one of several parts: say how many with folds=5.");
      }
      return StratifiedSplit.of(labels, spec.share("test", 0.2));
    }
    int folds = spec.count("folds", 5, 2);
    int fold = spec.count("fold", 1, 1);
    if (fold > folds) {
      throw spec.notUnderstood("fold", "It is a number from 1 to " + folds + ".");
    }
    if (folds > labels.length) {
      throw spec.notUnderstood("folds", "There are only " + labels.length + " rows.");
    }
    return StratifiedSplit.fold(labels, folds, fold);
  }

  private static int predicted(CsvTable table, DataSpec spec) {
    String asked = spec.text("target", spec.options().get("label"));
    if (asked == null) {
      return USUAL_LABELS.stream().mapToInt(table.names()::indexOf).filter(i -> i >= 0).findFirst()
          .orElse(table.names().size() - 1);
    }
    int index = table.names().indexOf(asked);
    if (index < 0) {
      throw new InputProblem(table.file() + ": no column `" + asked + "`" + Suggestion.didYouMean(asked, table.names()),
          "There are " + String.join(", ", table.names()) + ".");
    }
    return index;
  }

  /** Whole numbers 0, 1, ... are classes as they are; anything else is numbered in alphabetical order. */
  private static List<String> classNames(CsvTable table, int column) {
    TreeSet<String> names = new TreeSet<>();
    table.rows().forEach(row -> names.add(row[column]));
    if (names.stream().allMatch(name -> name.matches("0|[1-9][0-9]{0,3}"))) {
      int largest = names.stream().mapToInt(Integer::parseInt).max().orElseThrow();
      return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
    }
    if (names.size() > 1000 || names.size() > table.rows().size() / 2) {
      throw new InputProblem(table.file() + ": column `" + table.names().get(column) + "` has " + names.size()
          + " different values in " + table.rows().size() + " rows; these are no classes",
          "Name the label with `,label=COLUMN`, or predict a number with `,target=COLUMN`.");
    }
    return List.copyOf(names);
  }

  private static float[] targets(CsvTable table, int predicted) {
    float[] y = new float[table.rows().size()];
    for (int row = 0; row < y.length; row++) {
      y[row] = table.number(row, predicted);
    }
    return y;
  }
}
