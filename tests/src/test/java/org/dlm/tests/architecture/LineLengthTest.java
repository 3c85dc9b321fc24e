package org.dlm.tests.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** No line of a source is longer than a page is wide, but for texts that stand in it as they are. */
class LineLengthTest {
  private static final int WIDTH = 120;

  @Test
  void noSourceLineIsLongerThanThePage() throws IOException {
    List<String> tooLong = new ArrayList<>();
    try (var modules = Files.list(Path.of("..")).filter(m -> Files.isDirectory(m.resolve("src/main/java")))) {
      List<Path> folders = modules.map(m -> m.resolve("src/main/java")).toList();
      Assertions.assertThat(folders).hasSizeGreaterThanOrEqualTo(4);
      for (Path folder : folders) {
        look(folder, tooLong);
      }
    }
    Assertions.assertThat(tooLong).isEmpty();
  }

  /** The sources made of the zoo, as kept in the goldens. */
  @Test
  void norIsALineOfGeneratedCode() throws IOException {
    List<String> tooLong = new ArrayList<>();
    look(Path.of("golden/java"), tooLong);
    Assertions.assertThat(tooLong).isEmpty();
  }

  private static void look(Path folder, List<String> tooLong) throws IOException {
    try (var files = Files.walk(folder).filter(f -> f.toString().endsWith(".java"))) {
      for (Path file : files.toList()) {
        List<String> lines = Files.readAllLines(file);
        boolean text = false;
        for (int i = 0; i < lines.size(); i++) {
          text ^= lines.get(i).split("\"\"\"", -1).length % 2 == 0;
          if (!text && lines.get(i).codePointCount(0, lines.get(i).length()) > WIDTH) {
            tooLong.add(file + ":" + (i + 1));
          }
        }
      }
    }
  }
}
