package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of the cache of classes: whole or absent, never too many. */
class ClassCacheTest {
  @TempDir Path folder;

  private static Map<String, byte[]> classes(int seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return Map.of("a.One", content, "a.One$Inner", new byte[] {(byte) seed});
  }

  private ClassCache cache(long mostBytes) {
    return new ClassCache(folder.resolve("made/classes"), mostBytes);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("made/classes"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatIsKeptIsFound() throws IOException {
    ClassCache cache = cache(1 << 20);
    assertThat(cache.find("k")).isEmpty();
    cache.keep("k", classes(1, 1000));
    assertThat(cache.find("k").orElseThrow()).containsAllEntriesOf(classes(1, 1000)).hasSize(2);
    assertThat(cache.find("other")).isEmpty();
    assertThat(files()).hasSize(1);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("made/classes"))).hasSize(3);
    }
  }

  @Test
  void anEntryThatIsNotWholeIsNone() throws IOException {
    ClassCache cache = cache(1 << 20);
    cache.keep("k", classes(1, 1000));
    byte[] whole = Files.readAllBytes(files().getFirst());
    for (int at : new int[] {0, 3, 7, 20, whole.length / 2, whole.length - 1}) {
      byte[] broken = whole.clone();
      broken[at] ^= 4;
      Files.write(files().getFirst(), broken);
      assertThat(cache.find("k")).as("byte %d is another", at).isEmpty();
      Files.write(files().getFirst(), Arrays.copyOf(whole, at));
      assertThat(cache.find("k")).as("only %d bytes", at).isEmpty();
    }
    cache.keep("k", classes(1, 1000));
    assertThat(cache.find("k")).isPresent();
  }

  @Test
  void whatWasNotUsedForLongestGoes() throws IOException {
    ClassCache cache = cache(5500);
    for (int i = 0; i < 5; i++) {
      cache.keep("k" + i, classes(i, 1000));
      Files.setLastModifiedTime(folder.resolve("made/classes/k" + i + ".classes"),
          FileTime.from(Instant.now().minusSeconds(1000 - 10 * i)));
    }
    assertThat(cache.find("k0")).as("used again, so the newest").isPresent();
    Path killed = Files.writeString(folder.resolve("made/classes/k7.part"), "half");
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minusSeconds(4000)));
    Path foreign = Files.writeString(folder.resolve("made/classes/README"), "not ours");
    cache.keep("k5", classes(5, 1000));
    assertThat(IntStream.range(0, 6).filter(i -> cache.find("k" + i).isPresent())).containsExactly(0, 4, 5);
    assertThat(killed).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void severalMayKeepAndFindAtOnce() throws Exception {
    ClassCache cache = cache(1 << 20);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> work = IntStream.range(0, 200).<Callable<Boolean>>mapToObj(i -> () -> {
        if (i % 2 == 0) {
          cache.keep("k", classes(1, 20_000));
        }
        return cache.find("k").map(found -> Arrays.equals(found.get("a.One"), classes(1, 20_000).get("a.One")))
            .orElse(i < 8);
      }).toList();
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void whereNothingCanBeWrittenNothingIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    ClassCache cache = new ClassCache(file.resolve("classes"), 1 << 20);
    cache.keep("k", classes(1, 10));
    assertThat(cache.find("k")).isEmpty();
  }
}
