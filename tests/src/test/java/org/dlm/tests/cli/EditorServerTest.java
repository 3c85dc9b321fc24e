package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dlm lsp} as an editor starts it. */
class EditorServerTest {
  @TempDir private Path folder;

  @Test
  void anEditorStartsItAndEndsIt() throws IOException, InterruptedException {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    Dlm.Run run = session("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}", "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}").succeeds();
    assertThat(run.out()).startsWith("Content-Length: ").contains("\"hoverProvider\":true", "\"id\":2");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void anEditorThatIsGoneEndsIt() throws IOException, InterruptedException {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    assertThat(session().exitCode()).isEqualTo(1);
  }

  private Dlm.Run session(String... messages) throws IOException, InterruptedException {
    Dlm dlm = new Dlm(folder);
    Process process = dlm.start("lsp");
    try (OutputStream in = process.getOutputStream()) {
      for (String message : messages) {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        in.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        in.write(body);
        in.flush();
      }
    }
    return dlm.finish(process, "lsp");
  }
}
