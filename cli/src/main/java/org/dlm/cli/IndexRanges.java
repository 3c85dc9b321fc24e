package org.dlm.cli;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.InputLookup;
import org.dlm.compiler.graph.Value;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.Feed;

/**
 * Checks labels and token numbers of a data set against what a model looks up with them before a run begins: the run
 * itself would end at the first wrong one, and does not know which example it is.
 */
final class IndexRanges {
  private IndexRanges() {}

  /**
   * One more than the largest number that may come in at {@code ids}; empty where nothing is looked up with it, or an
   * open dim decides.
   */
  static OptionalLong limit(Graph graph, Value ids, Map<String, Long> dims) {
    int input = graph.inputs().indexOf(ids);
    OptionalLong limit = OptionalLong.empty();
    for (InputLookup lookup : InputLookup.of(graph)) {
      if (lookup.input() == input && dims.keySet().containsAll(lookup.extent().symbols())) {
        limit = OptionalLong.of(Math.min(limit.orElse(Long.MAX_VALUE), lookup.extent().evaluate(dims)));
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

  /** Checks a data set as each of the functions takes it; {@code graphs}: what a function of that name computes. */
  static void check(java.util.function.Function<String, Graph> graphs, List<Function> functions, DataSet data) {
    functions.forEach(f -> check(graphs.apply(f.name()), data, Feed.match(f, data)));
  }

  /** Checks both parts of a data set, as a function takes it. */
  static void check(Graph graph, DataSet data, Feed feed) {
    for (DataSource part : List.of(data.train(), data.validation(), data.test())) {
      for (int i = 0; i < feed.columns().size(); i++) {
        OptionalLong limit = limit(graph, graph.inputs().get(i), Map.of());
        Column column = DataSet.batchColumns(part).get(feed.columns().get(i));
        if (column instanceof Column.Ints ints && limit.isPresent()) {
          check(ints.data(), ints.exampleSize(), limit.getAsLong(),
              part.origin() + ": example %d has the " + ints.name() + " %d");
        } else if (limit.isPresent() && column.limit() > limit.getAsLong()) {
          throw new InputProblem(part.origin() + ": `" + column.name() + "` has numbers up to " + (column.limit() - 1)
              + ", but the model knows only 0 to " + (limit.getAsLong() - 1),
              "Make the model larger, or correct the data.");
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
