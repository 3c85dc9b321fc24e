package org.dlm.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.source.Span;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Ways out of what is wrong at a place, as changes of the text. */
final class QuickFixes {
  private final Messages messages;

  QuickFixes(Messages messages) {
    this.messages = messages;
  }

  List<CodeAction> in(Snapshot snapshot, Range range) {
    int from = snapshot.offset(range.getStart());
    int to = snapshot.offset(range.getEnd());
    List<CodeAction> actions = new ArrayList<>();
    for (Diagnostic diagnostic : snapshot.diagnostics()) {
      Span at = Messages.visible(diagnostic.primary().span());
      if (at.file() == snapshot.file() && at.start() <= to && from <= at.end()) {
        fixes(diagnostic).forEach(help -> actions.add(action(snapshot, diagnostic, help)));
      }
    }
    return actions;
  }

  private static List<Diagnostic.Help> fixes(Diagnostic diagnostic) {
    List<Diagnostic.Help> fixes = new ArrayList<>(diagnostic.helps().stream()
        .filter(h -> h.span() != null && h.replacement() != null)
        .filter(h -> h.span().file() == diagnostic.primary().span().file()).toList());
    Span at = diagnostic.primary().span();
    Suggest.proposed(diagnostic.primary().text()).stream().filter(_ -> at.text().matches("\\w+"))
        .forEach(name -> fixes.add(new Diagnostic.Help("write `" + name + "`", at, name, false)));
    return fixes;
  }

  private CodeAction action(Snapshot snapshot, Diagnostic diagnostic, Diagnostic.Help help) {
    String first = help.text().lines().findFirst().orElse("fix");
    CodeAction action = new CodeAction(Character.toUpperCase(first.charAt(0)) + first.substring(1));
    action.setKind(CodeActionKind.QuickFix);
    action.setDiagnostics(List.of(messages.message(diagnostic)));
    action.setIsPreferred(help.sure());
    TextEdit edit = new TextEdit(Places.range(help.span()), help.replacement());
    action.setEdit(new WorkspaceEdit(Map.of(snapshot.buffer().uri(), List.of(edit))));
    return action;
  }
}
