package org.dlm.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions and answers, from the files of the folder {@code cases}: {@code === title}, then files {@code --- main.dlm},
 * in which {@code ‸} is the cursor, then what is asked, {@code --- ? hover}, with the answer below. With
 * {@code -Dupdate=true} the answers are written into the files.
 */
class EditorCasesTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/dlm/editor/cases");
  private static final boolean UPDATE = Boolean.getBoolean("update");

  @TempDir private static Path temporary;
  private static ServedEditor editor;

  @BeforeAll
  static void start() {
    editor = new ServedEditor(temporary.resolve("cache"), temporary);
  }

  @AfterAll
  static void stop() {
    assertThat(editor.end()).isTrue();
  }

  /** A part of a case: a file or a question, with the lines below it. */
  private record Part(String head, List<String> lines) {
    boolean isQuestion() {
      return head.startsWith("? ");
    }

    String text() {
      List<String> all = new ArrayList<>(lines);
      while (!all.isEmpty() && all.getLast().isBlank()) {
        all.removeLast();
      }
      return String.join("\n", all);
    }
  }

  private record Case(String title, List<Part> parts) {}

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".case")).sorted().toList()) {
        List<Case> cases = read(file);
        for (int i = 0; i < cases.size(); i++) {
          Case one = cases.get(i);
          Path folder = temporary.resolve(file.getFileName() + "-" + i);
          tests.add(dynamicTest(file.getFileName() + ": " + one.title(), () -> run(one, folder)));
        }
        if (UPDATE) {
          tests.add(dynamicTest("write " + file.getFileName(), () -> update(file, cases)));
        }
      }
    }
    return tests.stream();
  }

  private static List<Case> read(Path file) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("=== ")) {
        cases.add(new Case(line.substring(4), new ArrayList<>()));
      } else if (line.startsWith("--- ")) {
        cases.getLast().parts().add(new Part(line.substring(4), new ArrayList<>()));
      } else if (!cases.isEmpty() && !cases.getLast().parts().isEmpty()) {
        cases.getLast().parts().getLast().lines().add(line);
      }
    }
    return cases;
  }

  private static void run(Case one, Path folder) throws IOException {
    Questions questions = questions(one, folder);
    boolean asked = false;
    for (Part part : one.parts()) {
      if (part.isQuestion()) {
        asked = true;
        String answer = questions.ask(part.head().substring(2));
        if (UPDATE) {
          part.lines().clear();
          part.lines().addAll(answer.lines().toList());
          part.lines().add("");
        } else {
          assertThat(answer).as(part.head()).isEqualTo(part.text());
        }
      }
    }
    assertThat(asked).isTrue();
    assertThat(editor.log()).isEmpty();
    questions.close();
  }

  private static Questions questions(Case one, Path folder) throws IOException {
    Files.createDirectories(folder);
    Questions questions = new Questions(editor, folder);
    for (Part part : one.parts()) {
      if (!part.isQuestion()) {
        String text = part.text() + "\n";
        String name = part.head().replaceFirst(" .*", "");
        questions.file(name, part.head().endsWith(" with Windows line ends") ? text.replace("\n", "\r\n") : text);
      }
    }
    questions.open();
    return questions;
  }

  private static void update(Path file, List<Case> cases) throws IOException {
    StringBuilder out = new StringBuilder();
    for (Case one : cases) {
      out.append("=== ").append(one.title()).append('\n');
      for (Part part : one.parts()) {
        out.append("--- ").append(part.head()).append('\n').append(part.text()).append("\n\n");
      }
    }
    Files.writeString(file, out.toString().stripTrailing() + "\n");
  }
}
