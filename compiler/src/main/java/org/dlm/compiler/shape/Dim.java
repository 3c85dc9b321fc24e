package org.dlm.compiler.shape;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The length of an axis: a polynomial with integer coefficients over atoms, in normal form, so that two dims are equal
 * as objects exactly when they are equal as polynomials. An atom is an open dim ({@code N}) or something we do not look
 * into: a rounded quotient, a remainder, a minimum, a maximum.
 */
public final class Dim {
  private static final Dim[] SMALL = LongStream.range(0, 1 << 10).mapToObj(Dim::new).toArray(Dim[]::new);
  public static final Dim ZERO = of(0);
  public static final Dim ONE = of(1);

  private final long constant;

  /** Null for a number without open dims, which most dims are. */
  private final SortedMap<Monomial, Long> terms;
  private String text;

  private Dim(long constant) {
    this.constant = constant;
    terms = null;
  }

  private Dim(SortedMap<Monomial, Long> terms) {
    constant = 0;
    this.terms = terms;
  }

  public static Dim of(long value) {
    return value >= 0 && value < SMALL.length ? SMALL[(int) value] : new Dim(value);
  }

  private static Dim of(SortedMap<Monomial, Long> terms) {
    terms.values().removeIf(c -> c == 0);
    boolean number = terms.isEmpty() || terms.size() == 1 && terms.firstKey().degree() == 0;
    return number ? of(terms.isEmpty() ? 0 : terms.get(terms.firstKey())) : new Dim(terms);
  }

  private SortedMap<Monomial, Long> terms() {
    if (terms != null) {
      return terms;
    }
    SortedMap<Monomial, Long> t = new TreeMap<>();
    if (constant != 0) {
      t.put(Monomial.ONE, constant);
    }
    return t;
  }

  /** How the name of a symbol ends that may be any whole number, not only one of at least 1. */
  public static final String ANY = "'";

  public static Dim symbol(String name) {
    return of(new Atom.Symbol(name));
  }

  private static Dim of(Atom atom) {
    SortedMap<Monomial, Long> t = new TreeMap<>();
    t.put(Monomial.of(atom), 1L);
    return of(t);
  }

  // ------------------------------------------------------------------------------------------------ arithmetic

  public Dim plus(Dim other) {
    if (isConstant() && other.isConstant()) {
      return of(Math.addExact(constant(), other.constant()));
    }
    SortedMap<Monomial, Long> t = new TreeMap<>(terms());
    other.terms().forEach((m, c) -> t.merge(m, c, Math::addExact));
    return of(t);
  }

  public Dim plus(long other) {
    return plus(of(other));
  }

  public Dim minus(Dim other) {
    return plus(other.times(-1));
  }

  public Dim minus(long other) {
    return plus(-other);
  }

  public Dim times(Dim other) {
    if (isConstant() && other.isConstant()) {
      return of(Math.multiplyExact(constant(), other.constant()));
    }
    SortedMap<Monomial, Long> t = new TreeMap<>();
    terms().forEach((m, c) -> other.terms().forEach((n, d) ->
        t.merge(m.times(n), Math.multiplyExact(c, d), Math::addExact)));
    return of(t);
  }

  public Dim times(long other) {
    return times(of(other));
  }

  /** The exact quotient, or nothing where the division leaves a remainder (or one cannot tell). */
  public Optional<Dim> dividedBy(Dim divisor) {
    if (divisor.is(0)) {
      return Optional.empty();
    }
    if (isConstant() && divisor.isConstant()) {
      return constant() % divisor.constant() == 0 ? Optional.of(of(constant() / divisor.constant())) : Optional.empty();
    }
    Dim rest = this;
    Dim quotient = ZERO;
    Monomial lead = divisor.terms().firstKey();
    long leadCoefficient = divisor.terms().get(lead);
    while (!rest.is(0)) {
      Monomial top = rest.terms().firstKey();
      Monomial factor = top.over(lead);
      long coefficient = rest.terms().get(top);
      if (factor == null || coefficient % leadCoefficient != 0) {
        return Optional.empty();
      }
      SortedMap<Monomial, Long> t = new TreeMap<>();
      t.put(factor, coefficient / leadCoefficient);
      Dim step = of(t);
      quotient = quotient.plus(step);
      rest = rest.minus(step.times(divisor));
    }
    return Optional.of(quotient);
  }

  /** {@code floor(this / divisor)}: the part that divides exactly is taken out. The divisor is positive. */
  public Dim floorDividedBy(Dim divisor) {
    if (isConstant() && divisor.isConstant()) {
      return of(Math.floorDiv(constant(), divisor.constant()));
    }
    Optional<Dim> exact = dividedBy(divisor);
    if (exact.isPresent()) {
      return exact.get();
    }
    SortedMap<Monomial, Long> rest = new TreeMap<>();
    Dim whole = ZERO;
    for (var term : terms().entrySet()) {
      SortedMap<Monomial, Long> t = new TreeMap<>();
      t.put(term.getKey(), term.getValue());
      Dim single = of(t);
      Optional<Dim> q = single.dividedBy(divisor);
      if (q.isPresent()) {
        whole = whole.plus(q.get());
      } else if (divisor.isConstant() && term.getKey().degree() == 0) {
        whole = whole.plus(of(Math.floorDiv(term.getValue(), divisor.constant())));
        rest.put(term.getKey(), Math.floorMod(term.getValue(), divisor.constant()));
      } else {
        rest.put(term.getKey(), term.getValue());
      }
    }
    Dim remaining = of(rest);
    if (remaining.isConstant() && divisor.isConstant()) {
      return whole; // what is left of the constant is smaller than the divisor
    }
    return remaining.is(0) ? whole : whole.plus(of(new Atom.Quotient(remaining, divisor)));
  }

  public Dim ceilDividedBy(Dim divisor) {
    return times(-1).floorDividedBy(divisor).times(-1);
  }

  public Dim remainderBy(Dim divisor) {
    if (isConstant() && divisor.isConstant()) {
      return of(Math.floorMod(constant(), divisor.constant()));
    }
    return dividedBy(divisor).isPresent() ? ZERO : of(new Atom.Remainder(this, divisor));
  }

  public Dim min(Dim other) {
    Dim difference = minus(other);
    if (difference.isConstant()) {
      return difference.constant() <= 0 ? this : other;
    }
    return toString().compareTo(other.toString()) <= 0 ? of(new Atom.Minimum(this, other))
        : of(new Atom.Minimum(other, this));
  }

  public Dim max(Dim other) {
    Dim difference = minus(other);
    if (difference.isConstant()) {
      return difference.constant() >= 0 ? this : other;
    }
    return toString().compareTo(other.toString()) <= 0 ? of(new Atom.Maximum(this, other))
        : of(new Atom.Maximum(other, this));
  }

  // ------------------------------------------------------------------------------------------------ questions

  public boolean isConstant() {
    return terms == null;
  }

  public boolean is(long value) {
    return terms == null && constant == value;
  }

  /** The value of a constant dim. */
  public long constant() {
    if (!isConstant()) {
      throw new IllegalStateException(this + " is not a constant");
    }
    return constant;
  }

  /** The constant term. */
  public long constantTerm() {
    return terms == null ? constant : terms.getOrDefault(Monomial.ONE, 0L);
  }

  /** The open dims inside, also those inside atoms, sorted. */
  public Set<String> symbols() {
    if (isConstant()) {
      return Set.of();
    }
    Set<String> found = new TreeSet<>();
    map(s -> {
      found.add(s);
      return symbol(s);
    });
    return found;
  }

  /** Is this made of open dims by sums and products alone? */
  public boolean isPolynomial() {
    return terms().keySet().stream().flatMap(m -> m.powers().keySet().stream()).allMatch(Atom.Symbol.class::isInstance);
  }

  /** The name, where this is one open dim and nothing else. */
  public Optional<String> asSymbol() {
    if (terms != null && terms.size() == 1 && terms.get(terms.firstKey()) == 1 && terms.firstKey().degree() == 1
        && terms.firstKey().powers().firstKey() instanceof Atom.Symbol(String name)) {
      return Optional.of(name);
    }
    return Optional.empty();
  }

  /** The remainder, where this is one and nothing else. */
  public Optional<Atom.Remainder> asRemainder() {
    if (terms != null && terms.size() == 1 && terms.get(terms.firstKey()) == 1 && terms.firstKey().degree() == 1
        && terms.firstKey().powers().firstKey() instanceof Atom.Remainder remainder) {
      return Optional.of(remainder);
    }
    return Optional.empty();
  }

  /** The largest of the numbers in it, without its sign. */
  public long largestNumber() {
    return terms().values().stream().mapToLong(Math::abs).max().orElse(0);
  }

  /** The smallest value this can have when every open dim is at least 1, or nothing where we cannot tell. */
  public Optional<Long> lowerBound() {
    if (isConstant()) {
      return Optional.of(constant);
    }
    long bound = 0;
    for (var term : terms.entrySet()) {
      if (term.getKey().degree() > 0 && term.getValue() < 0) {
        return Optional.empty();
      }
      long least = 1;
      for (var power : term.getKey().powers().entrySet()) {
        Optional<Long> atom = switch (power.getKey()) {
          case Atom.Symbol s -> s.name().endsWith(ANY) ? Optional.empty() : Optional.of(1L);
          case Atom.Quotient q -> q.denominator().isConstant()
              ? q.numerator().lowerBound().map(v -> Math.floorDiv(v, q.denominator().constant())) : Optional.empty();
          case Atom.Remainder r -> Optional.of(0L);
          case Atom.Minimum m -> m.left().lowerBound().flatMap(l -> m.right().lowerBound().map(r -> Math.min(l, r)));
          case Atom.Maximum m -> m.left().lowerBound().flatMap(l -> m.right().lowerBound().map(r -> Math.max(l, r)));
        };
        if (atom.isEmpty() || atom.get() < 0) {
          return Optional.empty();
        }
        for (int i = 0; i < power.getValue(); i++) {
          least *= atom.get();
        }
      }
      bound += term.getValue() * (term.getKey().degree() == 0 ? 1 : least);
    }
    return Optional.of(bound);
  }

  // ------------------------------------------------------------------------------------------------ transformation

  /** Every open dim replaced by what {@code replacement} says. */
  public Dim map(Function<String, Dim> replacement) {
    if (isConstant()) {
      return this;
    }
    Dim sum = ZERO;
    for (var term : terms.entrySet()) {
      Dim product = of(term.getValue());
      for (var power : term.getKey().powers().entrySet()) {
        Dim atom = switch (power.getKey()) {
          case Atom.Symbol(String name) -> replacement.apply(name);
          case Atom.Quotient(Dim n, Dim d) -> n.map(replacement).floorDividedBy(d.map(replacement));
          case Atom.Remainder(Dim n, Dim d) -> n.map(replacement).remainderBy(d.map(replacement));
          case Atom.Minimum(Dim a, Dim b) -> a.map(replacement).min(b.map(replacement));
          case Atom.Maximum(Dim a, Dim b) -> a.map(replacement).max(b.map(replacement));
        };
        for (int i = 0; i < power.getValue(); i++) {
          product = product.times(atom);
        }
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  public Dim substitute(Map<String, Dim> values) {
    return map(name -> values.getOrDefault(name, symbol(name)));
  }

  /** The number this is when every open dim has its value. */
  public long evaluate(Map<String, Long> values) {
    return map(name -> {
      Long value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("no value for " + name);
      }
      return of(value);
    }).constant();
  }

  /** Whether the two are never the same number: they differ by a constant, or leave different rests. */
  public boolean differsFrom(Dim other) {
    Dim difference = minus(other);
    if (difference.isConstant()) {
      return difference.constant() != 0;
    }
    Atom.Remainder left = asRemainder().orElse(null);
    Atom.Remainder right = other.asRemainder().orElse(null);
    if (left == null || right == null || !left.divisor().equals(right.divisor()) || !left.divisor().isConstant()) {
      return false;
    }
    Dim apart = left.dividend().minus(right.dividend());
    return apart.isConstant() && apart.constant() % left.divisor().constant() != 0;
  }

  /** Visits the polynomial: a sum of coefficient times atoms (an atom repeated as often as its exponent). */
  public <R> R fold(Folder<R> folder) {
    if (isConstant()) {
      return folder.constant(constant);
    }
    R sum = null;
    for (var term : terms.entrySet()) {
      R product = null;
      for (var power : term.getKey().powers().entrySet()) {
        for (int i = 0; i < power.getValue(); i++) {
          R atom = folder.atom(power.getKey());
          product = product == null ? atom : folder.times(product, atom);
        }
      }
      long coefficient = term.getValue();
      R single = product == null ? folder.constant(coefficient)
          : coefficient == 1 ? product : folder.times(folder.constant(coefficient), product);
      sum = sum == null ? single : folder.plus(sum, single);
    }
    return sum;
  }

  /** What to make of the parts of a dim; used to print it as Java, to evaluate it, and so on. */
  public interface Folder<R> {
    R constant(long value);

    R atom(Atom atom);

    R plus(R left, R right);

    R times(R left, R right);
  }

  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof Dim d && constant == d.constant && isConstant() == d.isConstant()
        && (isConstant() || terms.size() == d.terms.size() && toString().equals(d.toString()));
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  static String factor(Dim dim) {
    return dim.terms().size() > 1 ? "(" + dim + ")" : dim.toString();
  }

  /** As in a model's source: {@code 2*N + 1}. The same polynomial gives the same text, so it serves to compare. */
  @Override
  public String toString() {
    if (text == null) {
      text = print();
    }
    return text;
  }

  private String print() {
    if (isConstant()) {
      return String.valueOf(constant);
    }
    StringBuilder sum = new StringBuilder();
    terms.forEach((monomial, coefficient) -> {
      long size = Math.abs(coefficient);
      sum.append(sum.isEmpty() ? (coefficient < 0 ? "-" : "") : coefficient < 0 ? " - " : " + ");
      String name = monomial.toString();
      sum.append(name.isEmpty() ? String.valueOf(size) : size == 1 ? name : size + "*" + name);
    });
    return sum.toString();
  }
}
