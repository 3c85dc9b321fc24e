package org.dlm.runtime.data.text;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.dlm.runtime.InputProblem;

/** A token for each character (Unicode code point) of a text, in the order of their code points. */
public final class Characters implements Vocabulary {
  private final int[] characters;

  private Characters(int[] characters) {
    this.characters = characters;
  }

  /** Collects the characters of a text that comes in pieces. */
  static final class Collector implements TextFile.Piece {
    private final Set<Integer> seen = new TreeSet<>();
    private final boolean[] ascii = new boolean[128];

    @Override
    public void take(String text) {
      text.codePoints().forEach(c -> {
        if (c < ascii.length) {
          ascii[c] = true;
        } else {
          seen.add(c);
        }
      });
    }

    Characters made() {
      for (int c = 0; c < ascii.length; c++) {
        if (ascii[c]) {
          seen.add(c);
        }
      }
      return new Characters(seen.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  static Characters read(String written) {
    return new Characters(written.codePoints().toArray());
  }

  @Override
  public int size() {
    return characters.length;
  }

  @Override
  public int[] encode(String text) {
    return text.codePoints().map(c -> {
      int token = Arrays.binarySearch(characters, c);
      if (token < 0) {
        throw new InputProblem("the character `" + Character.toString(c) + "` is not in the vocabulary",
            "It has " + characters.length + " characters: " + write().replace("\n", "\\n"));
      }
      return token;
    }).toArray();
  }

  @Override
  public String decode(int... tokens) {
    StringBuilder out = new StringBuilder();
    Arrays.stream(tokens).forEach(t -> out.appendCodePoint(characters[t]));
    return out.toString();
  }

  @Override
  public String kind() {
    return "characters";
  }

  @Override
  public String write() {
    return new String(characters, 0, characters.length);
  }
}
