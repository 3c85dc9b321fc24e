package org.dlm.compiler.syntax;

import java.util.Map;

/** What people write who come from other languages, and what it is called here. */
final class ForeignHabits {
  private static final Map<String, String> CHARACTERS = Map.ofEntries(
      Map.entry(";", "statements need no `;`: leave it out"),
      Map.entry("'", "texts stand in double quotes: \"...\""),
      Map.entry("`", "texts stand in double quotes: \"...\""),
      Map.entry("“", "texts stand in plain double quotes: \"...\""),
      Map.entry("”", "texts stand in plain double quotes: \"...\""),
      Map.entry("&", "the logical and is the word `and`"),
      Map.entry("|", "a pipe is written `|>`, the logical or is the word `or`"),
      Map.entry("!", "the logical not is the word `not`"),
      Map.entry("^", "a power is written `**`"),
      Map.entry("?", "a choice is written `if c then a else b`"),
      Map.entry("×", "a product is written `*`, a matrix product `@`"),
      Map.entry("·", "a product is written `*`, a matrix product `@`"),
      Map.entry("−", "a minus is the plain `-`"),
      Map.entry("–", "a minus is the plain `-`"),
      Map.entry("≤", "write `<=`"),
      Map.entry("≥", "write `>=`"),
      Map.entry("≠", "write `!=`"),
      Map.entry("→", "write `->`"),
      Map.entry("…", "write three dots: `...`"),
      Map.entry("\u00a0", "this is a no-break space: replace it by a plain space"),
      Map.entry("\u0000", "this does not look like a text file"),
      Map.entry("\ufffd", "this file was not saved as UTF-8"));

  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry("let", "a name is bound without a word before it: `name = value`"),
      Map.entry("var", "a name is bound without a word before it: `name = value`"),
      Map.entry("val", "a name is bound without a word before it: `name = value`"),
      Map.entry("def", "a function is written `fn name(parameters) -> result = value`"),
      Map.entry("func", "a function is written `fn name(parameters) -> result = value`"),
      Map.entry("function", "a function is written `fn name(parameters) -> result = value`"),
      Map.entry("class", "what has parameters of its own is a `layer`, what is exported a `model`"),
      Map.entry("module", "what has parameters of its own is a `layer`, what is exported a `model`"),
      Map.entry("struct", "what has parameters of its own is a `layer`, what is exported a `model`"),
      Map.entry("while", "the only loop is `for`"),
      Map.entry("elif", "write `else if`"),
      Map.entry("elseif", "write `else if`"),
      Map.entry("assert", "what must hold is written `require condition, \"message\"`"),
      Map.entry("lambda", "there are no functions without a name: declare a `fn`"),
      Map.entry("from", "an import is written `import package.{names}`"));

  private ForeignHabits() {}

  /** Null where nothing is known about the character. */
  static String aboutCharacter(String character) {
    return CHARACTERS.get(character);
  }

  /** Null where nothing is known about the word. */
  static String aboutWord(String word) {
    return WORDS.get(word);
  }
}
