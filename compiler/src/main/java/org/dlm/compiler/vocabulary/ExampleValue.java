package org.dlm.compiler.vocabulary;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.shape.DType;

/**
 * A tensor as an example writes it: numbers ({@code 0.5}, {@code [[1, 2], [3, 4]]}, {@code int([0, 2])},
 * {@code bool([1, 0])}) or only its type ({@code f32[2, 3]}), where the numbers do not matter or are random.
 *
 * @param numbers row by row, as written, null for a type
 */
public record ExampleValue(DType element, List<Integer> shape, List<String> numbers) {
  private static final Pattern TYPE = Pattern.compile("(f32|i32|bool)\\[([\\d, ]*)]");
  private static final Pattern CAST = Pattern.compile("(int|bool)\\((.*)\\)");

  static ExampleValue of(String text) {
    Matcher type = TYPE.matcher(text);
    if (type.matches()) {
      return new ExampleValue(DType.valueOf(type.group(1).toUpperCase(Locale.ROOT)),
          split(type.group(2)).stream().map(Integer::valueOf).toList(), null);
    }
    Matcher cast = CAST.matcher(text);
    boolean converted = cast.matches();
    DType element = !converted ? DType.F32 : cast.group(1).equals("int") ? DType.I32 : DType.BOOL;
    List<Integer> shape = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    read(converted ? cast.group(2) : text, 0, shape, numbers);
    return new ExampleValue(element, List.copyOf(shape), List.copyOf(numbers));
  }

  private static void read(String text, int depth, List<Integer> shape, List<String> numbers) {
    if (!text.startsWith("[")) {
      numbers.add(Double.isNaN(number(text)) ? "nan" : text);
      return;
    }
    List<String> items = split(text.substring(1, text.length() - 1));
    if (shape.size() == depth) {
      shape.add(items.size());
    }
    if (shape.get(depth) != items.size()) {
      throw new IllegalArgumentException("the rows of " + text + " are not equally long");
    }
    items.forEach(item -> read(item, depth + 1, shape, numbers));
  }

  /** Cuts at the commas that stand in no bracket. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (!text.substring(from).isBlank()) {
      parts.add(text.substring(from).strip());
    }
    return parts;
  }

  boolean isType() {
    return numbers == null;
  }

  /** As the language writes it: {@code i32[2, 3]}, {@code [3]}. */
  String type() {
    return (element == DType.F32 ? "" : element.name().toLowerCase(Locale.ROOT)) + shape;
  }

  double[] values() {
    return numbers.stream().mapToDouble(ExampleValue::number).toArray();
  }

  /** Is this what the example says? Decimals are rounded to as many as are written; without any the number is exact. */
  boolean shows(DType actualElement, List<Integer> actualShape, double[] actual) {
    if (element != actualElement || !shape.equals(actualShape)) {
      return false;
    }
    for (int i = 0; !isType() && i < actual.length; i++) {
      double expected = number(numbers.get(i));
      boolean close = Math.abs(expected - actual[i]) <= tolerance(numbers.get(i));
      if (!close && Double.compare(expected + 0.0, actual[i] + 0.0) != 0) {
        return false;
      }
    }
    return true;
  }

  private static double tolerance(String number) {
    boolean exact = number.matches("-?\\d+|-?inf|nan");
    return exact ? 1e-7 : 0.5000001 * Math.pow(10, -new BigDecimal(number).scale());
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }
}
