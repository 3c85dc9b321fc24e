package org.dlm.runtime.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.InputProblem;

/** Files of a folder that cannot be read: left out and counted, or the end. */
public final class BrokenFiles {
  private static final int MOST_NAMED = 5;

  private final boolean skip;
  private final List<String> left = new ArrayList<>();

  /** @param skip whether to leave them out */
  public BrokenFiles(boolean skip) {
    this.skip = skip;
  }

  /** Takes note of a file, or throws. */
  public synchronized void told(Path file, IOException cause) {
    if (!skip) {
      throw problem(file, cause);
    }
    left.add(file.toString());
  }

  /** What is said of a file where it is the end. */
  public static InputProblem problem(Path file, IOException cause) {
    return new InputProblem(file + ": cannot be read: "
        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        "Copy the file again or remove it; `,corrupt=skip` leaves out all such files.", cause);
  }

  /** What was left out, as a part of a sentence; empty when nothing was. */
  public String text() {
    List<String> named = left.stream().sorted().limit(MOST_NAMED).toList();
    return left.isEmpty() ? "" : "; " + left.size() + " left out as they cannot be read: " + String.join(", ", named)
        + (left.size() > named.size() ? ", ..." : "");
  }
}
