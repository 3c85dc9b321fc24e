package org.dlm.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Port;

/**
 * Which column of a data set goes into which input of a function. A port takes the column of its name, else the first
 * free one of its element type; the shapes of an example must agree, where axes of length 1 do not count and a port
 * with a single axis takes any shape flat.
 *
 * @param columns the column's number, for each port
 * @param shapes the shape of one example as the port wants it, for each port
 * @param fixedBatch the batch size that the model fixes, 0 when it is open
 */
public record Feed(List<Integer> columns, List<int[]> shapes, int fixedBatch) {
  /** Matches; a problem that names both sides where they do not fit. */
  public static Feed match(Function function, DataSet data) {
    List<Column> columns = data.columns();
    List<Integer> chosen = choose(function, data.name(), columns);
    Map<String, Integer> bound = new HashMap<>();
    List<int[]> shapes = new ArrayList<>();
    int fixedBatch = 0;
    for (int i = 0; i < chosen.size(); i++) {
      Port port = function.inputs().get(i);
      shapes.add(shape(function, port, columns.get(chosen.get(i)), data.name(), bound));
      fixedBatch = Math.max(fixedBatch, number(port.dims().getFirst(), Map.of()));
    }
    return new Feed(chosen, shapes, fixedBatch);
  }

  private static List<Integer> choose(Function function, String dataName, List<Column> columns) {
    Integer[] chosen = new Integer[function.inputs().size()];
    Set<Integer> used = new HashSet<>();
    for (boolean byName : new boolean[] {true, false}) {
      for (int i = 0; i < chosen.length; i++) {
        Port port = function.inputs().get(i);
        for (int c = 0; c < columns.size() && chosen[i] == null; c++) {
          Column column = columns.get(c);
          boolean fits = column.type() == port.type() && (!byName || column.name().equals(port.name()));
          if (fits && used.add(c)) {
            chosen[i] = c;
          }
        }
      }
    }
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] == null) {
        throw new InputProblem("the data set `" + dataName + "` has nothing for the input `" + function.inputs().get(i)
            + "` of `" + function.name() + "`; it gives " + describe(columns),
            "Use another data set, or a function whose inputs are those.");
      }
    }
    return List.of(chosen);
  }

  private static int[] shape(Function function, Port port, Column column, String dataName, Map<String, Integer> bound) {
    List<String> dims = port.dims();
    int[] given = column.shape();
    List<String> wanted = dims.isEmpty() ? List.of() : dims.subList(1, dims.size());
    int[] shape = given.length == wanted.size() ? given : column.open() ? null : fixed(wanted);
    boolean fits = !dims.isEmpty() && shape != null;
    for (int i = 0; fits && i < shape.length; i++) {
      bound.putIfAbsent(wanted.get(i), shape[i]);
      int length = number(wanted.get(i), bound);
      fits = length == 0 || length == shape[i];
    }
    boolean same = fits && (shape == given || shape.length == 1 && shape[0] == column.exampleSize()
        || Arrays.equals(withoutOnes(shape), withoutOnes(given)));
    if (!same) {
      throw new InputProblem("the data set `" + dataName + "` does not fit the model: the input `" + port + "` of `"
          + function.name() + "` meets `" + column.name() + "` with examples of shape " + text(given),
          "Use a data set of that shape, or change the shape in the model.");
    }
    return shape;
  }

  /** The lengths, when all are numbers; a port with other than the column's number of axes must say them all. */
  private static int[] fixed(List<String> wanted) {
    int[] lengths = wanted.stream().mapToInt(dim -> number(dim, Map.of())).toArray();
    return Arrays.stream(lengths).allMatch(length -> length > 0) ? lengths : null;
  }

  private static int[] withoutOnes(int[] shape) {
    return Arrays.stream(shape).filter(length -> length != 1).toArray();
  }

  /** A dim that is a number, or a name bound before; 0 for what only the model itself can check. */
  private static int number(String dim, Map<String, Integer> bound) {
    return dim.matches("[0-9]{1,9}") ? Integer.parseInt(dim) : bound.getOrDefault(dim, 0);
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(n -> n == Column.OPEN ? "any" : Integer.toString(n))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String describe(List<Column> columns) {
    return columns.stream().map(c -> c.name() + ": " + c.type() + text(c.shape()))
        .collect(Collectors.joining(", ")) + " for each example";
  }

  /** The shape of a batch of that size for a port; {@code length}: what an open length is padded to. */
  int[] batchShape(int port, int size, int length) {
    int[] example = shapes.get(port);
    int[] shape = new int[example.length + 1];
    shape[0] = size;
    System.arraycopy(example, 0, shape, 1, example.length);
    if (example.length > 0 && example[0] == Column.OPEN) {
      shape[1] = length;
    }
    return shape;
  }
}
