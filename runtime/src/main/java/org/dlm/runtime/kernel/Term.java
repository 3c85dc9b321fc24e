package org.dlm.runtime.kernel;

/**
 * A summand of the place where an operand of a {@link Contraction} keeps the element that belongs to given axis values.
 */
public sealed interface Term permits Term.Stride, Term.Window {

  /** Adds {@code elements} for each step along the axis. */
  record Stride(String axis, int elements) implements Term {}

  /**
   * Slides along one spatial axis of {@code size} elements that lie {@code elements} apart. The coordinate is
   * {@code (position * stride + tap * dilation - padding) / inputDilation}; where that is not a whole number, is
   * negative or reaches {@code size} the element counts as zero.
   *
   * @param position name of the axis that says which window
   * @param tap name of the axis that says where in the window
   * @param copyFrom the first coordinate that a copy of the operand holds in any case
   * @param copyTo the last one
   */
  record Window(String position, String tap, int size, int elements, int stride, int dilation, int padding,
      int inputDilation, int copyFrom, int copyTo) implements Term {

    /** A copy of whose operand holds what the window reaches. */
    public Window(String position, String tap, int size, int elements, int stride, int dilation, int padding,
        int inputDilation) {
      this(position, tap, size, elements, stride, dilation, padding, inputDilation, Integer.MAX_VALUE,
          Integer.MIN_VALUE);
    }

    public Window {
      if (size < 0 || inputDilation < 1) {
        throw new IllegalArgumentException(
            "a window needs size >= 0 and inputDilation >= 1, not " + size + " and " + inputDilation);
      }
    }

    /** The same where a copy of the operand holds at least these coordinates. */
    Window copying(int from, int to) {
      return new Window(position, tap, size, elements, stride, dilation, padding, inputDilation, from, to);
    }

    /** Input elements from one window to the next; may be negative. */
    public Window stride(int stride) {
      return new Window(position, tap, size, elements, stride, dilation, padding, inputDilation);
    }

    /** Input elements from one tap to the next; negative taps run backwards, as in a data gradient. */
    public Window dilation(int dilation) {
      return new Window(position, tap, size, elements, stride, dilation, padding, inputDilation);
    }

    /** Zeros before the first element; negative starts inside. */
    public Window padding(int padding) {
      return new Window(position, tap, size, elements, stride, dilation, padding, inputDilation);
    }

    /**
     * Every {@code inputDilation}-th place holds an element and those between are zero, as in a transposed convolution.
     */
    public Window inputDilation(int inputDilation) {
      return new Window(position, tap, size, elements, stride, dilation, padding, inputDilation);
    }
  }
}
