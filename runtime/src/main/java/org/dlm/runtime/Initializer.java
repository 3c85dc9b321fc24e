package org.dlm.runtime;

/** How a parameter is filled before training; the same seed and path give the same numbers on every machine. */
public interface Initializer {
  /** Fills {@code data[offset .. offset + size of shape)}; {@code stream} identifies this variable's random stream. */
  void fill(float[] data, int offset, int[] shape, long stream);
}
