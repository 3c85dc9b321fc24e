package org.dlm.compiler.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.ReadSource;

/** The compiler as a library: model text in, Java source out, and everything there is to say about it. */
public final class Compiler {
  private static final long STACK = 256L << 20;

  private Compiler() {}

  /** Compiles the models and optimizers of the files to Java. The files see each other's packages. */
  public static Result compile(List<Path> files, Options options) {
    return checked(files, options).written();
  }

  /** Reads and checks the files; their Java may be asked for. */
  public static Checked checked(List<Path> files, Options options) {
    Diagnostics diagnostics = new Diagnostics();
    return checked(read(files, diagnostics), options, diagnostics);
  }

  /** As {@link #compile}, without making Java. */
  public static Result check(List<Path> files, Options options) {
    return checked(files, options).result();
  }

  /** Compiles texts. */
  public static Result compileSources(List<SourceFile> sources, Options options) {
    return checked(sources, options, new Diagnostics()).written();
  }

  /** Checks texts. */
  public static Result checkSources(List<SourceFile> sources, Options options) {
    return checked(sources, options, new Diagnostics()).result();
  }

  /**
   * Checks texts for an editor, which keeps trees and the meaning of places.
   *
   * @param unsaved texts that stand for those of files that may be imported, by absolute path
   */
  public static Analysis analyse(List<SourceFile> sources, Options options, Map<Path, String> unsaved) {
    Work work = new Work(sources, options, new Diagnostics(), Sightings.kept(), unsaved);
    onLargeStack(() -> Passes.check(work));
    return new Analysis(work.result(), work.files, work.libraries, work.sightings);
  }

  private static List<SourceFile> read(List<Path> files, Diagnostics diagnostics) {
    return files.stream().flatMap(path -> ReadSource.read(path, diagnostics).stream()).toList();
  }

  private static Checked checked(List<SourceFile> sources, Options options, Diagnostics diagnostics) {
    Work work = new Work(sources, options, diagnostics);
    onLargeStack(() -> Passes.check(work));
    return new Checked(work);
  }

  /** Deeply nested text makes deep recursion: the passes run on a thread with a stack of their own. */
  static void onLargeStack(Runnable passes) {
    FutureTask<Void> task = new FutureTask<>(passes, null);
    Thread thread = new Thread(null, task, "dlm-compiler", STACK);
    thread.start();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
