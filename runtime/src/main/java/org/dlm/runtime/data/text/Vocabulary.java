package org.dlm.runtime.data.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataDescription;

/** Text to numbers of tokens and back. Checkpoints of models of text keep theirs. */
public sealed interface Vocabulary permits Characters, Words, BytePairs {
  /** What a checkpoint's metadata calls the way text is cut into tokens, and the tokens. */
  String KIND = "tokens";

  String TOKENS = "vocabulary";

  /** How many tokens there are; their numbers are 0 to below. */
  int size();

  /** The tokens of a text. */
  int[] encode(String text);

  /** The text of tokens. */
  String decode(int... tokens);

  /** {@code characters}, {@code words} or {@code bpe}. */
  String kind();

  /** All tokens in one text, from which {@link #of} makes the vocabulary again. */
  String write();

  /** What a data set tells of it. */
  default Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(KIND, kind());
    facts.put(TOKENS, write());
    return facts;
  }

  /** A token for each character of a text, which are in the order of their code points. */
  static Vocabulary ofCharacters(String characters) {
    return Characters.read(characters);
  }

  /** The vocabulary among the facts of a data set; empty where it was no text. */
  static Optional<Vocabulary> of(Map<String, String> facts) {
    String kind = facts.get(KIND);
    String written = facts.get(TOKENS);
    if (kind == null || written == null) {
      return Optional.empty();
    }
    if (written.isEmpty()) {
      throw DataDescription.damaged(TOKENS, facts);
    }
    return Optional.of(switch (kind) {
      case "characters" -> Characters.read(written);
      case "words" -> Words.read(written);
      case "bpe" -> BytePairs.read(written);
      default -> throw new InputProblem("text in `" + kind + "` is not known here", "Use the version that wrote it.");
    });
  }
}
