package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An operand whose element lies at {@code base + shift + Σ index · stride}, with no bounds to look at: windows that
 * reach over the edge were given a {@link Staging}, and the strides are those of the copy.
 */
final class Operand {
  final Staging staging;
  final int shift;

  private final boolean windowed;

  private final Map<String, Integer> strides;
  private final Collection<ContractionAxis> axes;

  /** Where the copy is in the workspace; set by the planner. */
  int stagedAt;

  private Operand(Staging staging, int shift, boolean windowed, Map<String, Integer> strides,
      Collection<ContractionAxis> axes) {
    this.axes = axes;
    this.staging = staging;
    this.shift = shift;
    this.windowed = windowed;
    this.strides = strides;
  }

  int stride(ContractionAxis axis) {
    return axis.extent() == 1 ? 0 : strides.getOrDefault(axis.name(), 0);
  }

  /**
   * Whether what lies between lines that are {@code line} apart is part of the operand too, as in an image under a
   * window; elsewhere it could be anything, and reading it would let a stranger's NaN in.
   */
  boolean ownsGaps(int line) {
    long reach = 1;
    for (ContractionAxis axis : axes) {
      int stride = Math.abs(stride(axis));
      reach += stride < line ? (axis.extent() - 1L) * stride : 0;
    }
    return windowed || reach >= line;
  }

  int[] table(List<ContractionAxis> axes) {
    int[] table = {0};
    for (ContractionAxis axis : axes) {
      int[] next = new int[Math.multiplyExact(table.length, axis.extent())];
      for (int i = 0; i < next.length; i++) {
        next[i] = table[i / axis.extent()] + i % axis.extent() * stride(axis);
      }
      table = next;
    }
    return table;
  }

  /** The array to read: the operand's own, or the workspace with the copy. */
  float[] array(float[] own, Workspace workspace) {
    return staging == null ? own : workspace.floats();
  }

  int base(int own) {
    return (staging == null ? own : stagedAt) + shift;
  }

  void stage(float[] own, int base, Workspace workspace) {
    if (staging != null) {
      staging.run(own, base, workspace.floats(), stagedAt);
    }
  }

  /** Resolves terms whose windows have no input dilation. */
  static Operand of(List<Term> terms, Map<String, ContractionAxis> axes) {
    Map<String, Integer> plain = new HashMap<>();
    List<Term.Window> windows = new ArrayList<>();
    boolean inside = true;
    for (Term term : terms) {
      switch (term) {
        case Term.Stride s -> plain.merge(s.axis(), s.elements(), Math::addExact);
        case Term.Window w -> {
          windows.add(w);
          inside &= low(w, axes) >= 0 && high(w, axes) < w.size();
        }
      }
    }
    return inside ? inPlace(plain, windows, axes) : staged(plain, windows, axes, null);
  }

  /** A copy of what the windows reach, zeros around the operand among it. */
  static Operand copied(List<Term> terms, Map<String, ContractionAxis> axes) {
    Map<String, Integer> plain = new HashMap<>();
    List<Term.Window> windows = new ArrayList<>();
    for (Term term : terms) {
      switch (term) {
        case Term.Stride s -> plain.merge(s.axis(), s.elements(), Math::addExact);
        case Term.Window w -> windows.add(w);
      }
    }
    return staged(plain, windows, axes, null);
  }

  /**
   * A copy in which {@code lanes}, a plain axis of the operand, is the fastest and {@code padded} long; windows of
   * such a copy lie inside of it.
   */
  static Operand interleaved(List<Term> terms, Map<String, ContractionAxis> axes, ContractionAxis lanes, int padded) {
    Map<String, Integer> plain = new HashMap<>();
    List<Term.Window> windows = new ArrayList<>();
    for (Term term : terms) {
      switch (term) {
        case Term.Stride s -> plain.merge(s.axis(), s.elements(), Math::addExact);
        case Term.Window w -> windows.add(w);
      }
    }
    int elements = plain.remove(lanes.name());
    Staging.Side side = new Staging.Side(0, padded, lanes.extent(), elements);
    return staged(plain, windows, axes, new Dimension(side, lanes, null));
  }

  /** Whether the element of the copy that lies this far behind its base is one of the operand, not a zero around it. */
  boolean isInside(int offset) {
    return staging.isInside(offset + shift);
  }

  private static Operand inPlace(Map<String, Integer> strides, List<Term.Window> windows,
      Map<String, ContractionAxis> axes) {
    int shift = 0;
    for (Term.Window w : windows) {
      shift = Math.addExact(shift, Math.multiplyExact(-w.padding(), w.elements()));
      strides.merge(w.position(), Math.multiplyExact(w.stride(), w.elements()), Math::addExact);
      strides.merge(w.tap(), Math.multiplyExact(w.dilation(), w.elements()), Math::addExact);
    }
    return new Operand(null, shift, !windows.isEmpty(), strides, axes.values());
  }

  private record Dimension(Staging.Side side, ContractionAxis axis, Term.Window window) {}

  /** {@code fastest}, if it is not null, comes behind the others; they stay in the order of the memory. */
  private static Operand staged(Map<String, Integer> plain, List<Term.Window> windows,
      Map<String, ContractionAxis> axes, Dimension fastest) {
    List<Dimension> dimensions = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : plain.entrySet()) {
      ContractionAxis axis = axes.get(entry.getKey());
      if (axis.extent() > 1 && entry.getValue() != 0) {
        dimensions.add(new Dimension(new Staging.Side(0, axis.extent(), axis.extent(), entry.getValue()), axis, null));
      }
    }
    for (Term.Window w : windows) {
      int low = Math.toIntExact(low(w, axes));
      int length = Math.toIntExact(high(w, axes) - low + 1);
      dimensions.add(new Dimension(new Staging.Side(low, length, w.size(), w.elements()), null, w));
    }
    dimensions.sort(Comparator.comparingInt((Dimension d) -> -Math.abs(d.side().elements())));
    if (fastest != null) {
      dimensions.add(fastest);
    }
    Map<String, Integer> strides = new HashMap<>();
    int shift = 0;
    int stride = 1;
    for (Dimension d : dimensions.reversed()) {
      if (d.window() == null) {
        strides.merge(d.axis().name(), stride, Math::addExact);
      } else {
        shift = Math.addExact(shift, Math.multiplyExact(-d.window().padding() - d.side().low(), stride));
        strides.merge(d.window().position(), Math.multiplyExact(d.window().stride(), stride), Math::addExact);
        strides.merge(d.window().tap(), Math.multiplyExact(d.window().dilation(), stride), Math::addExact);
      }
      stride = Math.multiplyExact(stride, d.side().length());
    }
    return new Operand(new Staging(dimensions.stream().map(Dimension::side).toList()), shift, true, strides,
        axes.values());
  }

  /** The first coordinate that a window reaches, or a copy of its operand holds. */
  static long low(Term.Window w, Map<String, ContractionAxis> axes) {
    return Math.min(w.copyFrom(), Math.min(0, reach(w.stride(), axes.get(w.position())))
        + Math.min(0, reach(w.dilation(), axes.get(w.tap()))) - w.padding());
  }

  /** The last one. */
  static long high(Term.Window w, Map<String, ContractionAxis> axes) {
    return Math.max(w.copyTo(), Math.max(0, reach(w.stride(), axes.get(w.position())))
        + Math.max(0, reach(w.dilation(), axes.get(w.tap()))) - w.padding());
  }

  private static long reach(int step, ContractionAxis axis) {
    return (long) step * (axis.extent() - 1);
  }
}
