package org.dlm.compiler.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lengths of a tensor's axes, outermost first; none for a scalar. */
public record Shape(List<Dim> dims) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
  }

  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  public static Shape of(long... dims) {
    List<Dim> list = new ArrayList<>();
    for (long d : dims) {
      list.add(Dim.of(d));
    }
    return new Shape(list);
  }

  public int rank() {
    return dims.size();
  }

  public Dim dim(int axis) {
    return dims.get(axis);
  }

  /** Product of all dims. */
  public Dim size() {
    return dims.stream().reduce(Dim.ONE, Dim::times);
  }

  /** Distance in elements between neighbours along each axis, row-major. */
  public List<Dim> strides() {
    Dim[] strides = new Dim[rank()];
    Dim next = Dim.ONE;
    for (int i = rank() - 1; i >= 0; i--) {
      strides[i] = next;
      next = next.times(dims.get(i));
    }
    return List.of(strides);
  }

  /** With an axis more, in front. */
  public Shape prepend(Dim first) {
    List<Dim> all = new ArrayList<>(List.of(first));
    all.addAll(dims);
    return new Shape(all);
  }

  /** Without its first axis. */
  public Shape withoutFirst() {
    return new Shape(dims.subList(1, dims.size()));
  }

  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis, dim);
    return new Shape(changed);
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
