package org.dlm.compiler.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;

/** Files to texts; what cannot be read becomes a diagnostic. */
final class ReadSources {
  /** A model file is written by people; anything larger is a mistake, and would only be slow to say no to. */
  private static final long LARGEST = 4L << 20;

  private ReadSources() {}

  static List<SourceFile> read(List<Path> paths, Diagnostics diagnostics) {
    List<SourceFile> sources = new ArrayList<>();
    for (Path path : paths) {
      try {
        String problem = !Files.exists(path) ? "there is no such file"
            : Files.isDirectory(path) ? "this is a directory; name the .dlm files in it"
            : Files.size(path) > LARGEST ? "the file is larger than " + (LARGEST >> 20) + " MB" : null;
        if (problem == null) {
          sources.add(new SourceFile(path.toString(), text(Files.readAllBytes(path))));
        } else {
          report(path, problem, diagnostics);
        }
      } catch (CharacterCodingException e) {
        report(path, "the file is not UTF-8 text", diagnostics);
      } catch (IOException e) {
        report(path, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), diagnostics);
      }
    }
    return sources;
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
    if (text.indexOf('\0') >= 0) {
      throw new CharacterCodingException();
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void report(Path path, String problem, Diagnostics diagnostics) {
    Span nowhere = new Span(new SourceFile(path.toString(), ""), 0, 0);
    diagnostics.add(Diagnostic.of(Code.E0109, nowhere, "cannot read " + path + ": " + problem));
  }
}
