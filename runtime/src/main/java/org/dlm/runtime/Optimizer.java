package org.dlm.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An update rule compiled from an {@code optimizer} declaration: one fused pass over flat parameters and gradients.
 * Hyper-parameters may be changed between steps (schedules do); state is laid out as the parameters are.
 */
public abstract class Optimizer {
  /** The names of the hyper-parameters, in the order of the source. */
  public abstract List<String> hyperParameters();

  /** The value of a hyper-parameter; 1 or 0 for one that is true or false. */
  public abstract double get(String hyperParameter);

  /** Takes effect with the next step; one that decides which state there is must be set before {@link #prepare}. */
  public abstract void set(String hyperParameter, double value);

  /** Refuses hyper-parameters with which the rule has no meaning, naming them. */
  public void check() {}

  /** The names of the state buffers, in the order of the source. */
  public abstract List<String> stateNames();

  /** The state buffer of that name, as long as the parameters; made on the first step or by {@link #prepare}. */
  public abstract float[] state(String name);

  /** Checks the hyper-parameters, then allocates (and initialises) the state for {@code size} parameters. */
  public abstract void prepare(int size);

  /** Whether the rule looks at a tensor as a whole: then {@link #update} takes exactly one parameter at a time. */
  public boolean wholeTensors() {
    return false;
  }

  /** Updates {@code parameters[from .. to)} in place; {@code step} counts from 1. */
  public abstract void update(float[] parameters, float[] gradients, int from, int to, int step);

  /** A {@code require} of the rule; the message names the values that it is about. */
  protected final void require(boolean holds, String what, String place, String... about) {
    if (!holds) {
      String values = Arrays.stream(about).map(name -> name + " = " + number(get(name)))
          .collect(Collectors.joining(", "));
      throw new InputProblem("the optimizer " + getClass().getSimpleName() + " requires " + what + "; here " + values,
          "It is said in " + place + ".");
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
  }
}
