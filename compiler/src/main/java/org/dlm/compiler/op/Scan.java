package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;

/**
 * A loop over time: see {@link Lowering.Repeat} for what {@code body} is given and gives.
 *
 * @param kept how many results at the end are there for the gradient only
 */
public record Scan(Graph body, int walked, int carries, Dim extent, String counter, boolean backwards, int kept)
    implements ManyResults {
  @Override
  public String name() {
    return "scan";
  }

  @Override
  public List<TensorType> results(List<Value> inputs) {
    List<TensorType> types = new ArrayList<>();
    for (Graph.Result result : body.results()) {
      TensorType type = result.value().type();
      types.add(types.size() < carries ? type : new TensorType(type.element(), type.shape().prepend(extent)));
    }
    return types;
  }

  /** The same loop with another body, made by {@code g}: {@code values} says what stands for each value of this one. */
  Scan with(GraphBuilder g, Map<Value, Value> values) {
    Graph changed = g.build(body.name(), body.inputs().stream().map(values::get).toList(), body.results().stream()
        .map(r -> new Graph.Result(r.name(), values.get(r.value()))).toList(), List.of(), body.requirements());
    return new Scan(changed, walked, carries, extent, counter, backwards, kept);
  }

  @Override
  public Scan keeping() {
    return ScanGradient.keeping(this);
  }

  @Override
  public List<Value> gradients(GraphBuilder g, Value self, List<Value> dOuts) {
    return new ScanGradient(g, this, self).gradients(dOuts);
  }

  @Override
  public List<Graph.Requirement> requirements(Value self) {
    return body.requirements();
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.Repeat(body, walked, carries, extent, counter, backwards);
  }

  /** The body is printed where the value is. */
  @Override
  public String toString() {
    return "Scan[" + counter + " < " + extent + (backwards ? " backwards" : "") + ", walked=" + walked + ", carries="
        + carries + "]";
  }
}
