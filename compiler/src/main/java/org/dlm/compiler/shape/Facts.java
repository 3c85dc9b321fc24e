package org.dlm.compiler.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known about the open dims beyond that each is at least 1: what a model requires of its callers. Equalities
 * work by rewriting one name into the others, {@code H % 16 == 0} by rewriting H into {@code 16*floor(H / 16)},
 * inequalities by comparison.
 */
public final class Facts {
  /** What can be said of a claim. */
  public enum Answer { YES, NO, UNKNOWN }

  private final Map<String, Dim> rewriting = new LinkedHashMap<>();
  private final Map<String, Long> divisors = new TreeMap<>();
  private final List<Dim> zero = new ArrayList<>();
  private final List<Dim> notNegative = new ArrayList<>();

  /** Without any rewriting {@link #normal} changes nothing. */
  public boolean rewrites() {
    return !rewriting.isEmpty();
  }

  /** The dim in the form in which equal dims look alike. */
  public Dim normal(Dim dim) {
    return rewriting.isEmpty() || dim.isConstant() ? dim : dim.substitute(rewriting);
  }

  public Shape normal(Shape shape) {
    return rewriting.isEmpty() ? shape : new Shape(shape.dims().stream().map(this::normal).toList());
  }

  // ------------------------------------------------------------------------------------------------ learning

  /** From now on the two are the same number. */
  public void learnEqual(Dim left, Dim right) {
    Dim difference = normal(left).minus(normal(right));
    Set<String> candidates = new LinkedHashSet<>(normal(right).symbols());
    candidates.addAll(difference.symbols());
    for (String name : candidates) {
      Optional<Dim> solution = solve(difference, name);
      if (solution.isPresent()) {
        rewrite(name, solution.get());
        return;
      }
    }
    zero.add(difference);
  }

  /** From now on {@code divisor} divides {@code dividend}. */
  public void learnDivides(Dim divisor, Dim dividend) {
    Optional<String> name = dividend.asSymbol();
    if (name.isPresent() && divisor.isConstant() && divisor.constant() > 1
        && (!rewriting.containsKey(name.get()) || divisors.containsKey(name.get()))) {
      long all = leastCommonMultiple(divisors.getOrDefault(name.get(), 1L), divisor.constant());
      divisors.put(name.get(), all);
      rewriting.remove(name.get());
      rewrite(name.get(), Dim.symbol(name.get()).floorDividedBy(Dim.of(all)).times(all));
    } else {
      zero.add(normal(dividend).remainderBy(normal(divisor)));
    }
  }

  /** From now on {@code left <= right}. */
  public void learnAtMost(Dim left, Dim right) {
    notNegative.add(right.minus(left));
  }

  private void rewrite(String name, Dim by) {
    rewriting.replaceAll((other, dim) -> dim.substitute(Map.of(name, by)));
    rewriting.put(name, by);
  }

  private static long leastCommonMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  /**
   * The value of {@code name} that makes {@code zero} vanish, where it stands alone with a coefficient that divides
   * exactly.
   */
  public static Optional<Dim> solve(Dim zero, String name) {
    Dim rest;
    try {
      rest = zero.substitute(Map.of(name, Dim.ZERO));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
    Optional<Dim> coefficient = zero.minus(rest).dividedBy(Dim.symbol(name));
    if (coefficient.isEmpty() || !coefficient.get().isConstant() || coefficient.get().is(0)) {
      return Optional.empty();
    }
    return rest.times(-1).dividedBy(coefficient.get()).filter(d -> !d.symbols().contains(name));
  }

  // ------------------------------------------------------------------------------------------------ asking

  /** Are the two equal for all sizes that the facts allow? NO: for none. */
  public Answer equal(Dim left, Dim right) {
    Dim difference = normal(left).minus(normal(right));
    if (difference.is(0) || zero.contains(difference) || zero.contains(difference.times(-1))) {
      return Answer.YES;
    }
    return positive(difference) || positive(difference.times(-1)) ? Answer.NO : Answer.UNKNOWN;
  }

  public Answer atMost(Dim left, Dim right) {
    Dim difference = normal(right).minus(normal(left));
    if (notNegative(difference)) {
      return Answer.YES;
    }
    return positive(difference.times(-1)) ? Answer.NO : Answer.UNKNOWN;
  }

  private boolean positive(Dim dim) {
    return notNegative(dim.minus(1));
  }

  private boolean notNegative(Dim dim) {
    if (isAtLeastZero(dim)) {
      return true;
    }
    List<Dim> known = notNegative.stream().map(this::normal).toList();
    for (int i = 0; i < known.size(); i++) {
      Dim rest = dim.minus(known.get(i));
      if (isAtLeastZero(rest) || known.subList(i, known.size()).stream().anyMatch(k -> isAtLeastZero(rest.minus(k)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAtLeastZero(Dim dim) {
    return dim.lowerBound().filter(v -> v >= 0).isPresent();
  }
}
