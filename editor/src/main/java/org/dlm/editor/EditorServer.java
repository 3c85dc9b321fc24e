package org.dlm.editor;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/** The language server as a whole: speaks the protocol over two streams until it is told to stop. */
public final class EditorServer {
  /** Held, since loggers that nobody holds lose their level. It tells of every stream that ends. */
  private static final Logger PROTOCOL = Logger.getLogger("org.eclipse.lsp4j");

  static {
    PROTOCOL.setLevel(Level.WARNING);
  }

  private EditorServer() {}

  /**
   * Serves one editor.
   *
   * @param log where is told what went wrong inside of the server
   * @param libraryPath folders and jars with files that may be imported
   * @return whether it ended as the protocol wants it: told to shut down, then to exit
   */
  public static boolean serve(InputStream in, OutputStream out, PrintStream log, List<Path> libraryPath) {
    return serve(in, out, log, libraryPath, LibraryFiles.usualFolder());
  }

  /** {@code cache}: where copies of the library are written, for the editor to show. */
  static boolean serve(InputStream in, OutputStream out, PrintStream log, List<Path> libraryPath, Path cache) {
    Session session = new Session(log, libraryPath, new LibraryFiles(cache));
    ExecutorService readers = Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "dlm-editor");
      thread.setDaemon(true);
      return thread;
    });
    try {
      Launcher<LanguageClient> launcher = new LSPLauncher.Builder<LanguageClient>().setLocalService(session)
          .setRemoteInterface(LanguageClient.class).setInput(in).setOutput(out).setExecutorService(readers).create();
      session.connect(launcher.getRemoteProxy());
      Future<Void> listening = launcher.startListening();
      readers.submit(() -> {
        waitFor(listening, log);
        session.inputEnded();
      });
      return session.awaitExit();
    } finally {
      session.stop();
      readers.shutdownNow();
    }
  }

  private static void waitFor(Future<Void> listening, PrintStream log) {
    try {
      listening.get();
    } catch (ExecutionException e) {
      log.println("dlm lsp: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
