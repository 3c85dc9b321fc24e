package org.dlm.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the rounds gave for one model, phase and batch with one system. */
final class Times {
  private final List<Double> medians = new ArrayList<>();
  private final List<Double> minima = new ArrayList<>();
  private double gigaflops;

  void add(double medianMillis, double minMillis, double gigaflops) {
    medians.add(medianMillis);
    minima.add(minMillis);
    this.gigaflops = Math.max(this.gigaflops, gigaflops);
  }

  /** The median of the rounds' medians, in milliseconds. */
  double median() {
    List<Double> sorted = new ArrayList<>(medians);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** The fastest call of all rounds, in milliseconds. */
  double min() {
    return Collections.min(minima);
  }

  /** How far the rounds' medians lie apart: largest over smallest. */
  double spread() {
    return Collections.max(medians) / Collections.min(medians);
  }

  /** Billions of floating-point operations a second of the best round; 0 where the system does not tell. */
  double gigaflops() {
    return gigaflops;
  }
}
