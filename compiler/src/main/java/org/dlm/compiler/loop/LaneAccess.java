package org.dlm.compiler.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** How the elements that a vector of neighbours along an axis reads or writes lie in memory. */
public enum LaneAccess {
  /** All lanes see one element. */
  SAME,
  /** Element after element. */
  NEIGHBOURS,
  /** Each element is seen by two lanes: {@code x[i / 2]}. */
  TWICE,
  /** Every second element, and there is one behind the last: {@code x[2 * i]}. */
  EVENS,
  /** Every second element, and there is one before the first: {@code x[2 * i + 1]}. */
  ODDS;

  private static final long SHORT = 64;

  private static final Dim TWO = Dim.of(2);

  /**
   * The access, or nothing where it is none of these.
   *
   * @param at without a guard that may matter
   */
  public static Optional<LaneAccess> of(List<Index> at, Shape shape, Axis axis) {
    if (at.stream().noneMatch(i -> Indices.axes(i).contains(axis))) {
      return Optional.of(SAME);
    }
    Dim step = Dim.ZERO;
    boolean halved = false;
    List<Dim> strides = shape.strides();
    for (int i = 0; i < at.size(); i++) {
      Index index = at.get(i);
      if (Indices.axes(index).contains(axis)) {
        boolean half = index instanceof Index.Divided(Index of, Dim two) && two.is(2) && startsEven(of, axis);
        Optional<Affine> affine = half ? Optional.of(new Affine(Dim.ZERO, Map.of(axis, Dim.ONE)))
            : Affine.of(index);
        if (affine.isEmpty() || halved) {
          return Optional.empty();
        }
        halved = half;
        step = step.plus(affine.get().factor(axis).times(strides.get(i)));
      }
    }
    if (halved) {
      return step.is(1) ? Optional.of(TWICE) : Optional.empty();
    }
    return step.is(0) ? Optional.of(SAME) : step.is(1) ? Optional.of(NEIGHBOURS)
        : step.is(2) ? everySecond(at, shape) : Optional.empty();
  }

  /** A loop so short that what whole vectors leave over counts. */
  public static boolean isShort(Axis axis) {
    return axis.extent().isConstant() && axis.extent().constant() < SHORT && axis.extent().constant() % 16 != 0;
  }

  /** Whether the index moves along the axis one by one and is even where the axis is. */
  public static boolean startsEven(Index index, Axis axis) {
    return Affine.of(index).filter(a -> a.factor(axis).is(1) && isEven(a.constant())
        && a.factors().entrySet().stream().allMatch(t -> t.getKey().equals(axis) || isEven(t.getValue()))).isPresent();
  }

  private static boolean isEven(Dim dim) {
    return dim.dividedBy(TWO).isPresent();
  }

  private static Optional<LaneAccess> everySecond(List<Index> at, Shape shape) {
    Optional<Affine> place = Affine.of(at, shape);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Affine one = Affine.constant(Dim.ONE);
    boolean behind = place.get().plus(one).isInside(shape.size());
    boolean before = place.get().plus(one.times(Dim.of(-1))).isNeverNegative();
    // Neighbouring taps of a window share their vectors where even places are read as such.
    return behind && (!before || isEven(place.get().constant())) ? Optional.of(EVENS)
        : before ? Optional.of(ODDS) : Optional.empty();
  }
}
