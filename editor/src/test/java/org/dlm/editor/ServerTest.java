package org.dlm.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  private static final String RIGHT = """
      model M {
        net = Linear(3)
        fn forward(x: [N, 4]) -> [N, 3] = net(x)
      }
      """;
  private static final String WRONG = RIGHT.replace("[N, 3]", "[N, 5]");

  @TempDir private Path folder;
  private ServedEditor editor;

  @BeforeEach
  void start() {
    editor = new ServedEditor(folder.resolve("cache"), folder);
  }

  @AfterEach
  void stop() {
    editor.close();
  }

  private String uri(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private static void eventually(BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void mistakesComeAndGoWhileTyping() {
    editor.open(uri("m.dlm"), WRONG);
    assertThat(editor.diagnostics(uri("m.dlm"))).hasSize(1);
    editor.change(uri("m.dlm"), RIGHT);
    assertThat(editor.diagnostics(uri("m.dlm"))).isEmpty();
    editor.change(uri("m.dlm"), WRONG);
    assertThat(editor.diagnostics(uri("m.dlm"))).hasSize(1);
    assertThat(editor.log()).isEmpty();
  }

  @Test
  void aClosedTextShowsNothing() throws InterruptedException {
    editor.open(uri("m.dlm"), WRONG);
    assertThat(editor.diagnostics(uri("m.dlm"))).hasSize(1);
    editor.close(uri("m.dlm"));
    eventually(() -> editor.publications(uri("m.dlm")) == 2);
    assertThat(editor.shown(uri("m.dlm"))).isEmpty();
  }

  @Test
  void whoTypesFastIsNotAnsweredForEveryLetter() {
    editor.open(uri("m.dlm"), RIGHT);
    editor.diagnostics(uri("m.dlm"));
    for (int i = 0; i < 50; i++) {
      editor.change(uri("m.dlm"), RIGHT + "//" + "x".repeat(i) + "\n");
    }
    assertThat(editor.diagnostics(uri("m.dlm"))).isEmpty();
    assertThat(editor.publications(uri("m.dlm"))).isLessThan(10);
  }

  @Test
  void importsAreReadAsTheyAreTyped() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tasks"));
    Files.createDirectories(folder.resolve("vision"));
    String block = "package vision\nlayer Block(out: int) = [Linear(out), relu]\n";
    Files.writeString(folder.resolve("vision/block.dlm"), block);
    String task = "package tasks\nimport vision.{Block}\n"
        + RIGHT.replace("Linear", "Block");
    Files.writeString(folder.resolve("tasks/m.dlm"), task);
    editor.open(uri("tasks/m.dlm"), task);
    assertThat(editor.diagnostics(uri("tasks/m.dlm"))).isEmpty();
    editor.open(uri("vision/block.dlm"), block);
    editor.change(uri("vision/block.dlm"), block.replace("Block", "Blok"));
    eventually(() -> !editor.shown(uri("tasks/m.dlm")).isEmpty());
    editor.change(uri("vision/block.dlm"), block);
    eventually(() -> editor.shown(uri("tasks/m.dlm")).isEmpty());
    assertThat(Files.readString(folder.resolve("vision/block.dlm"))).isEqualTo(block);
  }

  @Test
  void aNewNameIsWrittenInEveryFile() throws IOException {
    Files.createDirectories(folder.resolve("tasks"));
    Files.createDirectories(folder.resolve("vision"));
    String block = "package vision\nlayer Block(out: int, deep: bool = false) = if deep then [Linear(out), relu] else relu\n";
    String task = "package tasks\nimport vision.{Block}\nmodel M {\n  net = Block(3, deep = true)\n"
        + "  fn forward(x: [N, 4]) -> _ = net(x)\n}\n";
    Files.writeString(folder.resolve("vision/block.dlm"), block);
    Files.writeString(folder.resolve("tasks/m.dlm"), task);
    editor.open(uri("vision/block.dlm"), block);
    assertThat(renamed(new Position(1, 7), "Layered")).isEqualTo(Map.of(uri("vision/block.dlm"), 1, uri("tasks/m.dlm"), 2));
    assertThat(renamed(new Position(1, 24), "twice")).isEqualTo(Map.of(uri("vision/block.dlm"), 2, uri("tasks/m.dlm"), 1));
    assertThatThrownBy(() -> renamed(new Position(1, 7), "lower")).hasMessageContaining("upper-case");
    assertThatThrownBy(() -> renamed(new Position(1, 59), "Dense")).hasMessageContaining("library");
  }

  /** How many places of each file get another name. */
  private Map<String, Integer> renamed(Position at, String name) {
    Map<String, Integer> counts = new HashMap<>();
    ServedEditor.wait(editor.texts().rename(new RenameParams(new TextDocumentIdentifier(uri("vision/block.dlm")), at, name)))
        .getChanges().forEach((file, edits) -> counts.put(file, edits.size()));
    return counts;
  }

  @Test
  void aTextThatIsInNoFileIsChecked() {
    editor.open("untitled:Untitled-1", WRONG);
    assertThat(editor.diagnostics("untitled:Untitled-1")).hasSize(1);
  }

  @Test
  void theLibraryIsShownWithoutMistakes() {
    String uri = new LibraryFiles(folder.resolve("cache")).file("prelude/nn.dlm").orElseThrow().toUri().toString();
    editor.open(uri, "package dlm.nn\nlayer Twice(out: int) = [Linear(out), Linear(out), unknown]\n");
    assertThat(editor.diagnostics(uri)).isEmpty();
    assertThat(ServedEditor.wait(editor.texts().hover(new HoverParams(new TextDocumentIdentifier(uri),
        new Position(1, 27)))).getContents().getRight().getValue()).contains("layer Linear(");
  }

  @Test
  void aQuestionAboutATextThatIsNotOpenHasNoAnswer() {
    assertThat(ServedEditor.wait(editor.texts().hover(new HoverParams(new TextDocumentIdentifier(uri("none.dlm")),
        new Position(0, 0))))).isNull();
  }

  @Test
  void itEndsAsItIsTold() {
    assertThat(editor.greeting().getCapabilities().getHoverProvider().getLeft()).isTrue();
    assertThat(editor.end()).isTrue();
  }

  @Test
  void anEditorThatIsGoneEndsItToo() {
    PrintStream log = new PrintStream(new ByteArrayOutputStream());
    assertThat(EditorServer.serve(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), log, List.of(),
        folder)).isFalse();
  }
}
