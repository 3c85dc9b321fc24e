package org.dlm.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.diagnostic.RenderJson;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** Files with tokens taken out, doubled, swapped and replaced: whatever comes, no exception and no flood of errors. */
class FuzzTests {
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final int MUTANTS = 500;

  @Test
  void mutatedFilesNeverThrow() {
    List<List<String>> seeds = seeds("syntax");
    Random random = new Random(42);
    for (int i = 0; i < MUTANTS; i++) {
      diagnose(mutant(seeds.get(random.nextInt(seeds.size())), 1 + random.nextInt(4), random));
    }
  }

  @Test
  void oneMistakeGivesOneError() {
    List<List<String>> seeds = seeds("syntax/valid");
    Random random = new Random(43);
    for (int i = 0; i < MUTANTS; i++) {
      String text = mutant(seeds.get(random.nextInt(seeds.size())), 1, random);
      // two: what was swapped stood in two places
      assertThat(diagnose(text)).as(text).hasSizeLessThanOrEqualTo(2);
    }
  }

  private static List<List<String>> seeds(String folder) {
    return Corpus.files(folder).stream().map(path -> tokens(Corpus.read(path).text())).toList();
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  private static String mutant(List<String> seed, int changes, Random random) {
    List<String> tokens = new ArrayList<>(seed);
    for (int i = 0; i < changes && tokens.size() > 1; i++) {
      int at = random.nextInt(tokens.size());
      int other = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(other));
        case 2 -> tokens.set(at, tokens.set(other, tokens.get(at)));
        case 3 -> tokens.set(at, tokens.get(other));
        case 4 -> tokens.set(at, Character.toString(random.nextInt(0x300)));
        default -> tokens.subList(at, tokens.size()).clear();
      }
    }
    return String.join("", tokens);
  }

  private static List<Diagnostic> diagnose(String text) {
    Diagnostics diagnostics = new Diagnostics();
    try {
      SourceFile file = new SourceFile("fuzz.dlm", text);
      assertThat(Parse.file(file, diagnostics)).isNotNull();
      for (Diagnostic diagnostic : diagnostics.all()) {
        assertThat(Render.text(diagnostic, false)).contains(diagnostic.code().id());
        assertThat(RenderJson.json(diagnostic)).startsWith("{");
      }
    } catch (RuntimeException problem) {
      throw new AssertionError("this text is not survived:\n" + text, problem);
    }
    return diagnostics.all();
  }
}
