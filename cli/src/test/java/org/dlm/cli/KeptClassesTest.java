package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands take the classes of an earlier start while nothing has changed that decides them, and say the same. */
class KeptClassesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private Path file;
  private String before;

  @BeforeEach
  void write() throws IOException {
    before = System.getProperty(ClassCache.SETTING);
    System.setProperty(ClassCache.SETTING, folder.resolve("cache").toString());
    Files.createDirectories(folder.resolve("parts"));
    Files.writeString(folder.resolve("parts/blocks.dlm"), """
        package parts

        layer Block(out: int, in: int = _) {
          inner = Linear(out)
          fn forward(x: [N, in]) -> [N, out] = relu(inner(x))
        }
        """);
    file = Files.createDirectories(folder.resolve("main")).resolve("net.dlm");
    Files.writeString(file, text("relu"));
  }

  private static String text(String activation) {
    return """
        package main
        import parts.Block

        model Net {
          net = [flatten, Block(8), %s, Linear(10)]
          fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
          fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] {
            unused = x * 2
            return net(x) |> cross_entropy(label)
          }
        }
        """.formatted(activation);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ClassCache.SETTING);
    } else {
      System.setProperty(ClassCache.SETTING, before);
    }
  }

  private List<Path> entries() throws IOException {
    Path classes = folder.resolve("cache/classes");
    if (!Files.isDirectory(classes)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(classes)) {
      return files.sorted().toList();
    }
  }

  /** The only entry looks old, so that a use of it shows. */
  private void age() throws IOException {
    Files.setLastModifiedTime(entries().getFirst(), LONG_AGO);
  }

  private boolean wasUsed() throws IOException {
    return !Files.getLastModifiedTime(entries().getFirst()).equals(LONG_AGO);
  }

  /** The weights after three steps. */
  private byte[] train(String... options) throws IOException {
    Path out = folder.resolve("net.safetensors");
    List<String> command = new ArrayList<>(List.of("train", file.toString(), "--data", "digits", "--steps", "3", "--out",
        out.toString()));
    command.addAll(List.of(options));
    Spoken spoken = Spoken.dlm(command.toArray(String[]::new));
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.err()).contains("`unused` is never used");
    return Files.readAllBytes(out);
  }

  @Test
  void aSecondStartTakesWhatTheFirstKept() throws IOException {
    byte[] first = train();
    age();
    assertThat(train()).isEqualTo(first);
    assertThat(wasUsed()).isTrue();
    assertThat(entries()).hasSize(1);
  }

  @Test
  void plainNumbersAreSetOnKeptClasses() throws IOException {
    train("--seed", "1", "--batch", "8", "--clip-norm", "0.5", "--accumulate", "2");
    age();
    byte[] kept = train("--seed", "2", "--batch", "16", "--clip-norm", "0.1", "--accumulate", "3");
    assertThat(wasUsed()).isTrue();
    System.setProperty(ClassCache.SETTING, "off");
    byte[] anew = train("--seed", "2", "--batch", "16", "--clip-norm", "0.1", "--accumulate", "3");
    assertThat(kept).isEqualTo(anew);
    assertThat(kept).isNotEqualTo(train("--seed", "1", "--batch", "8", "--clip-norm", "0.5", "--accumulate", "2"));
  }

  @Test
  void whatDecidesTheClassesAsksForNewOnes() throws IOException {
    byte[] first = train();
    Files.writeString(file, text("tanh"));
    assertThat(train()).isNotEqualTo(first);
    assertThat(entries()).hasSize(2);
    Path block = folder.resolve("parts/blocks.dlm");
    Files.writeString(block, Files.readString(block).replace("relu", "sigmoid"));
    byte[] imported = train();
    assertThat(entries()).hasSize(3);
    assertThat(train("--rate", "cosine(0.1)")).isNotEqualTo(imported);
    assertThat(entries()).hasSize(4);
    assertThat(train("--optimizer", "SGD(lr=0.5)")).isNotEqualTo(imported);
    assertThat(entries()).hasSize(5);
    Spoken.dlm("bench", file.toString(), "--dims", "N=2", "--seconds", "0.01");
    assertThat(entries()).hasSize(6);
    Spoken.dlm("bench", file.toString(), "--dims", "N=2", "--seconds", "0.01", "--steps");
    assertThat(entries()).hasSize(7);
  }

  @Test
  void aBrokenEntryIsMadeAnew() throws IOException {
    byte[] first = train();
    byte[] entry = Files.readAllBytes(entries().getFirst());
    entry[entry.length / 2]++;
    Files.write(entries().getFirst(), entry);
    assertThat(train()).isEqualTo(first);
    entry[entry.length / 2]--;
    assertThat(entries()).hasSize(1);
    age();
    assertThat(train()).isEqualTo(first);
    assertThat(wasUsed()).isTrue();
  }

  @Test
  void filesOfWhichSomethingIsSaidWhileJavaIsWrittenAreCompiledEachTime() throws IOException {
    Files.writeString(file.resolveSibling("net.tune"), "model Net 0\nmachine M\na = b\n");
    for (int i = 0; i < 2; i++) {
      Spoken spoken = Spoken.dlm("bench", file.toString(), "--dims", "N=2", "--seconds", "0.01");
      assertThat(spoken.err()).contains("W907");
    }
    assertThat(entries()).isEmpty();
  }

  @Test
  void theProcessThatMakesTheLaunchersArchiveCompilesAgain() throws IOException {
    byte[] first = train();
    age();
    System.setProperty("dlm.compile.again", "true");
    try {
      assertThat(train()).isEqualTo(first);
    } finally {
      System.clearProperty("dlm.compile.again");
    }
    assertThat(wasUsed()).as("written anew").isTrue();
    assertThat(entries()).hasSize(1);
  }

  @Test
  void nothingIsKeptWhereTheUserWantsNone() throws IOException {
    System.setProperty(ClassCache.SETTING, "off");
    train();
    assertThat(entries()).isEmpty();
    assertThat(ClassCache.ofUser()).isEmpty();
  }
}
