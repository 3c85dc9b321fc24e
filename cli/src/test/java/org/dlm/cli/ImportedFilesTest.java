package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on files that import from a folder, and what they say of regions that are computed again. */
class ImportedFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void importsAreFoundInThePath() throws Exception {
    write("library/parts/block.dlm", """
        package parts
        #remat
        layer Block(n: int) = [Linear(4 * n), gelu, Linear(n)]
        """);
    Path user = write("user.dlm", """
        package app
        import parts.{Block}
        model Net {
          net = [Block(8), Block(8)]
          fn loss(x: [N, 8]) -> [] = mean(net(x))
        }
        """);
    String path = folder.resolve("library").toString();
    assertThat(dlm("check", user.toString(), "--path", path).code()).isZero();
    assertThat(dlm("check", user.toString()).err()).contains("E0701", "--path");
    assertThat(dlm("check", user.toString(), "--path", folder.resolve("none").toString()).err()).contains("E0109");
    assertThat(dlm("summary", user.toString(), "--path", path, "--dims", "N=32").out())
        .contains("`loss`: #remat computes 2 parts again in the backward pass", "at N = 32");
  }

  @Test
  void packagesBesideTheFileAreFoundWhereFoldersAreNamedAsPackages() throws Exception {
    write("models/zoo/parts/block.dlm", """
        package zoo.parts
        import zoo.deep.{Inner}
        layer Block(n: int) = [Inner(), Linear(n)]
        """);
    write("models/zoo/deep/inner.dlm", "package zoo.deep\nlayer Inner() = [Linear(4), relu]\n");
    String text = """
        package zoo.app
        import zoo.parts.Block
        model Net {
          net = Block(8)
          fn loss(x: [N, 8]) -> [] = mean(net(x))
        }
        """;
    assertThat(dlm("check", write("models/zoo/app/net.dlm", text).toString()).err()).contains("no errors");
    assertThat(dlm("check", write("models/zoo/elsewhere/net.dlm", text).toString()).err()).contains("E0701");
  }

  @Test
  void warningsAreDiagnosticsTooAndNoErrors() throws Exception {
    Path user = write("lints.dlm", """
        model Net {
          net = Linear(8)
          spare = relu
          fn forward(x: [N, 8]) -> [N, 8] = net(x)
        }
        """);
    assertThat(dlm("check", user.toString(), "--json")).satisfies(s -> {
      assertThat(s.code()).isZero();
      assertThat(s.out()).contains("\"W906\"", "warning");
    });
    Path quiet = write("quiet.dlm", Files.readString(user).replace("  spare", "  #allow(\"W906\")\n  spare"));
    assertThat(dlm("check", quiet.toString(), "--json").out()).isBlank();
  }
}
