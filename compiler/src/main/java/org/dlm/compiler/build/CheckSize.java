package org.dlm.compiler.build;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.syntax.Syntax;

/** Refuses models whose parameters or buffers have no room in one array of Java. */
final class CheckSize {
  /** Arrays are at most a little shorter than the largest int; what is laid out in them is aligned. */
  private static final long LARGEST = 2_147_000_000;

  private CheckSize() {}

  static void check(Syntax.Model model, List<ModelSpec.Variable> parameters, List<ModelSpec.Variable> buffers,
      Elaboration elaboration) {
    check(model, "parameters", parameters, elaboration);
    check(model, "buffers", buffers, elaboration);
  }

  private static void check(Syntax.Model model, String kind, List<ModelSpec.Variable> variables,
      Elaboration elaboration) {
    double all = variables.stream().mapToDouble(CheckSize::size).sum();
    if (all > LARGEST) {
      ModelSpec.Variable largest = variables.stream().max(Comparator.comparingDouble(CheckSize::size)).orElseThrow();
      elaboration.fail(Code.E0312, model.name().span(), String.format(Locale.ROOT,
          "`%s` has %,.0f %s, more than the %,d that one array has room for", model.name().name(), all, kind, LARGEST),
          "the largest is `" + largest.path() + "` " + largest.shape());
    }
  }

  /** Not a whole number, so that nothing can overflow. */
  private static double size(ModelSpec.Variable variable) {
    return variable.shape().dims().stream().mapToDouble(Dim::constant).reduce(1, (a, b) -> a * b);
  }
}
