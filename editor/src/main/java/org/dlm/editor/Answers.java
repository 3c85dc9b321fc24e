package org.dlm.editor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Format;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;

/** The answers to an editor's questions, from what is known of a text. */
final class Answers {
  private final Locations locations;
  private final QuickFixes fixes;
  private final Buffers buffers;

  Answers(Locations locations, Messages messages, Buffers buffers) {
    this.locations = locations;
    this.fixes = new QuickFixes(messages);
    this.buffers = buffers;
  }

  /** Null where there is nothing to say. */
  Hover hover(Snapshot snapshot, Position position) {
    return new Hovers(snapshot).at(snapshot.offset(position))
        .map(h -> new Hover(new MarkupContent(MarkupKind.MARKDOWN, h.markdown()), Places.range(h.span())))
        .orElse(null);
  }

  List<Location> definition(Snapshot snapshot, Position position) {
    return snapshot.nameAt(snapshot.offset(position))
        .map(o -> o.symbol().declaredFor(o.span()))
        .map(at -> at.file() == snapshot.file() ? List.of(locations.in(snapshot, at))
            : locations.of(at).stream().toList())
        .orElse(List.of());
  }

  /** In this text and in the others that are open. */
  List<Location> references(Snapshot snapshot, Position position, boolean declarations) {
    Optional<NameTable.Occurrence> name = snapshot.nameAt(snapshot.offset(position));
    if (name.isEmpty()) {
      return List.of();
    }
    Symbol symbol = name.get().symbol();
    List<Span> here = snapshot.names().places(symbol);
    return here.stream().filter(at -> declarations || !at.equals(symbol.declared()))
        .map(at -> locations.in(snapshot, at)).toList();
  }

  List<DocumentHighlight> highlights(Snapshot snapshot, Position position) {
    return snapshot.nameAt(snapshot.offset(position)).stream()
        .flatMap(o -> snapshot.names().places(o.symbol()).stream())
        .map(at -> new DocumentHighlight(Places.range(at))).toList();
  }

  /** As {@code dlm fmt} does; a text with mistakes stays, and so does the way in which its lines end. */
  List<TextEdit> formatting(Snapshot snapshot) {
    String text = snapshot.file().text();
    boolean windows = text.contains("\r\n");
    return Format.text(snapshot.file(), new Diagnostics()).stream()
        .map(formatted -> windows ? formatted.replace("\r\n", "\n").replace("\n", "\r\n") : formatted)
        .filter(formatted -> !formatted.equals(text))
        .map(formatted -> new TextEdit(Places.all(snapshot.file()), formatted)).toList();
  }

  List<CodeAction> fixes(Snapshot snapshot, Range range) {
    return fixes.in(snapshot, range);
  }
}
