package org.dlm.tests.golden;

import java.util.Map;
import java.util.TreeMap;

/** The largest errors of the cases that ran, by {@code TABLE/CASE} or the text of a training run. */
final class ParityErrors {
  /** Relative errors; {@code gradient} is NaN where there is none. */
  record Errors(double forward, double gradient) {
    Errors larger(Errors other) {
      return new Errors(max(forward, other.forward), max(gradient, other.gradient));
    }

    private static double max(double a, double b) {
      return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    }
  }

  private final Map<String, Errors> found = new TreeMap<>();

  synchronized void add(String what, Errors errors) {
    found.merge(what, errors, Errors::larger);
  }

  synchronized Map<String, Errors> all() {
    return new TreeMap<>(found);
  }
}
