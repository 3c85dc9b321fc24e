package org.dlm.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Explain;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPagesTests {
  private static final Pattern EXAMPLE = Pattern.compile("```dlm\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAPageWithAMistakeAndAWayOut(Code code) {
    String page = Explain.page(code.id()).orElseThrow();
    assertThat(page).startsWith("# " + code.id() + ": " + code.title() + "\n");
    assertThat(page).contains("\n## The mistake\n", "\n## The way out\n");
    List<String> examples = EXAMPLE.matcher(page).results().map(MatchResult::group)
        .map(block -> block.substring("```dlm\n".length(), block.length() - 3)).toList();
    assertThat(examples).hasSize(2);
    boolean ofTheText = code.compareTo(Code.E0107) <= 0;
    List<Code> mistake = parse(examples.get(0));
    assertThat(mistake).isEqualTo(ofTheText ? List.of(code) : List.of());
    assertThat(parse(examples.get(1))).isEmpty();
  }

  private static List<Code> parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Parse.file(new SourceFile("example.dlm", text), diagnostics);
    return diagnostics.all().stream().map(d -> d.code()).toList();
  }

  @Test
  void findsPagesInAnyCaseAndNothingElse() {
    assertThat(Explain.page(" e0301 ")).isPresent();
    assertThat(Explain.page("w902")).isPresent();
    assertThat(Explain.page("E9999")).isEmpty();
    assertThat(Explain.page("../../x")).isEmpty();
    assertThat(Explain.page("")).isEmpty();
  }
}
