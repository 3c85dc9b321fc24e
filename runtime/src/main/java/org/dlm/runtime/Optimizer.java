package org.dlm.runtime;

import java.util.List;

/**
 * An update rule compiled from an {@code optimizer} declaration: one fused pass over flat parameters and gradients.
 * Hyper-parameters may be changed between steps (schedules do); state is laid out as the parameters are.
 */
public abstract class Optimizer {
  /** A hyper-parameter's or state buffer's name, in the order of the source. */
  public abstract List<String> hyperParameters();

  public abstract float get(String hyperParameter);

  public abstract void set(String hyperParameter, float value);

  public abstract List<String> stateNames();

  /** The state buffer of that name, as long as the parameters; made on the first step or by {@link #prepare}. */
  public abstract float[] state(String name);

  /** Allocates (and initialises) the state for {@code size} parameters. */
  public abstract void prepare(int size);

  /** Updates {@code parameters[from .. to)} in place; {@code step} counts from 1. */
  public abstract void update(float[] parameters, float[] gradients, int from, int to, int step);
}
