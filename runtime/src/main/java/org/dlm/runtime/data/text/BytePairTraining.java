package org.dlm.runtime.data.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the pairs of tokens that are to be joined: always the most frequent one, of equally frequent ones that with the
 * smaller numbers. Counts are kept up to date word by word, so a join costs what it changes.
 */
final class BytePairTraining {
  private final int[][] words;
  private final int[] counts;
  private final Map<Long, Integer> pairs = new HashMap<>();
  private final Map<Long, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /** A pair with its count at some time; out of date where the count has changed since. */
  private record Candidate(long pair, int count) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return count != other.count ? Integer.compare(other.count, count) : Long.compare(pair, other.pair);
    }
  }

  BytePairTraining(Map<String, Integer> wordCounts) {
    words = new int[wordCounts.size()][];
    counts = new int[words.length];
    int next = 0;
    for (Map.Entry<String, Integer> entry : wordCounts.entrySet()) {
      words[next] = BytePairs.byteTokens(entry.getKey());
      counts[next] = entry.getValue();
      count(next++, 1);
    }
    pairs.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  static int left(long pair) {
    return (int) (pair >>> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  private void count(int word, int sign) {
    int[] tokens = words[word];
    for (int i = 0; i + 1 < tokens.length; i++) {
      long pair = pair(tokens[i], tokens[i + 1]);
      pairs.merge(pair, sign * counts[word], Integer::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
      }
    }
  }

  /** The pairs in the order in which they were joined, at most so many. */
  long[] train(int most) {
    long[] merges = new long[Math.max(0, most)];
    int made = 0;
    while (made < merges.length && !queue.isEmpty()) {
      Candidate best = queue.poll();
      int count = pairs.getOrDefault(best.pair, 0);
      if (count != best.count) {
        continue;
      }
      if (count < 2) {
        break;
      }
      merges[made] = best.pair;
      join(best.pair, BytePairs.BYTES + made++);
    }
    return java.util.Arrays.copyOf(merges, made);
  }

  private void join(long pair, int token) {
    Set<Long> changed = new HashSet<>();
    for (int word : places.remove(pair)) {
      changed(word, changed);
      count(word, -1);
      words[word] = join(words[word], pair, token);
      count(word, 1);
      changed(word, changed);
    }
    changed.forEach(p -> queue.add(new Candidate(p, pairs.getOrDefault(p, 0))));
  }

  private void changed(int word, Set<Long> changed) {
    for (int i = 0; i + 1 < words[word].length; i++) {
      changed.add(pair(words[word][i], words[word][i + 1]));
    }
  }

  /** The tokens with each such pair, from the left, as one. */
  static int[] join(int[] tokens, long pair, int token) {
    int[] joined = new int[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (i + 1 < tokens.length && pair(tokens[i], tokens[i + 1]) == pair) {
        joined[length++] = token;
        i++;
      } else {
        joined[length++] = tokens[i];
      }
    }
    return java.util.Arrays.copyOf(joined, length);
  }
}
