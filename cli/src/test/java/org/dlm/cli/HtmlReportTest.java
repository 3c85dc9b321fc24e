package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String MODEL = """
      package page
      model Small {
        net = [Linear(3), relu]
        fn forward(x: [N, 4]) -> [N, 3] = net(x)   // a < b & "c"
      }
      """;

  @TempDir Path folder;

  @Test
  void theSourceIsLinkedWithGraphAndJava() throws Exception {
    Path model = Files.writeString(folder.resolve("small.dlm"), MODEL);
    Path page = folder.resolve("report.html");
    assertThat(dlm("inspect", model.toString(), "--html", page.toString()).code()).isZero();
    String html = Files.readString(page);
    assertThat(html).contains("<div class=\"l\" data-p=\"small.dlm:4\"><i>   4  </i>", "// a &lt; b &amp; &quot;c&quot;")
        .containsPattern("data-p=\"small.dlm:3\">  %\\d+ = einsum")
        .contains("public final class Small").doesNotContain("$$Lambda");
    // the declaration below a comment with a place belongs to that place
    assertThat(html).containsPattern("data-p=\"small.dlm:4\">  public FloatTensor forward");
    for (String stage : new String[] {"typed", "graph", "gradient", "plan", "java"}) {
      assertThat(html.contains("<button>" + stage + "</button>") || stage.equals("gradient")).as(stage).isTrue();
    }
  }

  @Test
  void nothingIsWrittenWhereItCannotBe() throws Exception {
    Path model = Files.writeString(folder.resolve("small.dlm"), MODEL);
    assertThat(dlm("inspect", model.toString(), "--html", folder.resolve("small.dlm/report.html").toString())).satisfies(s -> {
      assertThat(s.code()).isEqualTo(1);
      assertThat(s.err()).contains("small.dlm");
    });
    Path broken = Files.writeString(folder.resolve("broken.dlm"), MODEL.replace("relu", "rleu"));
    assertThat(dlm("inspect", broken.toString(), "--html", folder.resolve("b.html").toString()).code()).isEqualTo(1);
    assertThat(folder.resolve("b.html")).doesNotExist();
  }
}
