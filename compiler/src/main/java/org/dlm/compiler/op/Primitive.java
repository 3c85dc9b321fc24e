package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;

/**
 * What a {@code prim fn} of the language means: how a checked call becomes graph values. {@link Primitives#ALL} has one
 * line for each, keyed by the name in the prelude; most make exactly one op.
 */
public interface Primitive {
  /** {@code tensors}: the tensor arguments in order of the declaration; {@code attributes}: the compile-time ones. */
  Value apply(GraphBuilder g, List<Value> tensors, Attributes attributes);
}
