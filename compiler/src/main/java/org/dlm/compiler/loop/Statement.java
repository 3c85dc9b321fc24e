package org.dlm.compiler.loop;

import java.util.List;

/** What a kernel does at one point of its outer loops. Sealed: every pass over kernels knows all cases. */
public sealed interface Statement {
  /** {@code register = combine over all (over) of element}. */
  record Reduce(int register, Combiner combiner, List<Axis> over, Expr element) implements Statement {}

  /** For all points of {@code axes} (none: once): the stores, in order. */
  record Each(List<Axis> axes, List<Store> stores) implements Statement {}

  /** Walks {@code along}; at each point the combination of all elements so far goes to {@code operand[at]}. */
  record Running(Axis along, Combiner combiner, Expr element, int operand, List<Index> at) implements Statement {}
}
