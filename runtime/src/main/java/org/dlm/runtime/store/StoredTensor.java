package org.dlm.runtime.store;

import java.util.Arrays;

/**
 * What a safetensors header says of one tensor.
 *
 * @param begin first byte, counted from the end of the header
 * @param end one past the last byte
 */
public record StoredTensor(String name, StoredType type, int[] shape, long begin, long end) {
  /** The number of elements. */
  public int size() {
    return Math.toIntExact((end - begin) * 8 / type.bits);
  }

  @Override
  public String toString() {
    return name + ": " + type + Arrays.toString(shape);
  }
}
