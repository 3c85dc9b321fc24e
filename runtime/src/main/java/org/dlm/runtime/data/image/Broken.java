package org.dlm.runtime.data.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.InputProblem;

/** Pictures that cannot be read: left out and counted, or the end. */
final class Broken {
  private static final int MOST_NAMED = 5;

  private final boolean skip;
  private final List<String> left = new ArrayList<>();

  Broken(boolean skip) {
    this.skip = skip;
  }

  synchronized void told(Path file, IOException cause) {
    if (!skip) {
      throw problem(file, cause);
    }
    left.add(file.toString());
  }

  static InputProblem problem(Path file, IOException cause) {
    return new InputProblem(file + ": cannot be read: "
        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        "Copy the file again or remove it; `,corrupt=skip` leaves out all such files.", cause);
  }

  /** What was left out, as a part of a sentence; empty when nothing was. */
  String text() {
    List<String> named = left.stream().sorted().limit(MOST_NAMED).toList();
    return left.isEmpty() ? "" : "; " + left.size() + " left out as they cannot be read: " + String.join(", ", named)
        + (left.size() > named.size() ? ", ..." : "");
  }
}
