package org.dlm.runtime.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;

/**
 * Byte-pair encoding (Sennrich et al., 2016): tokens 0 to 255 are the bytes of UTF-8, each further one is a pair of
 * tokens before it that stood side by side most often. Pairs never go across the border of a word, to which the space
 * in front of it belongs. Any text can be encoded.
 */
public final class BytePairs implements Vocabulary {
  static final int BYTES = 256;
  private static final int LARGEST_CACHE = 1 << 16;
  private static final Pattern WORD =
      Pattern.compile(" ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private final long[] merges;
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final byte[][] bytes;
  private final Map<String, int[]> cache = new HashMap<>();

  private BytePairs(long[] merges) {
    this.merges = merges;
    bytes = new byte[BYTES + merges.length][];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = new byte[] {(byte) i};
    }
    for (int i = 0; i < merges.length; i++) {
      ranks.put(merges[i], BYTES + i);
      byte[] left = bytes[BytePairTraining.left(merges[i])];
      byte[] right = bytes[BytePairTraining.right(merges[i])];
      byte[] both = Arrays.copyOf(left, left.length + right.length);
      System.arraycopy(right, 0, both, left.length, right.length);
      bytes[BYTES + i] = both;
    }
  }

  /** Counts the words of a text that comes in pieces. */
  static final class Collector implements TextFile.Piece {
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public void take(String text) {
      words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
    }

    /** As many tokens as asked for, fewer where nothing stands side by side twice. */
    BytePairs made(int size) {
      return new BytePairs(new BytePairTraining(counts).train(size - BYTES));
    }
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(r -> r.group()).toList();
  }

  static int[] byteTokens(String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length).map(i -> utf8[i] & 0xFF).toArray();
  }

  static BytePairs read(String written) {
    try {
      return new BytePairs(written.lines().mapToLong(line -> {
        String[] pair = line.split(" ");
        return BytePairTraining.pair(Integer.parseInt(pair[0]), Integer.parseInt(pair[1]));
      }).toArray());
    } catch (RuntimeException e) {
      throw new InputProblem("the byte pairs of the vocabulary are damaged", "Use another checkpoint.", e);
    }
  }

  @Override
  public int size() {
    return bytes.length;
  }

  @Override
  public synchronized int[] encode(String text) {
    return words(text).stream().flatMapToInt(word -> {
      if (cache.size() > LARGEST_CACHE) {
        cache.clear();
      }
      return Arrays.stream(cache.computeIfAbsent(word, this::encodeWord));
    }).toArray();
  }

  /** Joins the pair that was found first in training, again and again. */
  private int[] encodeWord(String word) {
    int[] tokens = byteTokens(word);
    while (true) {
      int first = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < tokens.length; i++) {
        first = Math.min(first, ranks.getOrDefault(BytePairTraining.pair(tokens[i], tokens[i + 1]), first));
      }
      if (first == Integer.MAX_VALUE) {
        return tokens;
      }
      tokens = BytePairTraining.join(tokens, merges[first - BYTES], first);
    }
  }

  @Override
  public String decode(int... tokens) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(tokens).forEach(t -> out.writeBytes(bytes[t]));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String kind() {
    return "bpe";
  }

  @Override
  public String write() {
    return Arrays.stream(merges).mapToObj(m -> BytePairTraining.left(m) + " " + BytePairTraining.right(m))
        .collect(Collectors.joining("\n"));
  }

  /** The texts of the tokens, for looking at. */
  List<String> tokens() {
    List<String> texts = new ArrayList<>();
    for (byte[] token : bytes) {
      texts.add(new String(token, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
