package org.dlm.compiler.op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;

/**
 * The {@code einsum} of the language: a pattern over any number of tensors becomes sums, permutations and binary
 * {@link Einsum}s.
 */
final class EinsumPattern {
  /** A value and the letters of its axes. */
  private record Term(Value value, String letters) {}

  private final GraphBuilder g;
  private final Operators o;
  private final AxisPattern pattern;
  private final Map<String, Character> letters = new LinkedHashMap<>();

  private EinsumPattern(GraphBuilder g, AxisPattern pattern) {
    this.g = g;
    this.o = new Operators(g);
    this.pattern = pattern;
  }

  static Value apply(GraphBuilder g, List<Value> tensors, String text) {
    return new EinsumPattern(g, AxisPattern.parse(text)).build(tensors);
  }

  private Value build(List<Value> tensors) {
    if (pattern.inputs().size() != tensors.size()) {
      throw AxisPattern.problem(0, pattern.text().indexOf("->"), "the pattern has " + pattern.inputs().size()
          + " inputs, but " + tensors.size() + (tensors.size() == 1 ? " tensor is" : " tensors are") + " given", null);
    }
    int ellipsis = ellipsisRank(tensors);
    Deque<Term> terms = new ArrayDeque<>();
    for (int i = 0; i < tensors.size(); i++) {
      Require.element(tensors.get(i), DType.F32, i, "`einsum`");
      List<AxisPattern.Item> items = pattern.inputs().get(i);
      int own = tensors.get(i).shape().rank() - (items.size() - 1);
      terms.add(new Term(tensors.get(i), lettersOf(items, items.stream().anyMatch(AxisPattern.Item::ellipsis) ? own
          : 0, ellipsis)));
    }
    Set<String> known = new HashSet<>(letters.keySet());
    String result = lettersOf(pattern.result(), ellipsis, ellipsis);
    requireKnown(known);
    return combine(terms, result);
  }

  private Value combine(Deque<Term> terms, String result) {
    Term left = terms.removeFirst();
    while (!terms.isEmpty()) {
      Term right = terms.removeFirst();
      String later = terms.stream().map(Term::letters).reduce(result, String::concat);
      left = sumLone(left, right.letters() + later);
      right = sumLone(right, left.letters() + later);
      String wanted = terms.isEmpty() ? result : kept(left.letters() + right.letters(), later);
      left = new Term(g.add(new Einsum(left.letters(), right.letters(), wanted), left.value(), right.value()), wanted);
    }
    left = sumLone(left, result);
    String have = left.letters();
    return o.permute(left.value(), result.chars().mapToObj(have::indexOf).toList());
  }

  /** Distinct letters that are needed later, in order of appearance. */
  private static String kept(String letters, String later) {
    StringBuilder kept = new StringBuilder();
    letters.chars().distinct().filter(c -> later.indexOf(c) >= 0).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /** Sums over the axes that nothing else mentions. */
  private Term sumLone(Term term, String others) {
    List<Integer> lone = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < term.letters().length(); i++) {
      if (others.indexOf(term.letters().charAt(i)) < 0) {
        lone.add(i);
      } else {
        rest.append(term.letters().charAt(i));
      }
    }
    return new Term(o.sum(term.value(), lone, false), rest.toString());
  }

  /** How many axes {@code ...} stands for: the most that any tensor leaves to it. */
  private int ellipsisRank(List<Value> tensors) {
    int most = 0;
    for (int i = 0; i < tensors.size(); i++) {
      List<AxisPattern.Item> items = pattern.inputs().get(i);
      boolean open = items.stream().anyMatch(AxisPattern.Item::ellipsis);
      int rank = tensors.get(i).shape().rank();
      if (open ? rank < items.size() - 1 : rank != items.size()) {
        boolean crowded = items.stream().anyMatch(item -> item.name().length() > 1 && !item.ellipsis());
        int from = items.isEmpty() ? 0 : items.getFirst().from();
        int to = items.isEmpty() ? pattern.text().length() : items.getLast().to();
        throw AxisPattern.problem(from, to, "these are " + Require.axes(items.size()) + ", but the tensor is "
            + tensors.get(i).type(), crowded ? "separate the names of axes by spaces" : null);
      }
      most = open ? Math.max(most, rank - items.size() + 1) : most;
    }
    return most;
  }

  /** {@code own} of the {@code all} axes of the ellipsis, aligned at the right. */
  private String lettersOf(List<AxisPattern.Item> items, int own, int all) {
    StringBuilder found = new StringBuilder();
    for (AxisPattern.Item item : items) {
      if (item.grouped() || item.name().equals("1")) {
        throw AxisPattern.problem(item.from(), item.to(), "an einsum pattern has plain names only",
            "split or join axes with rearrange");
      }
      if (item.ellipsis()) {
        for (int k = all - own; k < all; k++) {
          found.append(letter("..." + k, item));
        }
        continue;
      }
      char letter = letter(item.name(), item);
      if (found.indexOf(String.valueOf(letter)) >= 0) {
        throw AxisPattern.problem(item.from(), item.to(), "`" + item.name() + "` occurs twice in one tensor", null);
      }
      found.append(letter);
    }
    return found.toString();
  }

  private char letter(String name, AxisPattern.Item item) {
    Character letter = letters.get(name);
    if (letter == null) {
      int n = letters.size();
      if (n >= 52) {
        throw AxisPattern.problem(item.from(), item.to(), "more than 52 different axes", null);
      }
      letter = (char) (n < 26 ? 'a' + n : 'A' + n - 26);
      letters.put(name, letter);
    }
    return letter;
  }

  private void requireKnown(Set<String> known) {
    for (AxisPattern.Item item : pattern.result()) {
      if (!item.ellipsis() && !known.contains(item.name())) {
        throw AxisPattern.problem(item.from(), item.to(), "`" + item.name() + "` is in the result, but in no input",
            null);
      }
    }
  }
}
