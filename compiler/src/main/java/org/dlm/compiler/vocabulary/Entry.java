package org.dlm.compiler.vocabulary;

import java.util.List;

/**
 * A name of the library as its documentation shows it.
 *
 * @param group the package without {@code dlm.}
 * @param signature the parameters with types and defaults, and the result
 * @param shapes of a layer what its forward function takes and gives, else ""
 * @param prose what it is, in sentences
 * @param torch its equal in PyTorch, "none" where there is none, "" where nobody said
 */
public record Entry(Kind kind, String group, String name, String signature, String shapes, String prose, String torch,
    List<Example> examples) {
  /** What a name stands for. */
  public enum Kind {
    PRIMITIVE, FUNCTION, INITIALISER, LAYER, OPTIMIZER, SCHEDULE;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The first sentence of the prose, on one line. */
  public String sentence() {
    String line = prose.strip().replaceAll("\\s+", " ");
    java.util.regex.Matcher end = java.util.regex.Pattern.compile("[.?](?= [A-Z0-9`]|$)").matcher(line);
    return end.find() ? line.substring(0, end.end()) : line;
  }
}
