package org.dlm.compiler.loop;

import java.util.List;
import org.dlm.compiler.shape.DType;

/**
 * A function from numbers to a number: what pointwise ops apply to every element. The constants of
 * {@code op/ScalarFn} implement it; passes see only this.
 */
public interface ScalarFunction {
  /** As in the language: {@code tanh}, {@code add}. */
  String name();

  int arity();

  /** Element type of the result, given those of the arguments (already checked). */
  DType result(List<DType> arguments);

  /** The value in double precision; booleans are 0 and 1. */
  double apply(double[] arguments);
}
