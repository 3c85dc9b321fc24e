package org.dlm.runtime.train;

import java.util.Map;

/** The learning rate of each step; compiled from the {@code rate} of a recipe, or written in Java. */
@FunctionalInterface
public interface RateSchedule {
  /**
   * The rate of one step.
   *
   * @param step its number, from 1
   * @param steps how many there will be
   * @param epochSteps how many of them an epoch has
   */
  double rate(double step, double steps, double epochSteps);

  /** Hears the loss on the test examples after each epoch. */
  default void tested(double loss) {}

  /** What a resumed run must know of this one, by name; empty for a schedule that only counts steps. */
  default Map<String, Double> state() {
    return Map.of();
  }

  /** Takes back what {@link #state} gave. */
  default void restore(Map<String, Double> state) {}
}
