package org.dlm.compiler.shape;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A product of atoms with exponents; the empty product is 1. Ordered by degree (high first), then by name. Degree and
 * name are kept, because the passes compare dims all the time.
 */
final class Monomial implements Comparable<Monomial> {
  static final Monomial ONE = new Monomial(noPowers());

  private final SortedMap<Atom, Integer> powers;
  private final int degree;
  private final String text;

  Monomial(SortedMap<Atom, Integer> powers) {
    this.powers = powers;
    int sum = 0;
    StringBuilder names = new StringBuilder();
    for (var power : powers.entrySet()) {
      sum += power.getValue();
      String name = power.getKey() instanceof Atom.Remainder ? "(" + power.getKey() + ")" : power.getKey().toString();
      for (int i = 0; i < power.getValue(); i++) {
        names.append(names.isEmpty() ? "" : "*").append(name);
      }
    }
    degree = sum;
    text = names.toString();
  }

  static SortedMap<Atom, Integer> noPowers() {
    return new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  }

  static Monomial of(Atom atom) {
    SortedMap<Atom, Integer> p = noPowers();
    p.put(atom, 1);
    return new Monomial(p);
  }

  SortedMap<Atom, Integer> powers() {
    return powers;
  }

  int degree() {
    return degree;
  }

  Monomial times(Monomial other) {
    if (degree == 0) {
      return other;
    }
    if (other.degree == 0) {
      return this;
    }
    SortedMap<Atom, Integer> p = noPowers();
    p.putAll(powers);
    other.powers.forEach((a, e) -> p.merge(a, e, Integer::sum));
    return new Monomial(p);
  }

  /** This divided by the other, or null where an exponent would be negative. */
  Monomial over(Monomial other) {
    if (other.degree == 0) {
      return this;
    }
    SortedMap<Atom, Integer> p = noPowers();
    p.putAll(powers);
    for (var e : other.powers.entrySet()) {
      int left = p.getOrDefault(e.getKey(), 0) - e.getValue();
      if (left < 0) {
        return null;
      }
      if (left == 0) {
        p.remove(e.getKey());
      } else {
        p.put(e.getKey(), left);
      }
    }
    return new Monomial(p);
  }

  @Override
  public int compareTo(Monomial other) {
    int byDegree = Integer.compare(other.degree, degree);
    return byDegree != 0 ? byDegree : text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Monomial m && degree == m.degree && text.equals(m.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
