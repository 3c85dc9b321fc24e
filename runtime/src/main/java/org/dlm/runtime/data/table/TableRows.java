package org.dlm.runtime.data.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;

/** Rows of a table for a model that was trained on another table with the same columns. */
public final class TableRows {
  /** What a checkpoint calls the names of the columns. */
  static final String COLUMNS = "columns";

  private TableRows() {}

  /**
   * The rows as {@code [rows, columns]}, not yet scaled. With a line of names the columns may stand in any order beside
   * others; without, they are as they were in training, and what stands behind them is passed over.
   *
   * @param facts what the checkpoint knows of its data
   */
  public static FloatTensor read(Path file, Map<String, String> facts) {
    if (!facts.containsKey(COLUMNS)) {
      throw new InputProblem(file + ": the weights do not know the columns of a table",
          "Train with --data csv:FILE; the checkpoint then keeps them.");
    }
    List<String> features = facts.get(COLUMNS).lines().toList();
    List<String> wanted = features.stream().map(TableRows::column).distinct().toList();
    CsvTable table = CsvTable.read(file, CsvTable.Header.AUTO);
    boolean named = table.names().containsAll(wanted);
    if (!named && (table.names().size() < wanted.size() || !isNumbered(table.names()))) {
      List<String> missing = wanted.stream().filter(w -> !table.names().contains(w)).toList();
      throw new InputProblem(file + ": has no column " + missing.getFirst(),
          "The model was trained on " + String.join(", ", wanted) + ".");
    }
    float[] values = new float[table.rows().size() * features.size()];
    for (int row = 0; row < table.rows().size(); row++) {
      for (int f = 0; f < features.size(); f++) {
        String column = column(features.get(f));
        int at = named ? table.names().indexOf(column) : wanted.indexOf(column);
        values[row * features.size() + f] = column.equals(features.get(f)) ? table.number(row, at)
            : table.rows().get(row)[at].equals(features.get(f).substring(column.length() + 1)) ? 1 : 0;
      }
    }
    return new FloatTensor(values, table.rows().size(), features.size());
  }

  private static boolean isNumbered(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
  }

  /** A column of words is one feature for each word, {@code column=word}. */
  private static String column(String feature) {
    int equals = feature.indexOf('=');
    return equals < 0 ? feature : feature.substring(0, equals);
  }
}
