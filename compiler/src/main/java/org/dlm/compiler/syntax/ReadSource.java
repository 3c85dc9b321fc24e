package org.dlm.compiler.syntax;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;

/** Path to text; what cannot be read becomes a diagnostic. */
public final class ReadSource {
  private ReadSource() {}

  /** Never throws; empty after a diagnostic. The path as the user wrote it is the name in messages. */
  public static Optional<SourceFile> read(Path path, Diagnostics diagnostics) {
    Span nowhere = new Span(new SourceFile(path.toString(), ""), 0, 0);
    try {
      if (Files.isDirectory(path)) {
        diagnostics.add(Diagnostic.of(Code.E0109, nowhere, "`%s` is a folder, not a file".formatted(path))
            .help(inFolder(path)));
        return Optional.empty();
      }
      if (Files.size(path) > 4L * Parse.MAX_CHARACTERS) {
        diagnostics.add(Diagnostic.of(Code.E0109, nowhere, "`%s` is too large for a model".formatted(path))
            .note("%,d bytes; at most %,d characters are read".formatted(Files.size(path), Parse.MAX_CHARACTERS))
            .help("split it into several files"));
        return Optional.empty();
      }
      return decode(path, Files.readAllBytes(path), diagnostics);
    } catch (NoSuchFileException missing) {
      Diagnostic.Builder message = Diagnostic.of(Code.E0109, nowhere, "there is no file `%s`".formatted(path));
      String near = Suggest.didYouMean(String.valueOf(path.getFileName()), neighbours(path));
      diagnostics.add(near.isEmpty() ? message : message.help(near));
    } catch (AccessDeniedException denied) {
      diagnostics.add(Diagnostic.of(Code.E0109, nowhere, "reading `%s` is not allowed".formatted(path))
          .help("check the permissions of the file and of the folders above it"));
    } catch (IOException problem) {
      String reason = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
      diagnostics.add(Diagnostic.of(Code.E0109, nowhere, "`%s` cannot be read".formatted(path)).note(reason));
    }
    return Optional.empty();
  }

  private static Optional<SourceFile> decode(Path path, byte[] bytes, Diagnostics diagnostics) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    int binary = text.toString().indexOf('\0');
    if (!result.isError() && binary < 0) {
      return Optional.of(new SourceFile(path.toString(), text.toString()));
    }
    boolean wide = bytes.length >= 2 && (bytes[0] & bytes[1] & 0xfe) == 0xfe && bytes[0] != bytes[1];
    SourceFile readable = new SourceFile(path.toString(), new String(bytes, StandardCharsets.UTF_8));
    int at = binary >= 0 ? binary : text.length();
    String what = wide ? "`%s` is UTF-16, not UTF-8" : binary >= 0 ? "`%s` is not a text file" : "`%s` is not UTF-8";
    diagnostics.add(Diagnostic.of(Code.E0109, new Span(readable, at, Math.min(at + 1, readable.text().length())),
            what.formatted(path))
        .label("this cannot be read")
        .help("a model is a text file; save it as UTF-8"));
    return Optional.empty();
  }

  private static String inFolder(Path folder) {
    List<String> models = names(folder).stream().filter(name -> name.endsWith(".dlm")).sorted().limit(3).toList();
    return models.isEmpty()
        ? "name a `.dlm` file"
        : "name a file in it: " + String.join(", ", models.stream().map(m -> folder.resolve(m).toString()).toList());
  }

  private static List<String> neighbours(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null ? List.of() : names(folder);
  }

  /** Nothing where the folder cannot be listed: this is for advice only. */
  private static List<String> names(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.limit(10_000).map(path -> path.getFileName().toString()).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
