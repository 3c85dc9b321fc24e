package org.dlm.compiler.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;

/** The inputs of a campaign by number: each follows from the seed and its number alone, so a campaign may be cut in pieces. */
final class FuzzInputs {
  /** Characters of a text that counts as long. */
  private static final int LONG = 2_500;

  /** One in so many mutants is of a large file, which takes as long as dozens of others. */
  private static final int RARELY = 40;

  private final long seed;
  private final List<String> small;
  private final List<String> large;

  FuzzInputs(long seed) {
    this.seed = seed;
    List<Text> texts = Stream.of("model/valid", "computed", "syntax/valid", "../../../../tests/differential")
        .flatMap(folder -> Corpus.files(folder).stream())
        .map(path -> new Text(path.getFileName().toString(), Corpus.read(path).text()))
        .filter(text -> !text.content().isBlank()).toList();
    small = texts.stream().filter(text -> !text.isLarge()).map(Text::content).toList();
    large = texts.stream().filter(Text::isLarge).map(Text::content).toList();
  }

  /** A valid file; the large ones declare large models in few words, or a great deal. */
  private record Text(String name, String content) {
    boolean isLarge() {
      return content.length() > LONG || name.matches("(resnet|gpt|dcgan|unet).*");
    }
  }

  String get(int number) {
    Random random = new Random(seed * 1_000_003 + number * 0x9E3779B97F4A7C15L);
    if (number % 5 == 0) {
      return GrammarSentences.file(random, 10 + random.nextInt(150));
    }
    return new Mutants(random.nextInt(RARELY) == 0 ? large : small, small, random).next();
  }
}
