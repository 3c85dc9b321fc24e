package org.dlm.compiler.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects what is said; never throws. The same thing said twice of the same place is kept once. */
public final class Diagnostics {
  private final Set<String> seen = new LinkedHashSet<>();
  private final List<Diagnostic> all = new ArrayList<>();

  public void add(Diagnostic diagnostic) {
    var at = diagnostic.primary().span();
    if (seen.add(diagnostic.code() + "@" + at + "-" + at.end() + diagnostic.message())) {
      all.add(diagnostic);
    }
  }

  public void add(Diagnostic.Builder diagnostic) {
    add(diagnostic.build());
  }

  /** Takes back what was said: {@code #allow}. */
  public void removeIf(Predicate<Diagnostic> silent) {
    all.removeIf(silent);
  }

  public List<Diagnostic> all() {
    return List.copyOf(all);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
  }
}
