package org.dlm.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Shapes written between what the user wrote: behind names that are bound, and behind the stages of longer lists. */
final class Hints {
  private final Snapshot snapshot;

  Hints(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Those in a stretch of the text. */
  List<InlayHint> in(int from, int to) {
    List<InlayHint> hints = new ArrayList<>();
    for (NameTable.Occurrence name : snapshot.names().occurrences()) {
      Span at = name.span();
      if (name.symbol().kind() == Symbol.Kind.VARIABLE && from <= at.end() && at.end() <= to && isBound(at)) {
        single(snapshot.sightings().at(at)).ifPresent(shape -> hints.add(hint(at, ": " + shape)));
      }
    }
    for (Syntax.Expr expr : snapshot.names().expressions()) {
      if (expr instanceof Syntax.ListOf list && list.span().start() <= to && from <= list.span().end()) {
        stages(list, hints);
      }
    }
    return hints;
  }

  /** Is the name bound here, without a type? */
  private boolean isBound(Span name) {
    String behind = snapshot.file().text().substring(name.end()).stripLeading();
    return behind.startsWith("=") && !behind.startsWith("==");
  }

  /** A tensor of one shape only: where there are several, hovering tells them. */
  private static java.util.Optional<String> single(List<Sightings.Sighting> seen) {
    return seen.size() == 1 && seen.getFirst() instanceof Sightings.Known(String text) && text.contains("[")
        && text.matches("(?:f32|i32|bool)\\[.*") ? java.util.Optional.of(text) : java.util.Optional.empty();
  }

  /** In a list of several lines: what comes out of the last stage of each line. */
  private void stages(Syntax.ListOf list, List<InlayHint> hints) {
    if (list.span().line() == list.span().file().line(list.span().end())) {
      return;
    }
    Map<Integer, Span> last = new LinkedHashMap<>();
    for (Syntax.Expr item : list.items()) {
      last.put(item.span().file().line(item.span().end()), item.span());
    }
    for (Span stage : last.values()) {
      List<Sightings.Passage> through = snapshot.sightings().through(stage);
      if (through.size() == 1 && !through.getFirst().output().isEmpty()) {
        hints.add(hint(behindComma(stage), "  " + through.getFirst().output()));
      }
    }
  }

  private static Span behindComma(Span stage) {
    String text = stage.file().text();
    return stage.end() < text.length() && text.charAt(stage.end()) == ','
        ? new Span(stage.file(), stage.start(), stage.end() + 1) : stage;
  }

  private static InlayHint hint(Span at, String text) {
    InlayHint hint = new InlayHint(Places.position(at.file(), at.end()), Either.forLeft(text));
    hint.setKind(InlayHintKind.Type);
    return hint;
  }
}
