package org.dlm.editor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** One editor that is served, from its first word to its last. */
final class Session implements LanguageServer {
  private final Buffers buffers = new Buffers();
  private final Workspace workspace = new Workspace(buffers);
  private final Analyst analyst;
  private final Requests requests;
  private final WorkspaceEvents events;
  private final Messages messages;
  private final CompletableFuture<Boolean> exit = new CompletableFuture<>();
  private volatile boolean shutDown;
  private volatile LanguageClient client;

  Session(PrintStream log, List<Path> libraryPath, LibraryFiles library) {
    Locations locations = new Locations(buffers, library);
    messages = new Messages(locations);
    analyst = new Analyst(buffers, library, log, this::publish);
    analyst.libraryPath(libraryPath);
    requests = new Requests(buffers, analyst, new Answers(locations, messages, workspace), log, this::clear);
    events = new WorkspaceEvents(analyst);
  }

  void connect(LanguageClient editor) {
    client = editor;
  }

  private void publish(Snapshot snapshot) {
    client.publishDiagnostics(new PublishDiagnosticsParams(snapshot.buffer().uri(), messages.of(snapshot)));
  }

  private void clear(String uri) {
    client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ServerCapabilities can = new ServerCapabilities();
    can.setTextDocumentSync(TextDocumentSyncKind.Full);
    can.setHoverProvider(true);
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setDocumentHighlightProvider(true);
    can.setDocumentSymbolProvider(true);
    can.setDocumentFormattingProvider(true);
    can.setCodeActionProvider(true);
    can.setCompletionProvider(new CompletionOptions(false, List.of(".", "#")));
    can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
    can.setInlayHintProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    workspace.folders(folders(params));
    return CompletableFuture.completedFuture(new InitializeResult(can, new ServerInfo("dlm", "0.1")));
  }

  @SuppressWarnings("deprecation") // what editors say that know of one folder only
  private static List<Path> folders(InitializeParams params) {
    List<String> open = params.getWorkspaceFolders() != null
        ? params.getWorkspaceFolders().stream().map(WorkspaceFolder::getUri).toList()
        : Stream.ofNullable(params.getRootUri()).toList();
    return open.stream().flatMap(uri -> Places.path(uri).stream()).toList();
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    analyst.stop();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    exit.complete(shutDown);
  }

  /** The editor is gone; without a word, that is not as it should be. */
  void inputEnded() {
    exit.complete(shutDown);
  }

  boolean awaitExit() {
    return exit.join();
  }

  void stop() {
    analyst.stop();
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return requests;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return events;
  }

  /** Nothing is traced. */
  @Override
  public void setTrace(SetTraceParams params) {
    // editors send it whether a server traces or not
  }
}
