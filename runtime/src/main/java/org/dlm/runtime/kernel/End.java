package org.dlm.runtime.kernel;

/**
 * Pointwise work on a block of a contraction's result just after it is finished and while it is still in the cache:
 * bias, activation, residual. Generated from the same loops as any other pointwise kernel.
 */
public interface End {
  /** Rows {@code rowFrom..rowTo} and columns {@code columnFrom..columnTo} of the batch entry are final sums now. */
  void apply(int batch, int rowFrom, int rowTo, int columnFrom, int columnTo);
}
