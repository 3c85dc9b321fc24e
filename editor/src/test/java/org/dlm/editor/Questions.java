package org.dlm.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.source.SourceFile;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;

/** The questions of a case, each by a word, and the answers as text; lines and columns count from 1. */
final class Questions {
  private static final String CURSOR = "‸";

  private final ServedEditor editor;
  private final Path folder;
  private String uri;
  private String text;
  private Position cursor = new Position(0, 0);

  Questions(ServedEditor editor, Path folder) {
    this.editor = editor;
    this.folder = folder;
  }

  /** The first file is open in the editor, the others lie beside it. */
  void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    int at = content.indexOf(CURSOR);
    String clean = content.replace(CURSOR, "");
    Files.writeString(file, clean);
    if (uri == null) {
      uri = file.toUri().toString();
      text = clean;
      if (at >= 0) {
        String before = content.substring(0, at);
        cursor = new Position((int) before.chars().filter(c -> c == '\n').count(),
            at - (before.lastIndexOf('\n') + 1));
      }
    }
  }

  /** Once all files are there. */
  void open() {
    editor.open(uri, text);
  }

  void close() {
    editor.close(uri);
  }

  private TextDocumentIdentifier document() {
    return new TextDocumentIdentifier(uri);
  }

  String ask(String question) {
    if (question.startsWith("completion")) {
      return completion(question.substring("completion".length()).strip());
    }
    return switch (question) {
      case "signature" -> signature();
      case "hints" -> lines(ServedEditor.wait(editor.texts().inlayHint(new InlayHintParams(document(),
          Places.all(new SourceFile("", text))))).stream().map(h -> at(h.getPosition()) + h.getLabel().getLeft()));
      case "diagnostics" -> lines(editor.diagnostics(uri).stream().map(d -> diagnostic(d, false)));
      case "diagnostics in full" -> lines(editor.diagnostics(uri).stream().map(d -> diagnostic(d, true)));
      case "hover" -> hover();
      case "definition" -> lines(ServedEditor.wait(editor.texts().definition(new DefinitionParams(document(), cursor)))
          .getLeft().stream().map(this::place));
      case "references" -> lines(ServedEditor.wait(editor.texts()
          .references(new ReferenceParams(document(), cursor, new ReferenceContext(true)))).stream().map(this::place));
      case "symbols" -> lines(ServedEditor.wait(editor.texts().documentSymbol(new DocumentSymbolParams(document())))
          .stream().map(s -> symbol(s.getRight())));
      case "fixes" -> fixes();
      case "format" -> applied(ServedEditor.wait(editor.texts().formatting(
          new DocumentFormattingParams(document(), new FormattingOptions(2, true)))));
      default -> throw new IllegalArgumentException("? " + question);
    };
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  private static String at(Position position) {
    return (position.getLine() + 1) + ":" + (position.getCharacter() + 1);
  }

  private static String at(Range range) {
    return at(range.getStart()) + "-" + at(range.getEnd());
  }

  /** Below the folder of the case, or in the copies of the library. */
  private String name(String address) {
    String name = address.replace(folder.toUri().toString(), "");
    int copy = name.indexOf("/cache/");
    return copy < 0 ? name : "library " + name.substring(copy + 7);
  }

  private String place(Location location) {
    return name(location.getUri()) + ":" + at(location.getRange());
  }

  private String diagnostic(Diagnostic d, boolean full) {
    String message = d.getMessage().isLeft() ? d.getMessage().getLeft() : d.getMessage().getRight().getValue();
    StringBuilder line = new StringBuilder(at(d.getRange()) + " " + d.getSeverity() + " " + d.getCode().getLeft()
        + " " + (full ? message : message.lines().findFirst().orElse("")));
    if (full && d.getTags() != null) {
      line.append("\ntags: ").append(d.getTags());
    }
    if (full && d.getRelatedInformation() != null) {
      d.getRelatedInformation().forEach(r -> line.append("\nsee ").append(place(r.getLocation())).append(": ")
          .append(r.getMessage()));
    }
    if (full && d.getCodeDescription() != null) {
      line.append("\npage ").append(name(d.getCodeDescription().getHref()));
    }
    return line.toString();
  }

  private String hover() {
    Hover hover = ServedEditor.wait(editor.texts().hover(new HoverParams(document(), cursor)));
    return hover == null ? "nothing" : at(hover.getRange()) + "\n" + hover.getContents().getRight().getValue();
  }

  /** Those that begin so, the nearest first; of many, some. */
  private String completion(String beginning) {
    editor.diagnostics(uri);
    return lines(ServedEditor.wait(editor.texts().completion(new CompletionParams(document(), cursor))).getLeft().stream()
        .filter(i -> i.getLabel().startsWith(beginning)).sorted(Comparator.comparing(CompletionItem::getSortText))
        .limit(12).map(i -> i.getLabel().strip() + "  " + i.getKind() + "  " + i.getDetail()));
  }

  private String signature() {
    SignatureHelp help = ServedEditor.wait(editor.texts().signatureHelp(new SignatureHelpParams(document(), cursor)));
    if (help == null) {
      return "nothing";
    }
    SignatureInformation one = help.getSignatures().getFirst();
    int active = help.getActiveParameter();
    var marked = active < one.getParameters().size() ? one.getParameters().get(active).getLabel().getRight() : null;
    return one.getLabel() + "\n" + (marked == null ? "" : one.getLabel().substring(marked.getFirst(), marked.getSecond()));
  }

  private static String symbol(DocumentSymbol s) {
    String children = s.getChildren() == null ? ""
        : s.getChildren().stream().map(c -> "\n  " + symbol(c)).collect(Collectors.joining());
    return s.getDetail() + " " + s.getName() + " " + at(s.getSelectionRange()) + " in " + at(s.getRange()) + children;
  }

  /** Titles, each with the lines that it changes. */
  private String fixes() {
    List<CodeAction> actions = ServedEditor.wait(editor.texts().codeAction(
        new CodeActionParams(document(), new Range(cursor, cursor), new CodeActionContext(List.of())))).stream()
        .map(a -> a.getRight()).toList();
    return lines(actions.stream().map(a -> a.getTitle() + "\n"
        + changed(applied(a.getEdit().getChanges().get(uri)))));
  }

  private String changed(String after) {
    List<String> before = text.lines().toList();
    return lines(after.lines().filter(line -> !before.contains(line)).map(line -> "  " + line.strip()));
  }

  /** The text after the edits. */
  private String applied(List<? extends TextEdit> edits) {
    SourceFile file = new SourceFile("", text);
    StringBuilder result = new StringBuilder(text);
    edits.stream().sorted(Comparator.comparing((TextEdit e) -> Places.offset(file, e.getRange().getStart())).reversed())
        .forEach(e -> result.replace(Places.offset(file, e.getRange().getStart()),
            Places.offset(file, e.getRange().getEnd()), e.getNewText()));
    return result.toString().replace("\r", "␍").stripTrailing();
  }
}
