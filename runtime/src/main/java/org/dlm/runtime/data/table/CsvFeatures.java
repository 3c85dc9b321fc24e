package org.dlm.runtime.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.Normalization;

/**
 * The columns of a table as numbers: those that hold numbers as they are, those that hold nothing but words with a 0 or
 * 1 for each word.
 *
 * @param values {@code [rows, names]}; NaN for a number that is missing
 * @param names of the columns, {@code column=word} for words
 */
record CsvFeatures(float[] values, List<String> names) {
  /** More different words are no categories but names. */
  private static final int MOST_WORDS = 100;

  /** One column: its words, or null where it holds numbers. */
  private record Source(int column, List<String> words) {
    int width() {
      return words == null ? 1 : words.size();
    }
  }

  /** @param fill whether missing numbers may be missing */
  static CsvFeatures of(CsvTable table, int predicted, boolean fill) {
    List<Source> sources = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int column = 0; column < table.names().size(); column++) {
      if (column != predicted) {
        Source source = new Source(column, words(table, column));
        String name = table.names().get(column);
        sources.add(source);
        if (source.words == null) {
          names.add(name);
        } else {
          source.words.forEach(word -> names.add(name + "=" + word));
        }
      }
    }
    float[] values = new float[Math.multiplyExact(table.rows().size(), names.size())];
    for (int row = 0; row < table.rows().size(); row++) {
      int at = row * names.size();
      for (Source source : sources) {
        put(table, row, source, fill, values, at);
        at += source.width();
      }
    }
    return new CsvFeatures(values, names);
  }

  private static void put(CsvTable table, int row, Source source, boolean fill, float[] values, int at) {
    String cell = table.rows().get(row)[source.column];
    boolean missing = CsvTable.isMissing(cell);
    if (source.words == null) {
      values[at] = missing && fill ? Float.NaN : table.number(row, source.column);
    } else if (missing && !fill) {
      throw new InputProblem(table.at(row) + ": column `" + table.names().get(source.column) + "` has nothing here",
          "Correct the line; `,missing=drop` leaves out such lines, `,missing=mean` goes on without the word.");
    } else if (!missing) {
      values[at + source.words.indexOf(cell)] = 1;
    }
  }

  /** The words of a column in alphabetical order; null where any cell is a number, or there are too many. */
  private static List<String> words(CsvTable table, int column) {
    TreeSet<String> words = new TreeSet<>();
    for (String[] row : table.rows()) {
      if (!CsvTable.isMissing(row[column])) {
        if (CsvTable.isNumber(row[column]) || words.size() > MOST_WORDS) {
          return null;
        }
        words.add(row[column]);
      }
    }
    return words.isEmpty() || words.size() > MOST_WORDS ? null : List.copyOf(words);
  }

  /** Puts the mean of the training rows where a number is missing, and scales the columns where asked to: gives how. */
  Normalization fill(int[] train, boolean standard) {
    int width = names.size();
    Normalization columns = new Normalization(new float[width], new float[width]);
    for (int column = 0; column < width; column++) {
      int c = column;
      double[] known = Arrays.stream(train).mapToDouble(i -> values[i * width + c]).filter(v -> !Double.isNaN(v))
          .toArray();
      double mean = Arrays.stream(known).average().orElse(0);
      double variance = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
      for (int i = c; i < values.length; i += width) {
        float value = Float.isNaN(values[i]) ? (float) mean : values[i];
        values[i] = standard ? (float) ((value - mean) * scale) : value;
      }
      columns.mean()[c] = (float) mean;
      columns.scale()[c] = (float) scale;
    }
    return columns;
  }
}
