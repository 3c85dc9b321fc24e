package org.dlm.compiler.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** "Did you mean": the known names that a mistyped one is close to. */
public final class Suggest {
  private Suggest() {}

  /** The names one edit away (two, where the written name has three letters or more), nearest first. */
  public static List<String> closest(String written, Collection<String> known) {
    int most = written.length() < 3 ? 1 : 2;
    record Near(String name, int distance) {}
    return known.stream()
        .distinct()
        .filter(name -> Math.abs(name.length() - written.length()) <= most && !name.equals(written))
        .map(name -> new Near(name, distance(written, name)))
        .filter(near -> near.distance <= most && near.distance < written.length())
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .map(Near::name)
        .toList();
  }

  /** "did you mean `padding`?", naming up to three; "" where nothing is close. */
  public static String didYouMean(String written, Collection<String> known) {
    List<String> names = closest(written, known).stream().limit(3).map(name -> "`" + name + "`").toList();
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> "did you mean " + names.getFirst() + "?";
      default -> "did you mean " + String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast()
          + "?";
    };
  }

  /** The names that a sentence of {@link #didYouMean} proposes; none where it is another sentence. */
  public static List<String> proposed(String sentence) {
    if (!sentence.startsWith("did you mean ")) {
      return List.of();
    }
    return Pattern.compile("`([^`]+)`").matcher(sentence).results().map(name -> name.group(1)).toList();
  }

  /**
   * Restricted Damerau–Levenshtein distance: letters inserted, left out, replaced, or swapped with their neighbour, no
   * letter touched twice.
   */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
