package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * How a window slides over the last axes of a tensor: its length, step, padding before and after, and distance between
 * its elements, one of each an axis. Output {@code o} sees, at tap {@code k}, input
 * {@code o * stride + k * dilation - low}.
 */
public record Window(List<Long> kernel, List<Long> stride, List<Long> low, List<Long> high, List<Long> dilation) {
  /** No array is longer. */
  private static final long LARGEST = Integer.MAX_VALUE;

  public Window {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    low = List.copyOf(low);
    high = List.copyOf(high);
    dilation = List.copyOf(dilation);
    for (int i = 0; i < kernel.size(); i++) {
      if (kernel.get(i) < 1 || stride.get(i) < 1 || dilation.get(i) < 1 || low.get(i) < 0 || high.get(i) < 0) {
        throw new ShapeProblem(Code.E0311, -1,
            "kernel, stride and dilation of a window must be at least 1, its padding at least 0", null);
      }
      if (Math.max(Math.max(kernel.get(i), stride.get(i)), Math.max(low.get(i), high.get(i))) > LARGEST
          || dilation.get(i) > LARGEST / kernel.get(i)) {
        throw new ShapeProblem(Code.E0311, -1, "a window reaches over at most " + LARGEST + " elements", null);
      }
    }
  }

  /** How many axes it slides over. */
  public int rank() {
    return kernel.size();
  }

  public boolean padded() {
    return low.stream().anyMatch(p -> p > 0) || high.stream().anyMatch(p -> p > 0);
  }

  /** Whether no input is seen by two outputs: windows lie side by side. */
  public boolean tiles() {
    return kernel.equals(stride) && dilation.stream().allMatch(d -> d == 1);
  }

  /** Distance from the first to the last tap, plus 1. */
  public long reach(int axis) {
    return dilation.get(axis) * (kernel.get(axis) - 1) + 1;
  }

  /** The lengths of the output's axes from those of the input. */
  List<Dim> outputs(List<Dim> inputs) {
    List<Dim> outputs = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      Dim room = inputs.get(i).plus(low.get(i) + high.get(i)).minus(reach(i));
      if (Require.surelyAtLeast(room.times(-1), 1)) {
        throw new ShapeProblem(Code.E0311, 0, "a window that reaches over " + reach(i) + " elements does not fit into "
            + inputs.get(i) + (padded() ? " padded by " + low.get(i) + " and " + high.get(i) : ""),
            "use a smaller kernel or more padding, or feed a larger input");
      }
      outputs.add(room.floorDividedBy(Dim.of(stride.get(i))).plus(1));
    }
    return outputs;
  }

  /** That the window fits into inputs of these lengths, where open dims leave that open. */
  List<Graph.Requirement> requirements(List<Dim> inputs, Origin origin) {
    List<Graph.Requirement> requirements = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      Dim least = Dim.of(Math.max(1, reach(i) - low.get(i) - high.get(i)));
      if (!Require.surelyAtLeast(inputs.get(i).minus(least), 0)) {
        requirements.add(new Graph.Requirement(Graph.Relation.AT_MOST, least, inputs.get(i),
            "a window that reaches over " + reach(i) + " elements must fit into the input", origin));
      }
    }
    return requirements;
  }

  List<Dim> kernelDims() {
    return kernel.stream().map(Dim::of).toList();
  }

  /** Where output {@code out} at tap {@code tap} reads its input. */
  List<Index> sources(List<Axis> out, List<Axis> tap) {
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      at.add(Index.of(out.get(i)).times(stride.get(i)).plus(Index.of(tap.get(i)).times(dilation.get(i)))
          .plus(-low.get(i)));
    }
    return at;
  }

  /** Which output sees input {@code in} at tap {@code tap}: an exact quotient, outside where there is none. */
  List<Index> targets(List<Axis> in, List<Axis> tap) {
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      at.add(Index.of(in.get(i)).plus(Index.of(tap.get(i)).times(-dilation.get(i))).plus(low.get(i))
          .exactlyDividedBy(Dim.of(stride.get(i))));
    }
    return at;
  }

  /** The only output that sees input {@code in}, for a window that {@link #tiles()}. */
  List<Index> tiles(List<Axis> in) {
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      at.add(Index.of(in.get(i)).plus(low.get(i)).dividedBy(Dim.of(stride.get(i))));
    }
    return at;
  }

  /** The number of the tap at which input {@code in} is seen, for a window that {@link #tiles()}. */
  Index tapOf(List<Axis> in) {
    Index number = Index.fixed(0);
    for (int i = 0; i < rank(); i++) {
      number = number.times(kernel.get(i)).plus(Index.of(in.get(i)).plus(low.get(i)).modulo(Dim.of(stride.get(i))));
    }
    return number;
  }

  /**
   * {@code 3x3 stride 2x2 padding 1x1 dilation 2x2}, without what is usual; padding {@code 0:1} differs at the ends.
   */
  @Override
  public String toString() {
    String text = joined(kernel);
    if (stride.stream().anyMatch(s -> s != 1)) {
      text += " stride " + joined(stride);
    }
    if (padded()) {
      List<String> padding = new ArrayList<>();
      for (int i = 0; i < rank(); i++) {
        padding.add(low.get(i).equals(high.get(i)) ? low.get(i).toString() : low.get(i) + ":" + high.get(i));
      }
      text += " padding " + String.join("x", padding);
    }
    return dilation.stream().anyMatch(d -> d != 1) ? text + " dilation " + joined(dilation) : text;
  }

  private static String joined(List<Long> numbers) {
    return String.join("x", numbers.stream().map(String::valueOf).toList());
  }
}
