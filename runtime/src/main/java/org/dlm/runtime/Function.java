package org.dlm.runtime;

import java.util.List;

/**
 * One {@code fn} of a model in its compiled forms. A form is made on first use and kept.
 * {@link #gradient} exists only for a function that returns one f32 scalar.
 */
public interface Function {
  String name();

  List<Port> inputs();

  List<Port> outputs();

  /** Forward, {@code training} = false. */
  Program inference();

  /** Forward, {@code training} = true: dropout drops, running statistics are updated. */
  Program training();

  boolean differentiable();

  /** Whether {@link #gradient} is meant to change the parameter of that path: not where it is frozen or another's. */
  default boolean trains(String parameter) {
    return true;
  }

  /** Forward with {@code training} = true, then backward: fills {@link Model#gradients}. */
  Program gradient();

  /**
   * What it computes, in a line: how often each op is done, and a number that changes with anything of it (and one of
   * the training form behind a slash, where that is another). Empty where nothing is known.
   */
  default String computes() {
    return "";
  }

  /** Forward and backward with {@code training} = false (checks, fine-tuning with frozen statistics). */
  Program inferenceGradient();
}
