package org.dlm.compiler.rewrite;

import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Operators;

/**
 * A smaller way to say the same: {@code rewriting} answers a value equal to the one it is given, or null where it does
 * not apply; {@code example} builds something it applies to from an f32 tensor {@code [3, 1, 4]}, for the test of all
 * rules.
 */
record Rule(String name, Rewriting rewriting, Example example) {
  /** Builds the replacement with {@code o} and {@code g}. */
  interface Rewriting {
    Value apply(Operators o, GraphBuilder g, Value value);
  }

  /** Builds a value that the rule rewrites. */
  interface Example {
    Value apply(Operators o, GraphBuilder g, Value x);
  }

  @Override
  public String toString() {
    return name;
  }
}
