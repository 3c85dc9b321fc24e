package org.dlm.editor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;

/** An editor that speaks with a server of its own, as editors do: over two streams. */
final class ServedEditor implements LanguageClient, AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Map<String, List<Diagnostic>> diagnostics = new ConcurrentHashMap<>();
  private final List<PublishDiagnosticsParams> published = new ArrayList<>();
  private final java.io.ByteArrayOutputStream log = new java.io.ByteArrayOutputStream();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final InitializeResult greeting;
  private final LanguageServer server;
  private int version;

  /** {@code workspace}: the folder that is open in the editor. */
  ServedEditor(Path cache, Path workspace) {
    try {
      Pipe toServer = Pipe.open();
      Pipe toEditor = Pipe.open();
      InputStream in = Channels.newInputStream(toServer.source());
      OutputStream out = Channels.newOutputStream(toEditor.sink());
      Thread.ofPlatform().daemon().start(() -> ended.complete(EditorServer.serve(in, out,
          new PrintStream(log, true, StandardCharsets.UTF_8), List.of(), cache)));
      Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(this,
          Channels.newInputStream(toEditor.source()), Channels.newOutputStream(toServer.sink()));
      launcher.startListening();
      server = launcher.getRemoteProxy();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    InitializeParams params = new InitializeParams();
    params.setWorkspaceFolders(List.of(new WorkspaceFolder(workspace.toUri().toString(), "work")));
    greeting = wait(server.initialize(params));
    server.initialized(new InitializedParams());
  }

  InitializeResult greeting() {
    return greeting;
  }

  LanguageServer server() {
    return server;
  }

  TextDocumentService texts() {
    return server.getTextDocumentService();
  }

  static <T> T wait(CompletableFuture<T> answer) {
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  void open(String uri, String text) {
    texts().didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "dlm", ++version, text)));
  }

  void change(String uri, String text) {
    texts().didChange(new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(uri, ++version),
        List.of(new TextDocumentContentChangeEvent(text))));
  }

  void close(String uri) {
    texts().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
  }

  /** What is shown of the text as it is now. */
  List<Diagnostic> diagnostics(String uri) {
    // an answer about the text comes behind what is published of it
    wait(texts().documentSymbol(new DocumentSymbolParams(new TextDocumentIdentifier(uri))));
    return diagnostics.getOrDefault(uri, List.of());
  }

  /** What was published last. */
  List<Diagnostic> shown(String uri) {
    return diagnostics.getOrDefault(uri, List.of());
  }

  /** How often something was published of a text. */
  long publications(String uri) {
    synchronized (published) {
      return published.stream().filter(p -> p.getUri().equals(uri)).count();
    }
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Shuts the server down; whether it ended well. */
  boolean end() {
    wait(server.shutdown());
    server.exit();
    return wait(ended);
  }

  @Override
  public void close() {
    if (!ended.isDone()) {
      end();
    }
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams params) {
    synchronized (published) {
      published.add(params);
    }
    diagnostics.put(params.getUri(), params.getDiagnostics());
  }

  @Override
  public void telemetryEvent(Object object) {
    throw new AssertionError("nobody asked for it");
  }

  @Override
  public void showMessage(MessageParams params) {
    throw new AssertionError(params.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    throw new AssertionError(params.getMessage());
  }

  @Override
  public void logMessage(MessageParams params) {
    throw new AssertionError(params.getMessage());
  }
}
