package org.dlm.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;

class SplitSumsTests {
  private static Graph reduction(Shape shape, Combiner combiner, List<Integer> axes, boolean keep) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, shape)));
    Value y = new Operators(g).reduce(combiner, x, axes, keep);
    return g.build("f", List.of(x), List.of(new Graph.Result("out", y)), List.of(), List.of());
  }

  private static List<Value> reductions(Graph graph) {
    return graph.values().stream().filter(v -> v.op() instanceof Reduce).toList();
  }

  @Test
  void theSumOfALargeTensorIsTakenPieceByPiece() {
    Shape shape = new Shape(List.of(Dim.ONE, Dim.symbol("N"), Dim.of(4), Dim.of(300)));
    for (Combiner combiner : List.of(Combiner.SUM, Combiner.MAXIMUM)) {
      for (boolean keep : new boolean[] {false, true}) {
        Graph graph = reduction(shape, combiner, List.of(0, 1, 2, 3), keep);
        Graph split = SplitSums.apply(graph);
        Verify.check(split);
        assertThat(reductions(split)).extracting(v -> v.shape().toString()).containsExactly("[N]", "[]");
        double[] numbers = new Random(1).doubles(3 * 1200, -1, 1).toArray();
        assertThat(result(split, numbers)).usingComparatorWithPrecision(1e-9).containsExactly(result(graph, numbers));
      }
    }
  }

  private static double[] result(Graph graph, double[] numbers) {
    return Interpret.run(graph, Interpret.Environment.of(Map.of("N", 3L), v -> numbers))
        .get(graph.results().getFirst().value());
  }

  @Test
  void othersStayAsTheyAre() {
    for (Graph graph : List.of(reduction(Shape.of(16, 10), Combiner.SUM, List.of(0, 1), false),
        reduction(Shape.of(1000000), Combiner.SUM, List.of(0), false),
        reduction(Shape.of(3, 1000000), Combiner.SUM, List.of(0, 1), false),
        reduction(Shape.of(64, 1000, 3), Combiner.SUM, List.of(0, 1), false))) {
      assertThat(SplitSums.apply(graph)).isSameAs(graph);
    }
  }
}
