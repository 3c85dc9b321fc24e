package org.dlm.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dlm.runtime.InputProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  @TempDir Path folder;

  private Stream<Path> files() throws IOException {
    return Files.list(folder);
  }

  @Test
  void aProcessThatIsAliveKeepsItsFile() throws Exception {
    Path file = folder.resolve("w.safetensors");
    ProcessHandle alive = ProcessHandle.current().parent().orElseThrow();
    Path marker = folder.resolve(Claim.start(file) + alive.pid());
    Files.writeString(marker, Claim.began(alive));
    assertThatThrownBy(() -> Claim.of(file)).isInstanceOf(InputProblem.class)
        .hasMessageContaining("process " + alive.pid() + " is training into this file");
    Claim.of(folder.resolve("other.safetensors")).close();
    Files.writeString(marker, "another process, which had the same number");
    Claim.of(file).close();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftCountsForNothing() throws IOException {
    Path file = folder.resolve("deep/er/w.safetensors");
    try (Claim claim = Claim.of(file)) {
      Files.writeString(file.resolveSibling(Claim.start(file) + "999999999999999999"), "2026-01-01T00:00:00Z");
      try (Claim again = Claim.of(file)) {
        assertThat(Files.list(file.getParent())).hasSize(1);
      }
    }
    assertThat(Files.list(file.getParent())).isEmpty();
  }
}
