package org.dlm.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Pick;
import org.dlm.compiler.op.Take;
import org.dlm.compiler.shape.Dim;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.Feed;

/**
 * Checks labels and token numbers against what a model looks up with them. Compiled code gives 0 for a number out of
 * range, so a wrong label would not fail but silently teach nothing.
 */
final class IndexRanges {
  private IndexRanges() {}

  /**
   * One more than the largest number that may come in at {@code ids}; empty where nothing is looked up with it, or an
   * open dim decides.
   */
  static OptionalLong limit(Graph graph, Value ids, Map<String, Long> dims) {
    OptionalLong limit = OptionalLong.empty();
    Set<Value> same = new HashSet<>(Set.of(ids));
    for (Value value : graph.values()) {
      boolean reshaped = value.inputs().size() == 1 && same.contains(value.input(0))
          && value.op().lower(value) instanceof Lowering.SameMemory;
      if (reshaped) {
        same.add(value);
      }
      Dim dim = value.inputs().size() != 2 || !same.contains(value.input(1)) ? null : switch (value.op()) {
        case Pick pick -> value.input(0).shape().dim(value.input(0).shape().rank() - 1);
        case Take take -> value.input(0).shape().dim(0);
        default -> null;
      };
      if (dim != null && dims.keySet().containsAll(dim.symbols())) {
        limit = OptionalLong.of(Math.min(limit.orElse(Long.MAX_VALUE), dim.evaluate(dims)));
      }
    }
    return limit;
  }

  /** Checks the tensors of a call. */
  static void check(Graph graph, Tensor[] inputs, String file) {
    for (int i = 0; i < inputs.length; i++) {
      Value ids = graph.inputs().get(i);
      OptionalLong limit = limit(graph, ids, Map.of());
      if (inputs[i] instanceof IntTensor tensor && limit.isPresent()) {
        String name = graph.inputs().get(i).op() instanceof org.dlm.compiler.op.Given given ? given.path()
            : "input " + i;
        check(tensor.data(), 1, limit.getAsLong(), file + ": element %d of `" + name + "` is %d");
      }
    }
  }

  /** Checks both parts of a data set, as a function takes it. */
  static void check(Graph graph, DataSet data, Feed feed) {
    for (Examples part : List.of(data.train(), data.test())) {
      for (int i = 0; i < feed.columns().size(); i++) {
        OptionalLong limit = limit(graph, graph.inputs().get(i), Map.of());
        if (part.columns().get(feed.columns().get(i)) instanceof Column.Ints ints && limit.isPresent()) {
          check(ints.data(), ints.exampleSize(), limit.getAsLong(),
              part.origin() + ": example %d has the " + ints.name() + " %d");
        }
      }
    }
  }

  private static void check(int[] data, int each, long limit, String sentence) {
    for (int i = 0; i < data.length; i++) {
      if (data[i] < 0 || data[i] >= limit) {
        throw new InputProblem(String.format(sentence, i / each, data[i]) + ", but the model knows only 0 to "
            + (limit - 1), "Correct the data, or make the model larger.");
      }
    }
  }
}
