package org.dlm.runtime.data;

import org.dlm.runtime.ElementType;
import org.dlm.runtime.Tensor;

/** One named tensor of each example, for all examples one after the other. */
public sealed interface Column {
  String name();

  /** The shape of one example's tensor; empty for a single number. */
  int[] shape();

  ElementType type();

  /** How many examples there are. */
  int count();

  /** Elements in one example. */
  default int exampleSize() {
    return Tensor.size(shape());
  }

  /** The same column with only the examples of these numbers, in this order. */
  Column select(int[] examples);

  /** Real numbers: pixels, measurements, regression targets. */
  record Floats(String name, float[] data, int... shape) implements Column {
    @Override
    public ElementType type() {
      return ElementType.F32;
    }

    @Override
    public int count() {
      return data.length / exampleSize();
    }

    @Override
    public Column select(int[] examples) {
      int size = exampleSize();
      float[] selected = new float[examples.length * size];
      for (int i = 0; i < examples.length; i++) {
        System.arraycopy(data, examples[i] * size, selected, i * size, size);
      }
      return new Floats(name, selected, shape);
    }
  }

  /** Whole numbers: class labels, token numbers. */
  record Ints(String name, int[] data, int... shape) implements Column {
    @Override
    public ElementType type() {
      return ElementType.I32;
    }

    @Override
    public int count() {
      return data.length / exampleSize();
    }

    @Override
    public Column select(int[] examples) {
      int size = exampleSize();
      int[] selected = new int[examples.length * size];
      for (int i = 0; i < examples.length; i++) {
        System.arraycopy(data, examples[i] * size, selected, i * size, size);
      }
      return new Ints(name, selected, shape);
    }
  }
}
