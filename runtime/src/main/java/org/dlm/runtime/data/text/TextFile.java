package org.dlm.runtime.data.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.InputFile;

/** A text file, read in pieces that end with a line, so that it may be larger than memory. */
final class TextFile {
  private static final int PIECE = 1 << 20;

  private TextFile() {}

  /** Takes the pieces one after the other. */
  interface Piece {
    void take(String text) throws IOException;
  }

  static void read(Path file, Piece piece) {
    InputFile.read(file, in -> {
      try {
        pieces(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), PIECE), piece);
      } catch (CharacterCodingException e) {
        throw new InputProblem(file + ": not a text file (UTF-8)", "Was the right file named?", e);
      }
      return null;
    });
  }

  private static void pieces(Reader reader, Piece piece) throws IOException {
    StringBuilder kept = new StringBuilder();
    char[] buffer = new char[PIECE];
    for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
      kept.append(buffer, 0, count);
      int end = kept.lastIndexOf("\n") + 1;
      if (end == 0 && kept.length() > PIECE) {
        // A file without lines is cut where it may be, but not within a character.
        end = kept.length() - (Character.isHighSurrogate(kept.charAt(kept.length() - 1)) ? 1 : 0);
      }
      if (end > 0) {
        piece.take(kept.substring(0, end));
        kept.delete(0, end);
      }
    }
    if (!kept.isEmpty()) {
      piece.take(kept.toString());
    }
  }
}
