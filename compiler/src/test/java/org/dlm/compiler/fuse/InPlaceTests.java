package org.dlm.compiler.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.PrintPlan;
import org.dlm.compiler.loop.VerifyPlan;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;

/** What is made of a tensor element by element takes its place, where nobody else needs that. */
class InPlaceTests {
  private final GraphBuilder g = new GraphBuilder();
  private final Operators o = new Operators(g);
  private final Value x =
      g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, Shape.of(Dim.symbol("N"), Dim.of(8)))));

  @Test
  void softmaxNeedsOneTensor() {
    Value e = exponentials();
    assertThat(matrices(o.div(e, o.sum(e, List.of(1), true)))).hasSize(1);
  }

  @Test
  void whatIsAResultKeepsItsPlace() {
    Value e = exponentials();
    assertThat(matrices(e, o.div(e, o.sum(e, List.of(1), true)))).hasSize(2);
  }

  private Value exponentials() {
    return o.exp(o.sub(x, o.sum(x, List.of(1), true)));
  }

  /** The temporaries of x's shape. */
  private Set<Integer> matrices(Value... results) {
    List<Graph.Result> named = java.util.stream.IntStream.range(0, results.length)
        .mapToObj(i -> new Graph.Result("out" + i, results[i])).toList();
    Plan plan = Fuse.of(g.build("f", List.of(x), named, List.of(), List.of()));
    VerifyPlan.check(plan);
    Set<Integer> found = plan.steps().stream().flatMap(s -> s.buffers().stream())
        .filter(b -> b.place() instanceof Place.Arena && b.shape().equals(x.shape())).map(Buffer::id)
        .collect(Collectors.toSet());
    assertThat(found).as(PrintPlan.of(plan)).isNotEmpty();
    return found;
  }
}
