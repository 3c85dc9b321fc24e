package org.dlm.compiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The doc comment of an entry of the library, taken apart: the prose, the line {@code torch NAME} (its equal in
 * PyTorch, {@code none} where there is none), and the lines {@code run EXPRESSION -> RESULT}, which are its examples.
 */
public record Documentation(String prose, Optional<String> torch, List<String> runs) {
  private static final String TORCH = "torch ";
  private static final String RUN = "run ";

  public static Documentation of(String doc) {
    List<String> prose = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    Optional<String> torch = Optional.empty();
    for (String line : doc.lines().toList()) {
      if (line.startsWith(TORCH)) {
        torch = Optional.of(line.substring(TORCH.length()).strip());
      } else if (line.startsWith(RUN)) {
        runs.add(line.substring(RUN.length()).strip());
      } else {
        prose.add(line);
      }
    }
    return new Documentation(String.join("\n", prose), torch, List.copyOf(runs));
  }
}
