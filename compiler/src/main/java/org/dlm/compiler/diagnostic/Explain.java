package org.dlm.compiler.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The pages of {@code docs/errors/}, packed into the jar by the build: what a code means, in full. */
public final class Explain {
  private static final String FOLDER = "/org/dlm/errors/";

  private Explain() {}

  /** The page (Markdown) of a code as users see it, in any case; empty for what is no code. */
  public static Optional<String> page(String code) {
    String id = code.strip().toUpperCase(Locale.ROOT);
    if (!ids().contains(id)) {
      return Optional.empty();
    }
    try (InputStream page = Explain.class.getResourceAsStream(FOLDER + id + ".md")) {
      return page == null ? Optional.empty() : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** All codes as users see them, for listing and for did-you-mean. */
  public static List<String> ids() {
    return Arrays.stream(Code.values()).map(Code::id).toList();
  }
}
