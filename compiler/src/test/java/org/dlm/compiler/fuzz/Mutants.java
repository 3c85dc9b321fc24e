package org.dlm.compiler.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Valid files with something wrong: words and lines taken out, doubled, moved, swapped between files, numbers made strange. */
final class Mutants {
  private static final Pattern WORDS = Pattern.compile("(?<=\\W)|(?=\\W)");
  private static final List<String> STRANGE = List.of("x", "N", "0", "-1", "[", "]", "(", ")", "relu", "Linear(2)", "|>", "_", "...",
      "-", "2.5", "\"s\"", "if", "training", "1000000", "2147483648", "inf", "[]", "[2, 3]", "i32", "sum(", "axis = 1", "along",
      "for", "yield", "#remat", "#frozen", "grad (dy) = dy", "stop(", "x[:, 0]", "%", "@", "**", "not", "and", "shape(x)");

  private final List<String> texts;
  private final Random random;

  Mutants(List<String> texts, Random random) {
    this.texts = texts;
    this.random = random;
  }

  String next() {
    String text = any(texts);
    for (int i = random.nextInt(3); i >= 0; i--) {
      String changed = random.nextInt(4) == 0 ? lines(text) : words(text);
      text = changed.isBlank() ? text : changed;
    }
    return text;
  }

  private String words(String text) {
    List<String> words = new ArrayList<>(List.of(WORDS.split(text)));
    int at = random.nextInt(words.size());
    switch (random.nextInt(6)) {
      case 0 -> words.remove(at);
      case 1 -> words.set(at, any(STRANGE));
      case 2 -> words.set(at, any(words));
      case 3 -> words.add(at, any(words));
      case 4 -> words.set(at, any(List.of(WORDS.split(any(texts)))));
      default -> number(words);
    }
    return String.join("", words);
  }

  private void number(List<String> words) {
    for (int i = 0; i < 20; i++) {
      int at = random.nextInt(words.size());
      if (words.get(at).matches("\\d+")) {
        words.set(at, any(List.of("0", "1", "2", "3", "5", "17", "64", "100000", "4294967296")));
        return;
      }
    }
  }

  private String lines(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, any(lines));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      default -> lines.set(at, any(any(texts).lines().toList()));
    }
    return String.join("\n", lines) + "\n";
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
