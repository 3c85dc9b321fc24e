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

  private static final List<String> POINTWISE = List.of("relu", "tanh", "sigmoid", "exp", "log1p", "sqrt", "abs", "sign", "floor",
      "sin", "erf", "gelu", "silu", "softplus", "softmax", "log_softmax", "stop", "square", "neg", "hardswish", "round", "identity");
  private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "**", "<", "==", "%");

  /** What may be put around a tensor {@code X}. */
  private static final List<String> ROUND = List.of("(X + X)", "stop(X)", "softmax(X, axis = 0)", "(X * X)",
      "flip(X, axes = 0)",
      "cumsum(X, axis = 0)", "sum(X, axes = -1, keep = true)", "(X - mean(X))", "amax(X, axes = 0)", "clamp(X, -1.0, 1.0)",
      "select(X > 0, X, 0.5)", "float(X > 0)", "reshape(X, shape(X))", "concat([X, X], axis = 0)", "X[..., :1]", "X[0]",
      "transpose(X)", "float(argmax(X, axis = 0))", "dropout(X, 0.5)", "(X ** 2.0)", "norm(X)", "broadcast(sum(X), shape(X))",
      "(X |> relu |> exp)", "normal_like(X)", "X, X", "full_like(X, 2.0)", "one_hot(int(X), 3)", "pad(X, [1])",
      "(if training then X else 2 * X)");

  private final List<String> seeds;
  private final List<String> texts;
  private final Random random;

  /** Mutants of the seeds, with words and lines of the texts. */
  Mutants(List<String> seeds, List<String> texts, Random random) {
    this.seeds = seeds;
    this.texts = texts;
    this.random = random;
  }

  String next() {
    String text = any(seeds);
    for (int i = random.nextInt(3); i >= 0; i--) {
      String changed = random.nextInt(4) == 0 ? lines(text) : words(text);
      text = changed.isBlank() ? text : changed;
    }
    return text;
  }

  private String words(String text) {
    List<String> words = new ArrayList<>(List.of(WORDS.split(text)));
    int at = notBlank(words);
    switch (random.nextInt(9)) {
      case 0 -> words.remove(at);
      case 1 -> words.set(at, any(STRANGE));
      case 2 -> words.set(at, any(words));
      case 3 -> words.add(at, any(words));
      case 4 -> words.set(at, any(List.of(WORDS.split(any(texts)))));
      case 5 -> number(words);
      default -> likely(words);
    }
    return String.join("", words);
  }

  private int notBlank(List<String> words) {
    int at = random.nextInt(words.size());
    for (int i = 0; i < 20 && words.get(at).isBlank(); i++) {
      at = random.nextInt(words.size());
    }
    return at;
  }

  /** A change that may well make another valid program. */
  private void likely(List<String> words) {
    for (int i = 0; i < 50; i++) {
      int at = random.nextInt(words.size());
      String word = words.get(at);
      if (POINTWISE.contains(word)) {
        words.set(at, any(POINTWISE));
        return;
      }
      if (OPERATORS.contains(word) && at > 0 && words.get(at - 1).isBlank()) {
        words.set(at, any(OPERATORS));
        return;
      }
      if (word.matches("xs?|y|h|q|k|v|t")) {
        words.set(at, any(ROUND).replace("X", word));
        return;
      }
      if (word.matches("[1-9]\\d?")) {
        words.set(at, Integer.toString(Integer.parseInt(word) + random.nextInt(3) - 1));
        return;
      }
    }
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
