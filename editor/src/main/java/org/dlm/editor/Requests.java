package org.dlm.editor;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dlm.compiler.source.SourceFile;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;

/**
 * What the editor asks about a text. Each question waits for the check of what is typed now; where the server fails
 * there is no answer, the reason goes to the log, and the editor goes on.
 */
final class Requests implements TextDocumentService {
  private final Buffers buffers;
  private final Analyst analyst;
  private final Answers answers;
  private final PrintStream log;
  private final Consumer<String> closed;

  /** {@code closed}: what is done when a text is closed. */
  Requests(Buffers buffers, Analyst analyst, Answers answers, PrintStream log, Consumer<String> closed) {
    this.buffers = buffers;
    this.analyst = analyst;
    this.answers = answers;
    this.log = log;
    this.closed = closed;
  }

  private <T> CompletableFuture<T> ask(String uri, T nothing, Function<Snapshot, T> question) {
    return answered(uri, nothing, analyst.current(uri).thenApplyAsync(question));
  }

  // ------------------------------------------------------------------------------------------------ texts

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    buffers.put(uri, params.getTextDocument().getText());
    analyst.opened(uri);
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    params.getContentChanges().forEach(change -> buffers.put(uri, change.getText()));
    analyst.changed(uri);
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    buffers.close(uri);
    analyst.closed(uri);
    closed.accept(uri);
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    // what is typed counts, not what is saved
  }

  /** As {@link #ask}, at once: from what was known last and the text of now. */
  private <T> CompletableFuture<T> askNow(String uri, T nothing, BiFunction<Snapshot, SourceFile, T> question) {
    return answered(uri, nothing, analyst.known(uri).thenApplyAsync(s -> question.apply(s,
        new SourceFile(s.file().name(), buffers.find(uri).map(Buffers.Buffer::text).orElse("")))));
  }

  private <T> CompletableFuture<T> answered(String uri, T nothing, CompletableFuture<T> answer) {
    return answer.exceptionally(problem -> {
      Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
      if (cause instanceof ResponseErrorException refused) {
        throw refused;
      }
      if (!(cause instanceof CancellationException)) {
        log.println("dlm lsp: no answer about " + uri);
        cause.printStackTrace(log);
      }
      return nothing;
    });
  }

  // ------------------------------------------------------------------------------------------------ questions

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    return ask(params.getTextDocument().getUri(), null, s -> answers.hover(s, params.getPosition()));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
      DefinitionParams params) {
    return ask(params.getTextDocument().getUri(), Either.forLeft(List.of()),
        s -> Either.forLeft(answers.definition(s, params.getPosition())));
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    return ask(params.getTextDocument().getUri(), List.of(),
        s -> answers.references(s, params.getPosition(), params.getContext().isIncludeDeclaration()));
  }

  @Override
  public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>> prepareRename(
      PrepareRenameParams params) {
    return ask(params.getTextDocument().getUri(), null, s -> {
      Range place = answers.renamed(s, params.getPosition());
      return place == null ? null : Either3.forFirst(place);
    });
  }

  @Override
  public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
    return ask(params.getTextDocument().getUri(), null,
        s -> answers.rename(s, params.getPosition(), params.getNewName()));
  }

  @Override
  public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams params) {
    return ask(params.getTextDocument().getUri(), List.of(), s -> answers.highlights(s, params.getPosition()));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return ask(params.getTextDocument().getUri(), List.of(),
        s -> Outline.of(s.tree()).stream().map(Either::<SymbolInformation, DocumentSymbol>forRight).toList());
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return ask(params.getTextDocument().getUri(), List.of(), answers::formatting);
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    return ask(params.getTextDocument().getUri(), List.of(), s -> answers.fixes(s, params.getRange()).stream()
        .map(Either::<Command, CodeAction>forRight).toList());
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
    return askNow(params.getTextDocument().getUri(), Either.forLeft(List.of()),
        (known, typed) -> Either.forLeft(new Completions(known, typed, text -> analyst.variant(known, text))
            .at(Places.offset(typed, params.getPosition()))));
  }

  @Override
  public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
    return askNow(params.getTextDocument().getUri(), null,
        (known, typed) -> CallHelp.at(known, typed.text(), Places.offset(typed, params.getPosition())));
  }

  @Override
  public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
    return ask(params.getTextDocument().getUri(), List.of(), s -> new Hints(s)
        .in(s.offset(params.getRange().getStart()), s.offset(params.getRange().getEnd())));
  }
}
