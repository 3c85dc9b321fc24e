package org.dlm.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every beginning of a text is typed at some time, and each question may be asked then. */
class HalfTypedTest {
  private static final String TEXT = """
      package demo
      import dlm.nn.{Linear}
      /// A layer. 😀
      layer Block(out: int, deep: bool = false, in: int = _) {
        require out > 0, "positive"
        const half = out / 2
        param w: [out, in] = glorot_uniform(in, out)
        if deep { buffer mean: [out] = zeros }
        lin = [Linear(half), relu]
        fn forward(x: [..., in]) -> (a: [...], b: [..., out]) {
          y, _ = (x @ w, 2)
          for i in 0..<3 { y = y + i }
          if training { mean := mean * 0.5 }
          return sum(y[..., 0:1], axes = -1), y
        }
      }
      #train("net")
      model M = Block(4) with N = 2
      train T for M { optimizer = Adam(lr = 1e-3) rate = cosine(1e-3) }
      """;

  @TempDir private Path folder;

  @Test
  void everyQuestionHasAnAnswer() {
    Buffers buffers = new Buffers();
    Locations locations = new Locations(buffers, new LibraryFiles(folder));
    Messages messages = new Messages(locations);
    Answers answers = new Answers(locations, messages, new Workspace(buffers));
    for (int end = 0; end <= TEXT.length(); end += end < TEXT.length() - 3 ? 3 : 1) {
      String text = TEXT.substring(0, end);
      Snapshot snapshot = Snapshot.of(buffers.put("untitled:1", text), Map.of(), List.of());
      Position cursor = Places.position(snapshot.file(), end);
      messages.of(snapshot);
      answers.hover(snapshot, cursor);
      answers.hover(snapshot, Places.position(snapshot.file(), end / 2));
      answers.definition(snapshot, cursor);
      answers.references(snapshot, cursor, true);
      answers.formatting(snapshot);
      answers.fixes(snapshot, new Range(new Position(0, 0), cursor));
      Outline.of(snapshot.tree());
      new Hints(snapshot).in(0, end);
      CallHelp.at(snapshot, text, end);
      new Completions(snapshot, snapshot.file(), changed -> snapshot).at(end);
      assertThat(snapshot.offset(cursor)).isEqualTo(end);
    }
  }
}
