package org.dlm.editor;

import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Diagnostics;
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
import org.eclipse.lsp4j.WorkspaceEdit;

/** The answers to an editor's questions, from what is known of a text. */
final class Answers {
  private final Locations locations;
  private final QuickFixes fixes;
  private final Workspace workspace;
  private final Renaming renaming;

  Answers(Locations locations, Messages messages, Workspace workspace) {
    this.locations = locations;
    this.fixes = new QuickFixes(messages);
    this.workspace = workspace;
    this.renaming = new Renaming(workspace, locations);
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

  /** In this text and in the files of the folders that are open. */
  List<Location> references(Snapshot snapshot, Position position, boolean declarations) {
    Optional<NameTable.Occurrence> name = snapshot.nameAt(snapshot.offset(position));
    if (name.isEmpty()) {
      return List.of();
    }
    Symbol symbol = name.get().symbol();
    List<Location> all = workspace.places(snapshot, symbol).stream().map(at -> locations.in(snapshot, at)).toList();
    Optional<Location> declared = symbol.declared().file() == snapshot.file()
        ? Optional.of(locations.in(snapshot, symbol.declared())) : locations.of(symbol.declared());
    return all.stream().filter(at -> declarations || !at.equals(declared.orElse(null))).toList();
  }

  /** The place of a name that can be another, or null. */
  Range renamed(Snapshot snapshot, Position position) {
    return snapshot.names().at(snapshot.offset(position)).filter(o -> Renaming.refusal(o.symbol()).isEmpty())
        .map(o -> Places.range(o.span())).orElse(null);
  }

  /** Null where there is no name. */
  WorkspaceEdit rename(Snapshot snapshot, Position position, String name) {
    return snapshot.names().at(snapshot.offset(position)).map(o -> renaming.rename(snapshot, o.symbol(), name))
        .orElse(null);
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
