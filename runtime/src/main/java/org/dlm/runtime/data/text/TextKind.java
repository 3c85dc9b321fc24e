package org.dlm.runtime.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;

/** A text file for models that tell what comes next. */
public final class TextKind implements DataKind {
  /** The fact that lines were examples of their own. */
  public static final String LINES = "lines";

  private static final List<String> OPTIONS =
      List.of("tokens", "vocabulary", "sequence", "stride", "target", "lines", "validation", "test");
  private static final int USUAL_VOCABULARY = 1024;
  private static final int MOST_IN_MEMORY = 256 << 20;

  /** Everybody is tested on the same lines. */
  private static final long SEED = 20;

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String usage() {
    return "text:FILE     a text in windows: ids [64], next [64]; options: tokens=characters|words|bpe,"
        + " vocabulary=1024 (words, bpe), sequence=64, stride=64, target=all|last, lines=keep|shuffle|each,"
        + " validation=0, test=0.1";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(OPTIONS);
    Path file = spec.file();
    int length = spec.count("sequence", 64, 1);
    int stride = spec.count("stride", length, 1);
    boolean onlyLast = spec.choice("target", "all", "last").equals("last");
    double test = spec.share("test", 0.1);
    double validation = spec.share("validation", 0);
    if (test + validation >= 1) {
      throw new InputProblem("text options test and validation leave nothing to train on", "Write test=0.1.");
    }
    Vocabulary vocabulary = vocabulary(spec, file);
    String lines = spec.choice("lines", "keep", "shuffle", "each");
    if (lines.equals("each")) {
      return lines(spec, file, vocabulary, onlyLast ? length : 0);
    }
    Tokens tokens = tokens(file, vocabulary, lines.equals("shuffle"));
    int testFrom = (int) Math.round(tokens.count() * (1 - test));
    int trainEnd = (int) Math.round(tokens.count() * (1 - test - validation));
    int size = vocabulary.size();
    TextWindows train = new TextWindows(file.toString(), tokens, 0, trainEnd, length, stride, onlyLast, size);
    TextWindows last = new TextWindows(file.toString(), tokens, testFrom, tokens.count(), length, length, onlyLast,
        size);
    TextWindows middle = validation == 0 ? last
        : new TextWindows(file.toString(), tokens, trainEnd, testFrom, length, length, onlyLast, size);
    if (train.count() == 0 || last.count() == 0 || middle.count() == 0) {
      throw new InputProblem(file + ": " + tokens.count() + " tokens are not enough for windows of " + length
          + " to train, validate and test", "Give more text, a smaller `,sequence=16` or another share `,test=0.3`.");
    }
    return new DataSet(file.getFileName().toString(), train, middle, last,
        "none; " + tokens.count() + " tokens, " + size + " different " + vocabulary.kind(), List.of(),
        vocabulary.facts());
  }

  private static Vocabulary vocabulary(DataSpec spec, Path file) {
    int size = spec.count("vocabulary", USUAL_VOCABULARY, 2);
    if (size > Tokens.LARGEST_VOCABULARY) {
      throw spec.notUnderstood("vocabulary", "At most " + Tokens.LARGEST_VOCABULARY + " are possible.");
    }
    switch (spec.choice("tokens", "characters", "words", "bpe")) {
      case "words" -> {
        Words.Collector words = new Words.Collector();
        TextFile.read(file, words);
        return words.made(size);
      }
      case "bpe" -> {
        if (size <= BytePairs.BYTES) {
          throw spec.notUnderstood("vocabulary", "The first " + BytePairs.BYTES + " are the bytes: write more.");
        }
        BytePairs.Collector pairs = new BytePairs.Collector();
        TextFile.read(file, pairs);
        return pairs.made(size);
      }
      default -> {
        Characters.Collector characters = new Characters.Collector();
        TextFile.read(file, characters);
        return characters.made();
      }
    }
  }

  /** Each line an example, or with a context each of its tokens. */
  private static DataSet lines(DataSpec spec, Path file, Vocabulary vocabulary, int context) {
    if (!(vocabulary instanceof Characters) || vocabulary.decode(0).charAt(0) != '\n') {
      throw new InputProblem(file + ": lines=each needs tokens=characters, and the end of a line as the first of them",
          "Use lines=shuffle, or a file without tabs.");
    }
    int[][] all = shuffled(file).stream().map(vocabulary::encode).toArray(int[][]::new);
    int testFrom = (int) Math.round(all.length * (1 - spec.share("test", 0.1)));
    int trainEnd = (int) Math.round(all.length * (1 - spec.share("test", 0.1) - spec.share("validation", 0)));
    LineSource[] parts = new LineSource[3];
    int[] bounds = {0, trainEnd, testFrom, all.length};
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new LineSource(file.toString(), Arrays.copyOfRange(all, bounds[i], bounds[i + 1]), context,
          vocabulary.size());
    }
    Map<String, String> facts = new LinkedHashMap<>(vocabulary.facts());
    facts.put(LINES, "each");
    LineSource validation = trainEnd == testFrom ? parts[2] : parts[1];
    if (parts[0].count() == 0 || parts[2].count() == 0) {
      throw new InputProblem(file + ": " + all.length + " lines are not enough to train and test",
          "Give more lines, or another share `,test=0.3`.");
    }
    return new DataSet(file.getFileName().toString(), parts[0], validation, parts[2],
        "none; " + all.length + " lines, " + vocabulary.size() + " different characters", List.of(),
        facts);
  }

  private static List<String> shuffled(Path file) {
    List<String> lines = new ArrayList<>();
    TextFile.read(file, text -> text.lines().forEach(lines::add));
    Collections.shuffle(lines, new Random(SEED));
    return lines;
  }

  private static Tokens tokens(Path file, Vocabulary vocabulary, boolean shuffleLines) {
    Tokens.Writer writer = new Tokens.Writer(MOST_IN_MEMORY);
    try {
      if (shuffleLines) {
        for (String line : shuffled(file)) {
          writer.add(vocabulary.encode(line + "\n"));
        }
      } else {
        TextFile.read(file, text -> writer.add(vocabulary.encode(text)));
      }
      return writer.finish();
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be kept as tokens: " + e.getMessage(),
          "Is there room in the folder for temporary files?", e);
    }
  }
}
