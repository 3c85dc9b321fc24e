package org.dlm.runtime;

/**
 * A named tensor that a model keeps: a parameter (learned) or a buffer (kept, not learned).
 *
 * @param path field names and list indices, as in a PyTorch state dict: {@code net.0.weight}
 * @param shape lengths of the axes
 * @param offset where its first element lies in the model's flat array
 * @param initial how it is filled before training
 */
public record Variable(String path, int[] shape, int offset, Initializer initial) {
  public int size() {
    return Tensor.size(shape);
  }
}
