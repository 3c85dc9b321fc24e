package org.dlm.compiler.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** An index that is a sum of loop variables times factors that do not depend on loop variables. */
public record Affine(Dim constant, Map<Axis, Dim> factors) {
  public Affine {
    Map<Axis, Dim> kept = new LinkedHashMap<>();
    factors.forEach((axis, factor) -> {
      if (!factor.is(0) && !axis.extent().is(1)) {
        kept.put(axis, factor);
      }
    });
    factors = java.util.Collections.unmodifiableMap(kept);
  }

  public static Affine constant(Dim value) {
    return new Affine(value, Map.of());
  }

  /** The index as a sum, or nothing where it rounds, wraps around or reads memory. */
  public static Optional<Affine> of(Index index) {
    return switch (index) {
      case Index.Of(Axis axis) -> Optional.of(new Affine(Dim.ZERO, Map.of(axis, Dim.ONE)));
      case Index.Fixed(Dim value) -> Optional.of(constant(value));
      case Index.Plus(Index left, Index right) -> of(left).flatMap(l -> of(right).map(l::plus));
      case Index.Times(Index of, Dim factor) -> of(of).map(a -> a.times(factor));
      case Index.Divided d -> Optional.empty();
      case Index.Exactly e -> Optional.empty();
      case Index.Modulo m -> Optional.empty();
      case Index.Loaded l -> Optional.empty();
    };
  }

  /** Where in a row-major tensor of that shape the element lies. */
  public static Optional<Affine> of(List<Index> at, Shape shape) {
    List<Dim> strides = shape.strides();
    Affine sum = constant(Dim.ZERO);
    for (int i = 0; i < at.size(); i++) {
      Optional<Affine> part = of(at.get(i));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(part.get().times(strides.get(i)));
    }
    return Optional.of(sum);
  }

  public Affine plus(Affine other) {
    Map<Axis, Dim> sum = new LinkedHashMap<>(factors);
    other.factors.forEach((axis, factor) -> sum.merge(axis, factor, Dim::plus));
    return new Affine(constant.plus(other.constant), sum);
  }

  public Affine times(Dim factor) {
    Map<Axis, Dim> product = new LinkedHashMap<>();
    factors.forEach((axis, f) -> product.put(axis, f.times(factor)));
    return new Affine(constant.times(factor), product);
  }

  /** How far the index moves for each step along the axis. */
  public Dim factor(Axis axis) {
    return factors.getOrDefault(axis, Dim.ZERO);
  }

  /** Surely 0 or more for all values of the loop variables. */
  public boolean isNeverNegative() {
    Dim least = constant;
    for (var term : factors.entrySet()) {
      if (isAtLeast(term.getValue().times(-1), 0)) {
        least = least.plus(term.getValue().times(term.getKey().extent().minus(1)));
      } else if (!isAtLeast(term.getValue(), 0)) {
        return false;
      }
    }
    return isAtLeast(least, 0);
  }

  /** Surely in {@code 0 .. size} for all values of the loop variables. */
  public boolean isInside(Dim size) {
    Affine fromTheTop = times(Dim.of(-1)).plus(constant(size.minus(1)));
    return isNeverNegative() && fromTheTop.isNeverNegative();
  }

  private static boolean isAtLeast(Dim dim, long bound) {
    return dim.lowerBound().filter(b -> b >= bound).isPresent();
  }
}
