package org.dlm.compiler.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Takes the sum of a large tensor in two steps, first for each index of its first axis, which threads share out. The
 * pieces follow from the shape, so the bits do not depend on the number of threads.
 */
public final class SplitSums {
  /** What stands for an open dim when a size is estimated. */
  private static final long TYPICAL_DIM = 32;

  /** Fewer elements are summed before another thread has woken up. */
  private static final long LARGE = 1 << 15;

  /** So many pieces keep the threads busy. */
  private static final long ENOUGH_PIECES = 8;

  private SplitSums() {}

  /** The graph with every large sum, product, maximum or minimum of a whole tensor in two steps. */
  public static Graph apply(Graph graph) {
    if (graph.values().stream().allMatch(v -> piecesOf(v) < 0)) {
      return graph;
    }
    GraphBuilder g = new GraphBuilder();
    Operators o = new Operators(g);
    Map<Value, Value> made = new IdentityHashMap<>();
    for (Value value : graph.values()) {
      g.at(value.origin());
      List<Value> inputs = value.inputs().stream().map(made::get).toList();
      int axis = piecesOf(value);
      if (axis < 0) {
        made.put(value, g.copy(value, inputs));
      } else {
        Reduce reduce = (Reduce) value.op();
        List<Integer> others = reduce.axes().stream().filter(a -> a != axis).toList();
        Value pieces = o.reduce(reduce.combiner(), inputs.getFirst(), others, false);
        Value whole = o.reduce(reduce.combiner(), pieces, List.of(0), false);
        made.put(value, o.reshape(whole, value.shape()));
      }
    }
    return Rewrite.rebuilt(graph, g, made);
  }

  /** The axis that the pieces of a sum lie along, or -1 where it is taken in one step. */
  private static int piecesOf(Value value) {
    if (!(value.op() instanceof Reduce reduce)) {
      return -1;
    }
    Shape from = value.input(0).shape();
    int first = IntStream.range(0, from.rank()).filter(a -> !from.dim(a).is(1)).findFirst().orElse(-1);
    boolean splits = first >= 0 && reduce.axes().size() == from.rank() && from.rank() > 1
        && estimate(from.dim(first)) >= ENOUGH_PIECES && estimate(from.size()) >= LARGE;
    return splits ? first : -1;
  }

  private static long estimate(Dim dim) {
    return dim.map(name -> Dim.of(TYPICAL_DIM)).constant();
  }
}
