package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Explain;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.onnx.ExportOnnx;
import org.dlm.compiler.onnx.NotInOnnx;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPagesTests {
  private static final Pattern EXAMPLE = Pattern.compile("```dlm\n(.*?)```", Pattern.DOTALL);

  /** The sentence of a page whose mistake is still accepted; whoever makes the compiler report it takes it out. */
  private static final String NOT_YET = "This version of the compiler does not report it yet.";

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAPageWhoseMistakeIsReportedAndWhoseWayOutWorks(Code code) {
    String page = Explain.page(code.id()).orElseThrow();
    assertThat(page).startsWith("# " + code.id() + ": " + code.title() + "\n");
    assertThat(page).contains("\n## The mistake\n", "\n## The way out\n");
    List<String> examples = EXAMPLE.matcher(page).results().map(MatchResult::group)
        .map(block -> block.substring("```dlm\n".length(), block.length() - 3)).toList();
    assertThat(examples).hasSize(2);
    List<Diagnostic> mistake = check(code, examples.get(0));
    String rendered = Render.text(mistake, false);
    if (page.contains(NOT_YET)) {
      assertThat(mistake).as("%s is reported now: take the sentence out of its page", code).noneMatch(d -> d.code() == code);
    } else if (code != Code.E0109 && code != Code.W0907) { // which are of files, and have no text to show
      assertThat(mistake.stream().map(Diagnostic::code)).as(rendered).containsExactly(code);
    }
    assertThat(check(code, examples.get(1)).stream().map(d -> Render.text(d, false))).isEmpty();
  }

  private static List<Diagnostic> check(Code code, String text) {
    Result result = compiled(code, text);
    return code == Code.E0801 ? exported(result) : result.diagnostics();
  }

  /** What `dlm export` says of the first function. */
  private static List<Diagnostic> exported(Result result) {
    ModelSpec.Function function = result.models().getFirst().functions().getFirst();
    try {
      ExportOnnx.write(function.inference(), "", path -> new byte[32], OutputStream.nullOutputStream());
      return result.diagnostics();
    } catch (NotInOnnx problem) {
      return List.of(problem.diagnostic(function.span()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result compiled(Code code, String text) {
    // an example of several files names each in a comment
    List<SourceFile> files = new ArrayList<>();
    for (String part : text.split("(?m)^(?=// \\w+\\.dlm$)")) {
      files.add(new SourceFile(code + (files.isEmpty() ? "" : "-" + files.size()) + ".dlm", part));
    }
    return Compiler.checkSources(files, Options.DEFAULT);
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
