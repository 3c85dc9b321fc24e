package org.dlm.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** Models with a word or two wrong: whatever is wrong, it is said, and a model is never dropped in silence. */
class MutatedModelsTests {
  private static final int TRIES = 400;
  private static final List<String> WORDS = List.of("x", "N", "3", "0", "[", "]", "(", ")", "relu", "Linear(2)", "|>", "_", "...", "-",
      "2.5", "\"s\"", "if", "training", "1000000", "-1");

  @Test
  void everyMutationIsAnswered() {
    List<String> texts = Stream.concat(Corpus.files("model/valid").stream(), Corpus.files("computed").stream())
        .filter(path -> !path.toString().contains("resnet") && !path.toString().contains("gpt") && !path.toString().contains("dcgan"))
        .map(path -> Corpus.read(path).text()).toList();
    Random random = new Random(7);
    for (int i = 0; i < TRIES; i++) {
      String text = mutated(texts.get(random.nextInt(texts.size())), random);
      Result result = Compiler.checkSources(List.of(new SourceFile("mutated.dlm", text)), Options.DEFAULT);
      long declared = text.lines().filter(line -> line.startsWith("model ")).count();
      assertThat(result.hasErrors() || result.models().size() >= declared).as("a reason for what is missing from\n%s", text).isTrue();
    }
  }

  private static String mutated(String text, Random random) {
    List<String> words = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)")));
    int at = random.nextInt(words.size());
    switch (random.nextInt(3)) {
      case 0 -> words.remove(at);
      case 1 -> words.set(at, WORDS.get(random.nextInt(WORDS.size())));
      default -> words.set(at, words.get(random.nextInt(words.size())));
    }
    return String.join("", words);
  }
}
