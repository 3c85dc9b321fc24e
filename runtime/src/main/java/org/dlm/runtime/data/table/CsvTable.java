package org.dlm.runtime.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.InputFile;

/**
 * The cells of a CSV file as text. The separator (comma, semicolon or tab) is the one that the first line has most of;
 * cells may be quoted.
 *
 * @param names of the columns; "0", "1", ... without a header line
 * @param lines the file's line number of each row
 */
record CsvTable(Path file, List<String> names, List<String[]> rows, List<Integer> lines) {
  /** A line longer than this is no table of numbers but some other kind of file. */
  private static final int LONGEST_LINE = 10_000_000;

  private static final Set<String> MISSING = Set.of("", "?", "NA", "N/A", "NaN", "nan", "null", "None");

  /** What the first line is. */
  enum Header { YES, NO, SKIP, AUTO }

  /** With {@link Header#AUTO} a header is there when no cell of the first line is a number. */
  static CsvTable read(Path file, Header header) {
    return InputFile.read(file, in -> {
      try {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        return read(file, header, reader);
      } catch (CharacterCodingException e) {
        throw new InputProblem(file + ": not a text file (UTF-8)", "Was the right file named?", e);
      }
    });
  }

  private static CsvTable read(Path file, Header header, BufferedReader reader) throws IOException {
    List<String[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    char separator = 0;
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (line.isBlank() || number == 1 && header == Header.SKIP) {
        continue;
      }
      if (line.length() > LONGEST_LINE || line.indexOf('\0') >= 0) {
        throw new InputProblem(file + ":" + number + ": not a line of a CSV file", "Was the right file named?");
      }
      separator = separator == 0 ? separator(line) : separator;
      String[] cells = cells(file, number, line, separator);
      if (!rows.isEmpty() && cells.length != rows.getFirst().length) {
        throw new InputProblem(file + ":" + number + ": " + cells.length + " cells, but " + rows.getFirst().length
            + " in the first line",
            "Each line must have the same number of cells. A first line that is no data is left out with"
                + " `,header=skip`.");
      }
      rows.add(cells);
      lines.add(number);
    }
    if (rows.isEmpty()) {
      throw new InputProblem(file + ": the file is empty", "Was the right file named?");
    }
    String[] first = rows.getFirst();
    boolean named = header == Header.YES
        || header == Header.AUTO && IntStream.range(0, first.length).noneMatch(i -> isNumber(first[i]));
    List<String> names = IntStream.range(0, first.length).mapToObj(i -> named ? first[i] : Integer.toString(i))
        .toList();
    Set<String> seen = new HashSet<>();
    names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
      throw new InputProblem(file + ":" + lines.getFirst() + ": two columns are called `" + name + "`",
          "Give each a name of its own; `,header=no` says that the first line is data.");
    });
    return named ? new CsvTable(file, names, rows.subList(1, rows.size()), lines.subList(1, lines.size()))
        : new CsvTable(file, names, rows, lines);
  }

  private static char separator(String line) {
    char best = ',';
    for (char c : new char[] {';', '\t'}) {
      if (count(line, c) > count(line, best)) {
        best = c;
      }
    }
    return best;
  }

  private static long count(String line, char wanted) {
    return line.chars().filter(c -> c == wanted).count();
  }

  private static String[] cells(Path file, int number, String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new InputProblem(file + ":" + number + ": a quote is not closed", "Cells may not go over several lines.");
    }
    cells.add(cell.toString().strip());
    return cells.toArray(String[]::new);
  }

  /** What tables write where they do not know. */
  static boolean isMissing(String cell) {
    return MISSING.contains(cell);
  }

  /** Without the rows in which anything is missing. */
  CsvTable complete() {
    int[] kept = IntStream.range(0, rows.size())
        .filter(i -> Arrays.stream(rows.get(i)).noneMatch(CsvTable::isMissing)).toArray();
    return new CsvTable(file, names, IntStream.of(kept).mapToObj(rows::get).toList(),
        IntStream.of(kept).mapToObj(lines::get).toList());
  }

  static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The cell as a finite number; a problem naming line and column otherwise. */
  float number(int row, int column) {
    String text = rows.get(row)[column];
    float value = isNumber(text) ? Float.parseFloat(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw new InputProblem(at(row) + ": column `" + names.get(column) + "` is `" + text + "`, not a finite number",
          row == 0 ? "If the first line holds names, add `,header=yes` to the spec; `,header=skip` leaves it out."
          : isMissing(text) ? "Correct the line; `,missing=drop` leaves out such lines, `,missing=mean` puts in the"
              + " mean."
          : "Correct or remove the line.");
    }
    return value;
  }

  /** File and line of a row. */
  String at(int row) {
    return file + ":" + lines.get(row);
  }
}
