package org.dlm.tests.golden;

import java.util.Map;
import org.dlm.runtime.Tensor;

/** One way to run a model: generated code or the interpreter. Every call starts from the case's parameters and buffers. */
interface Engine {
  /**
   * What a call gave.
   *
   * @param outputs by result name
   * @param gradients by parameter path, empty without gradient
   * @param buffers by path, after the call
   */
  record Outcome(Map<String, Tensor> outputs, Map<String, float[]> gradients, Map<String, float[]> buffers) {}

  Outcome call(String function, boolean training, boolean gradient, Map<String, Tensor> inputs);
}
