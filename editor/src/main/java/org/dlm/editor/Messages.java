package org.dlm.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;

/** What the compiler says, as an editor shows it. */
final class Messages {
  private final Locations locations;

  Messages(Locations locations) {
    this.locations = locations;
  }

  /** What is to be shown in a text; an error in a file that it imports is shown where it imports it. */
  List<org.eclipse.lsp4j.Diagnostic> of(Snapshot snapshot) {
    List<org.eclipse.lsp4j.Diagnostic> shown = new ArrayList<>();
    for (Diagnostic diagnostic : snapshot.diagnostics()) {
      if (diagnostic.primary().span().file() == snapshot.file()) {
        shown.add(message(diagnostic));
      } else if (diagnostic.code().severity() == Severity.ERROR) {
        shown.add(elsewhere(diagnostic, snapshot));
      }
    }
    return shown;
  }

  org.eclipse.lsp4j.Diagnostic message(Diagnostic diagnostic) {
    org.eclipse.lsp4j.Diagnostic message =
        new org.eclipse.lsp4j.Diagnostic(Places.range(visible(diagnostic.primary().span())), text(diagnostic));
    boolean error = diagnostic.code().severity() == Severity.ERROR;
    message.setSeverity(error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
    message.setSource("dlm");
    message.setCode(diagnostic.code().id());
    locations.page(diagnostic.code().id())
        .ifPresent(page -> message.setCodeDescription(new DiagnosticCodeDescription(page)));
    if (List.of(Code.W0902, Code.W0903, Code.W0906).contains(diagnostic.code())) {
      message.setTags(List.of(DiagnosticTag.Unnecessary));
    }
    List<DiagnosticRelatedInformation> related = diagnostic.secondary().stream()
        .flatMap(label -> locations.of(label.span()).stream()
            .map(at -> new DiagnosticRelatedInformation(at, label.text()))).toList();
    if (!related.isEmpty()) {
      message.setRelatedInformation(related);
    }
    return message;
  }

  /** A place of no length is hard to see and to click on. */
  static Span visible(Span span) {
    SourceFile file = span.file();
    if (span.start() < span.end() || file.text().isEmpty()) {
      return span;
    }
    boolean behind = span.start() < file.text().length() && file.line(span.start() + 1) == span.line()
        && !Character.isWhitespace(file.text().charAt(span.start()));
    return behind ? new Span(file, span.start(), span.start() + 1)
        : new Span(file, Math.max(0, span.start() - 1), span.end());
  }

  private org.eclipse.lsp4j.Diagnostic elsewhere(Diagnostic diagnostic, Snapshot snapshot) {
    Span at = importOf(diagnostic.primary().span().file(), snapshot)
        .orElse(new Span(snapshot.file(), 0, snapshot.file().lineText(1).length()));
    org.eclipse.lsp4j.Diagnostic message = new org.eclipse.lsp4j.Diagnostic(Places.range(at),
        diagnostic.primary().span().fileAndLine() + ": " + diagnostic.message());
    message.setSeverity(DiagnosticSeverity.Error);
    message.setSource("dlm");
    message.setCode(diagnostic.code().id());
    locations.of(diagnostic.primary().span()).ifPresent(place -> message.setRelatedInformation(
        List.of(new DiagnosticRelatedInformation(place, diagnostic.message()))));
    return message;
  }

  private static Optional<Span> importOf(SourceFile file, Snapshot snapshot) {
    Optional<String> packageName = snapshot.analysis().libraries().stream().filter(f -> f.span().file() == file)
        .map(Syntax.File::packageName).findFirst();
    return packageName.flatMap(name -> snapshot.tree().imports().stream()
        .filter(i -> Surroundings.path(i.path()).startsWith(name)).map(Syntax.Import::span).findFirst());
  }

  /** What the terminal shows around the source line, as plain text. */
  private static String text(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder(diagnostic.message());
    if (!diagnostic.primary().text().isEmpty()) {
      text.append('\n').append(diagnostic.primary().text());
    }
    if (!diagnostic.shapeTrace().isEmpty()) {
      text.append("\nshapes along the list:");
      diagnostic.shapeTrace().forEach(row -> text.append('\n').append(row.atFault() ? "▸ " : "  ").append(row.stage())
          .append("  ").append(row.shape()).append(row.remark().isEmpty() ? "" : "  " + row.remark()));
    }
    diagnostic.notes().forEach(note -> text.append("\nnote: ").append(note));
    diagnostic.helps().forEach(help -> text.append("\nhelp: ").append(help.text()));
    diagnostic.instantiation().forEach(line -> text.append('\n').append(line));
    return text.toString();
  }
}
