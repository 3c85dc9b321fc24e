package org.dlm.compiler.build;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Refuses models that have no room: parameters and buffers in one array of Java each, code in its class. */
final class CheckSize {
  /** Arrays are at most a little shorter than the largest int; what is laid out in them is aligned. */
  private static final long LARGEST = 2_147_000_000;

  /** Values that one function may compute, many times what the largest known models do. */
  private static final int MOST_VALUES = 20_000;

  /** Layers that one model may build. */
  private static final int MOST_INSTANCES = 20_000;

  private CheckSize() {}

  /** Unrolled loops may ask for more than a Java class, or the patience of its user, has room for. */
  static void requireRoom(Trace trace, Span at, Elaboration elaboration) {
    if (trace.graph.size() >= MOST_VALUES) {
      throw elaboration.fail(elaboration.at(Code.E0312, at, String.format(Locale.ROOT,
          "this function computes more than %,d values one after the other", MOST_VALUES))
          .label("this is one too many")
          .help("a loop over time (`along`) is compiled once, whatever its length; one over a list is unrolled"));
    }
  }

  /** As above, for layers. */
  static void requireRoom(int instances, Span at, Elaboration elaboration) {
    if (instances > MOST_INSTANCES) {
      throw new Reported();
    }
    if (instances == MOST_INSTANCES) {
      throw elaboration.fail(elaboration.at(Code.E0312, at, String.format(Locale.ROOT,
          "more than %,d layers are built", MOST_INSTANCES)).label("this is one too many"));
    }
  }

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
