package org.dlm.runtime.data.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token for each of the most frequent words, signs and ends of lines; token 0 stands for all others. */
public final class Words implements Vocabulary {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+(?:['’][\\p{L}]+)*|\\n|[^\\s\\p{L}\\p{N}_]");
  private static final String UNKNOWN = "<unknown>";
  private static final String LINE = "<line>";

  private final List<String> words;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Words(List<String> words) {
    this.words = List.copyOf(words);
    words.forEach(word -> numbers.put(word, numbers.size()));
  }

  /** Counts the words of a text that comes in pieces. */
  static final class Collector implements TextFile.Piece {
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public void take(String text) {
      split(text).forEach(word -> counts.merge(word, 1, Integer::sum));
    }

    /** The most frequent ones; of equally frequent ones the first by alphabet. */
    Words made(int size) {
      Comparator<Map.Entry<String, Integer>> frequent = Map.Entry.<String, Integer>comparingByValue().reversed()
          .thenComparing(Map.Entry.comparingByKey());
      return new Words(Stream.concat(Stream.of(UNKNOWN),
          counts.entrySet().stream().sorted(frequent).limit(size - 1L).map(Map.Entry::getKey)).toList());
    }
  }

  private static Stream<String> split(String text) {
    return WORD.matcher(text).results().map(r -> r.group().equals("\n") ? LINE : r.group());
  }

  static Words read(String written) {
    return new Words(written.lines().toList());
  }

  @Override
  public int size() {
    return words.size();
  }

  @Override
  public int[] encode(String text) {
    return split(text).mapToInt(word -> numbers.getOrDefault(word, 0)).toArray();
  }

  @Override
  public String decode(int... tokens) {
    StringBuilder out = new StringBuilder();
    for (int token : tokens) {
      String word = words.get(token);
      boolean joined = word.length() == 1 && ".,;:!?)'".contains(word);
      if (word.equals(LINE)) {
        out.append('\n');
      } else {
        boolean first = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        out.append(first || joined ? "" : " ").append(word);
      }
    }
    return out.toString();
  }

  @Override
  public String kind() {
    return "words";
  }

  @Override
  public String write() {
    return words.stream().collect(Collectors.joining("\n"));
  }

  @Override
  public String toString() {
    return "words" + Arrays.toString(words.stream().limit(10).toArray());
  }
}
