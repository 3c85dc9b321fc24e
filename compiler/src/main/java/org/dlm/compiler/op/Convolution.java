package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * What {@link Conv} and its two gradients share: three tensors, input {@code [N, C, in...]}, weight
 * {@code [O, C, kernel...]} and output {@code [N, O, out...]}, each made from the other two by one sum of products.
 * Grouped ones carry the group as an axis of its own: {@code [N, G, C, in...]}, {@code [G, O, C, kernel...]},
 * {@code [N, G, O, out...]}.
 *
 * <p>The normal form: a SUM over the product of two elements. The output's and the weight's gradient read the input at
 * {@code out * stride + tap * dilation - low} (guarded if there is padding) and the other at plain axes. The input's
 * gradient reads the output at {@code (in - tap * dilation + low) / stride} ({@link Index.Exactly} for strides above
 * 1), guarded, and the weight at plain axes.
 */
record Convolution(Window window, boolean grouped) {
  /** The number of axes of all three tensors. */
  int rank() {
    return window.rank() + (grouped ? 3 : 2);
  }

  List<Dim> spatial(Value value) {
    return value.shape().dims().subList(rank() - window.rank(), rank());
  }

  /** Axes before the spatial ones, named. */
  List<Axis> axes(String names, Value value, String spatialName) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < names.length(); i++) {
      axes.add(new Axis(names.substring(i, i + 1), value.shape().dim(i)));
    }
    axes.addAll(Loops.axes(spatialName, spatial(value)));
    return axes;
  }

  String input() {
    return grouped ? "ngc" : "nc";
  }

  String weight() {
    return grouped ? "goc" : "oc";
  }

  String output() {
    return grouped ? "ngo" : "no";
  }

  /** Index of an operand: the axes called {@code names} out of {@code all}, then {@code spatial}. */
  List<Index> at(String names, List<Axis> all, List<Index> spatial) {
    List<Index> at = new ArrayList<>();
    for (String name : names.split("")) {
      at.add(Index.of(all.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow()));
    }
    at.addAll(spatial);
    return at;
  }

  void requireAxes(List<Value> inputs, String what) {
    for (int i = 0; i < 2; i++) {
      Require.element(inputs.get(i), DType.F32, i, what);
      Require.rank(inputs.get(i), rank(), i, what);
    }
  }

  /** The axes that two tensors share are equally long. */
  void requireShared(List<Value> inputs, String left, String right, String what) {
    for (int i = 0; i < left.length(); i++) {
      int j = right.indexOf(left.charAt(i));
      if (j >= 0) {
        Dim a = inputs.get(0).shape().dim(i);
        Dim b = inputs.get(1).shape().dim(j);
        String meaning = switch (left.charAt(i)) {
          case 'c' -> "input channels";
          case 'o' -> "output channels";
          case 'g' -> "groups";
          default -> "examples";
        };
        Require.equal(a, b, Code.E0301, 0, what + " has " + a + " " + meaning + " in " + inputs.get(0).type()
            + ", but " + b
            + " in " + inputs.get(1).type(), null);
      }
    }
  }

  void requireKernel(Value weight, int input, String what) {
    for (int i = 0; i < window.rank(); i++) {
      Require.equal(spatial(weight).get(i), Dim.of(window.kernel().get(i)), Code.E0301, input,
          what + " slides a window of " + window.kernel() + ", but the weights are " + weight.type(), null);
    }
  }

  void requireOutput(Value output, List<Dim> inputs, int input, String what) {
    List<Dim> expected = window.outputs(inputs);
    for (int i = 0; i < window.rank(); i++) {
      Require.equal(expected.get(i), spatial(output).get(i), Code.E0301, input,
          what + ": a window over " + inputs + " gives " + expected + ", not " + spatial(output), null);
    }
  }

  TensorType type(List<Dim> front, List<Dim> spatial) {
    List<Dim> dims = new ArrayList<>(front);
    dims.addAll(spatial);
    return new TensorType(DType.F32, new Shape(dims));
  }
}
