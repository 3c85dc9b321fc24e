package org.dlm.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The likeliest text behind the scores of a model that was trained with connectionist temporal classification. Many
 * paths, a letter or the blank (0) at each step, mean the same text; the text counts whose paths together are the
 * likeliest, which need not be that of the likeliest path. Step by step the likeliest beginnings are followed.
 */
public final class CtcDecoder {
  private static final int BLANK = 0;

  /** A text as far as it goes: one letter more than another one. */
  private static final class Beginning {
    final Beginning before;
    final int letter;
    final Map<Integer, Beginning> after = new HashMap<>();

    /** Logarithms of what all paths to it have so far: those that end with a blank, and those with its last letter. */
    double blank = Double.NEGATIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    double nextBlank = Double.NEGATIVE_INFINITY;
    double nextLast = Double.NEGATIVE_INFINITY;

    Beginning(Beginning before, int letter) {
      this.before = before;
      this.letter = letter;
    }

    double all() {
      return sum(blank, last);
    }

    void step() {
      blank = nextBlank;
      last = nextLast;
      nextBlank = Double.NEGATIVE_INFINITY;
      nextLast = Double.NEGATIVE_INFINITY;
    }
  }

  /**
   * A text.
   *
   * @param letters without blanks
   * @param logProbability of all paths that were followed to it
   */
  public record Text(int[] letters, double logProbability) {}

  private CtcDecoder() {}

  /**
   * The likeliest text.
   *
   * @param scores {@code [steps, letters]}, from {@code offset} on
   * @param beam how many beginnings are followed
   */
  public static Text decode(float[] scores, int offset, int steps, int letters, int beam) {
    Beginning nothing = new Beginning(null, BLANK);
    nothing.blank = 0;
    List<Beginning> followed = List.of(nothing);
    double[] shares = new double[letters];
    for (int step = 0; step < steps; step++) {
      logShares(scores, offset + step * letters, shares);
      followed = next(followed, shares, beam);
    }
    Beginning best = followed.getFirst();
    return new Text(text(best), best.all());
  }

  private static List<Beginning> next(List<Beginning> followed, double[] shares, int beam) {
    Set<Beginning> reached = new LinkedHashSet<>();
    for (Beginning text : followed) {
      reached.add(text);
      text.nextBlank = text.all() + shares[BLANK];
      if (text.before != null) {
        text.nextLast = sum(text.nextLast, text.last + shares[text.letter]);
      }
      for (int letter = 1; letter < shares.length; letter++) {
        // A letter that follows itself is another one only behind a blank.
        double from = letter == text.letter && text.before != null ? text.blank : text.all();
        int added = letter;
        Beginning longer = text.after.computeIfAbsent(letter, l -> new Beginning(text, added));
        reached.add(longer);
        longer.nextLast = sum(longer.nextLast, from + shares[letter]);
      }
    }
    reached.forEach(Beginning::step);
    return reached.stream().sorted(Comparator.comparingDouble(b -> -b.all())).limit(beam).toList();
  }

  private static int[] text(Beginning end) {
    List<Integer> letters = new ArrayList<>();
    for (Beginning b = end; b.before != null; b = b.before) {
      letters.addFirst(b.letter);
    }
    return letters.stream().mapToInt(l -> l).toArray();
  }

  /** The logarithm of the softmax. */
  private static void logShares(float[] scores, int from, double[] shares) {
    double total = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = scores[from + i];
      total = sum(total, shares[i]);
    }
    double sum = total;
    Arrays.setAll(shares, i -> shares[i] - sum);
  }

  /** The logarithm of the sum of what these are the logarithms of. */
  private static double sum(double a, double b) {
    double larger = Math.max(a, b);
    return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }
}
