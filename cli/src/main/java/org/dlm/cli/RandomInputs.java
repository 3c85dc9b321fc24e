package org.dlm.cli;

import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.shape.DType;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.RandomStream;

/** Inputs of a function for those who only want to know how long it takes: the same numbers each time. */
final class RandomInputs {
  private RandomInputs() {}

  static Tensor[] of(Graph graph, Map<String, Long> values) {
    RandomStream random = new RandomStream(1);
    return graph.inputs().stream().map(input -> {
      int[] shape = Dims.lengths(input.shape(), values);
      int size = Tensor.size(shape);
      if (input.type().element() == DType.F32) {
        float[] data = new float[size];
        for (int i = 0; i < size; i++) {
          data[i] = (float) random.normal();
        }
        return (Tensor) new FloatTensor(data, shape);
      }
      boolean bool = input.type().element() == DType.BOOL;
      int limit = bool ? 2 : Math.toIntExact(IndexRanges.limit(graph, input, values).orElse(1));
      int[] data = new int[size];
      for (int i = 0; i < size; i++) {
        data[i] = random.below(limit);
      }
      return new IntTensor(bool ? ElementType.BOOL : ElementType.I32, data, shape);
    }).toArray(Tensor[]::new);
  }
}
