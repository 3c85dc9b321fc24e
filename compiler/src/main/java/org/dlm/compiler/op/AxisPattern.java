package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * A pattern such as {@code "n h i c, n h j c -> n h i j"} or {@code "n t (h c) -> n h t c"}, read: lists of items for
 * the inputs and for the result. Names are separated by spaces; {@code (a b)} is one axis made of two, {@code ...} any
 * axes, {@code 1} an axis of length 1.
 */
record AxisPattern(String text, List<List<Item>> inputs, List<Item> result) {
  /** A name, a group or an ellipsis, and where it stands in the text. */
  record Item(List<String> names, boolean grouped, int from, int to) {
    boolean ellipsis() {
      return names.equals(List.of("..."));
    }

    String name() {
      return names.getFirst();
    }
  }

  static AxisPattern parse(String text) {
    int arrow = text.indexOf("->");
    if (arrow < 0 || text.indexOf("->", arrow + 2) >= 0) {
      throw problem(0, text.length(), "a pattern has one `->` between the inputs' axes and the result's",
          "write it like \"n t c -> n c t\"");
    }
    List<List<Item>> inputs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= arrow; i++) {
      if (i == arrow || text.charAt(i) == ',') {
        inputs.add(new AxisPattern(text, List.of(), List.of()).items(from, i));
        from = i + 1;
      }
    }
    return new AxisPattern(text, inputs, new AxisPattern(text, List.of(), List.of()).items(arrow + 2, text.length()));
  }

  static ShapeProblem problem(int from, int to, String message, String help) {
    return ShapeProblem.inText(Code.E0309, "pattern", from, to, message, help);
  }

  private List<Item> items(int from, int to) {
    List<Item> items = new ArrayList<>();
    int i = from;
    while (i < to) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.charAt(i) == '(') {
        int close = text.indexOf(')', i);
        if (close < 0 || close >= to) {
          throw problem(i, i + 1, "this parenthesis is never closed", null);
        }
        List<String> names = new ArrayList<>();
        for (Item item : items(i + 1, close)) {
          if (item.grouped() || item.ellipsis()) {
            throw problem(item.from(), item.to(), "only names may stand in parentheses", null);
          }
          names.addAll(item.names());
        }
        items.add(new Item(names, true, i, close + 1));
        i = close + 1;
      } else {
        int end = tokenEnd(i, to);
        items.add(new Item(List.of(text.substring(i, end)), false, i, end));
        i = end;
      }
    }
    return items;
  }

  private int tokenEnd(int from, int to) {
    if (text.startsWith("...", from)) {
      return from + 3;
    }
    int end = from;
    while (end < to && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    if (end == from) {
      throw problem(from, from + 1, "`" + text.charAt(from) + "` has no meaning in a pattern",
          "a pattern is made of names, `1`, `...`, parentheses and `->`");
    }
    return end;
  }
}
