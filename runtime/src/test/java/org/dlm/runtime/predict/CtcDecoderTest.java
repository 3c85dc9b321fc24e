package org.dlm.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search against all paths there are. */
class CtcDecoderTest {
  /** The probability of each text: the sum over every path that means it. */
  private static Map<List<Integer>, Double> everyText(double[][] shares) {
    Map<List<Integer>, Double> texts = new HashMap<>();
    int letters = shares[0].length;
    for (int path = 0; path < Math.pow(letters, shares.length); path++) {
      List<Integer> text = new ArrayList<>();
      double probability = 1;
      int before = 0;
      for (int step = 0, rest = path; step < shares.length; step++, rest /= letters) {
        int letter = rest % letters;
        probability *= shares[step][letter];
        if (letter != 0 && letter != before) {
          text.add(letter);
        }
        before = letter;
      }
      texts.merge(text, probability, Double::sum);
    }
    return texts;
  }

  private static CtcDecoder.Text decode(double[][] shares, int beam) {
    int letters = shares[0].length;
    float[] scores = new float[3 + shares.length * letters];
    for (int i = 0; i < scores.length - 3; i++) {
      scores[3 + i] = 7 + (float) Math.log(shares[i / letters][i % letters]);
    }
    return CtcDecoder.decode(scores, 3, shares.length, letters, beam);
  }

  private static double[][] shares(Random random, int steps, int letters) {
    double[][] shares = new double[steps][letters];
    for (double[] step : shares) {
      double sum = 0;
      for (int i = 0; i < letters; i++) {
        step[i] = Math.exp(2 * random.nextGaussian());
        sum += step[i];
      }
      for (int i = 0; i < letters; i++) {
        step[i] /= sum;
      }
    }
    return shares;
  }

  private static List<Integer> letters(CtcDecoder.Text text) {
    return java.util.Arrays.stream(text.letters()).boxed().toList();
  }

  @Test
  void aWideSearchFindsWhatTheSumOverAllPathsSays() {
    Random random = new Random(3);
    int otherThanThePath = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[][] shares = shares(random, 1 + random.nextInt(6), 2 + random.nextInt(3));
      Map<List<Integer>, Double> texts = everyText(shares);
      assertThat(texts.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
      var best = texts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      CtcDecoder.Text found = decode(shares, 10_000);
      assertThat(letters(found)).isEqualTo(best.getKey());
      assertThat(Math.exp(found.logProbability())).isCloseTo(best.getValue(), within(1e-5));
      otherThanThePath += letters(decode(shares, 1)).equals(best.getKey()) ? 0 : 1;
    }
    assertThat(otherThanThePath).as("texts that a search of one does not find").isBetween(5, 100);
  }

  @Test
  void aNarrowSearchNeverClaimsMoreThanThereIs() {
    Random random = new Random(4);
    int found = 0;
    for (int trial = 0; trial < 100; trial++) {
      double[][] shares = shares(random, 6, 4);
      Map<List<Integer>, Double> texts = everyText(shares);
      CtcDecoder.Text narrow = decode(shares, 4);
      double probability = texts.get(letters(narrow));
      assertThat(Math.exp(narrow.logProbability())).isLessThanOrEqualTo(probability + 1e-6);
      found += probability == texts.values().stream().mapToDouble(p -> p).max().orElseThrow() ? 1 : 0;
    }
    assertThat(found).as("the best text, by a search of four").isGreaterThan(80);
  }

  @Test
  void manyPathsBeatTheLikeliestOne() {
    // blank twice: 0.36; but "a" has three paths: 0.64
    assertThat(letters(decode(new double[][] {{0.6, 0.4}, {0.6, 0.4}}, 8))).containsExactly(1);
    // the same letter twice needs a blank between
    assertThat(letters(decode(new double[][] {{0.01, 0.99}, {0.99, 0.01}, {0.01, 0.99}}, 8))).containsExactly(1, 1);
    assertThat(letters(decode(new double[][] {{0.9, 0.1}}, 1))).isEmpty();
  }
}
