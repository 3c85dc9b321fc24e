package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * A planned sum of products {@code out[b, m, n] = Σk left[b, m, k] · right[b, k, n]}, where batch, rows, columns and
 * depth are groups of named axes: einsum, matrix products, convolution and both its gradients, transposed convolution.
 *
 * <p>Built once the dims are known, then run any number of times without allocation:
 *
 * <pre>{@code
 * Contraction.named("conv1")
 *     .batch("n", n).row("o", 6).column("y", 28).column("x", 28).depth("c", 3).depth("ky", 5).depth("kx", 5)
 *     .left(axis("o", 75), axis("c", 25), axis("ky", 5), axis("kx", 1))
 * .right(axis("n", 2352), axis("c", 784), window("y", "ky", 28, 28).padding(2), window("x", "kx", 28, 1).padding(2))
 *     .out(axis("n", 4704), axis("o", 784), axis("y", 28), axis("x", 1))
 *     .plan(workspace);
 * }</pre>
 *
 * <p>An axis that an operand does not name does not move it. The result has the same bits on any number of threads.
 */
public final class Contraction {
  private final Route route;
  private final long multiplyAdds;

  private Contraction(Route route, long multiplyAdds) {
    this.route = route;
    this.multiplyAdds = multiplyAdds;
  }

  /** What is contracted, as the caller said it. */
  record Description(String name, List<ContractionAxis> axes, List<Term> left, List<Term> right, List<Term> out,
      boolean accumulate, Kept kept) {}

  /** A term that moves by {@code elements} for each step along {@code axis}. */
  public static Term.Stride axis(String axis, int elements) {
    return new Term.Stride(axis, elements);
  }

  /** A window over {@code size} elements that lie {@code elements} apart, with stride 1 and no padding. */
  public static Term.Window window(String position, String tap, int size, int elements) {
    return new Term.Window(position, tap, size, elements, 1, 1, 0, 1);
  }

  /** Starts the description of a contraction; the name appears in its messages. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Computes {@code out}; {@code end}, which may be null, is called once for each finished block of rows and columns,
   * both flattened in the order in which their axes were named, possibly from several threads at a time.
   */
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    route.run(left, leftBase, right, rightBase, out, outBase, end);
  }

  /** Multiply-adds of a run: those of zeros around an image are counted, those of zeros inserted into it are not. */
  public long multiplyAdds() {
    return multiplyAdds;
  }

  /** How it runs, part by part. */
  @Override
  public String toString() {
    return route.toString();
  }

  /**
   * Brings the operand that was announced as {@link Builder#keptLeft kept} into order. The runs up to the next call
   * are given it as it is now; whether they look at it once more is up to the way they run. With and without it a run
   * gives the same bits.
   */
  public void keep(float[] kept, int base) {
    route.keep(kept, base);
  }

  /**
   * {@link #keep} where the operand stays the same for long, else the end of that: each run reads it where it lies.
   * Contractions that keep the same numbers have them in common.
   */
  public void keep(boolean stays, float[] kept, int base) {
    route.forget();
    if (stays) {
      route.keep(kept, base);
      route.share();
    }
  }

  /** One product alone, by a route that was chosen elsewhere. */
  static Contraction of(Route route, Description description, int left, int right, int out) {
    Parts parts = Parts.of(route, description, left, right, out);
    return new Contraction(parts, parts.multiplyAdds());
  }

  /** Collects axes and operands. */
  public static final class Builder {
    private final String name;
    private final Map<String, ContractionAxis> axes = new LinkedHashMap<>();
    private List<Term> left = List.of();
    private List<Term> right = List.of();
    private List<Term> out = List.of();
    private boolean accumulate;
    private Kept kept = Kept.NOTHING;

    private Builder(String name) {
      this.name = name;
    }

    /** An axis on which the products are independent. */
    public Builder batch(String axis, int extent) {
      return add(axis, Role.BATCH, extent);
    }

    /** An axis of the result that comes from the left operand. */
    public Builder row(String axis, int extent) {
      return add(axis, Role.ROW, extent);
    }

    /** An axis of the result that comes from the right operand. */
    public Builder column(String axis, int extent) {
      return add(axis, Role.COLUMN, extent);
    }

    /** An axis that is summed over. */
    public Builder depth(String axis, int extent) {
      return add(axis, Role.DEPTH, extent);
    }

    private Builder add(String axis, Role role, int extent) {
      if (extent < 0) {
        throw new IllegalArgumentException(name + ": axis " + axis + " has extent " + extent);
      }
      if (axes.put(axis, new ContractionAxis(axis, role, extent)) != null) {
        throw new IllegalArgumentException(name + ": axis " + axis + " is named twice");
      }
      return this;
    }

    /** Where the left operand lies. */
    public Builder left(Term... terms) {
      left = List.of(terms);
      return this;
    }

    /** Where the right operand lies. */
    public Builder right(Term... terms) {
      right = List.of(terms);
      return this;
    }

    /** Where the result goes; strides only. */
    public Builder out(Term.Stride... terms) {
      out = List.of(terms);
      return this;
    }

    /** Adds to what {@code out} holds instead of replacing it. */
    public Builder accumulate() {
      accumulate = true;
      return this;
    }

    /** The left operand may stay the same over many runs: {@link Contraction#keep} is then called before the first. */
    public Builder keptLeft() {
      kept = Kept.LEFT;
      return this;
    }

    /** The right operand may stay the same over many runs: {@link Contraction#keep} is then called before the first. */
    public Builder keptRight() {
      kept = Kept.RIGHT;
      return this;
    }

    /** Decides how to run, with scratch memory of its own. */
    public Contraction plan() {
      return plan(new Workspace());
    }

    /** Decides how to run; contractions that never run at the same time may share the workspace. */
    public Contraction plan(Workspace workspace) {
      Description description = describe();
      try {
        return planned(description, workspace);
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException(name + ": too large, its places or its scratch memory exceed 2^31 floats",
            overflow);
      }
    }

    Description describe() {
      check("left", left, Role.COLUMN);
      check("right", right, Role.ROW);
      check("out", out, Role.DEPTH);
      for (ContractionAxis axis : axes.values()) {
        boolean moves = out.stream().anyMatch(t -> t instanceof Term.Stride s && s.axis().equals(axis.name()));
        if (axis.role() != Role.DEPTH && axis.extent() > 1 && !moves) {
          throw new IllegalArgumentException(name + ": out does not say where axis " + axis.name() + " goes");
        }
      }
      return new Description(name, new ArrayList<>(axes.values()), Windows.found(left, axes),
          Windows.found(right, axes),
          out, accumulate, kept);
    }

    private static Contraction planned(Description description, Workspace workspace) {
      Parts parts = Parts.of(description, workspace, description.accumulate(), false);
      Route local = parts.isSeveral() ? Planner.local(description, workspace, parts.cost()) : null;
      return new Contraction(local == null ? parts : local, parts.multiplyAdds());
    }

    private void check(String operand, List<Term> terms, Role foreign) {
      for (Term term : terms) {
        switch (term) {
          case Term.Stride s -> check(operand, s.axis(), foreign);
          case Term.Window w -> {
            check(operand, w.position(), foreign);
            check(operand, w.tap(), foreign);
          }
        }
      }
    }

    private void check(String operand, String axis, Role foreign) {
      if (!axes.containsKey(axis)) {
        throw new IllegalArgumentException(name + ": " + operand + " names axis " + axis + ", which was not declared");
      }
      if (axes.get(axis).role() == foreign) {
        throw new IllegalArgumentException(
            name + ": " + operand + " names axis " + axis + ", but a " + foreign.name().toLowerCase(Locale.ROOT)
                + " axis does not move it");
      }
    }
  }
}
