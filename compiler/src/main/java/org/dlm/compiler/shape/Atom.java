package org.dlm.compiler.shape;

/** Something that stands for a number: never looked into by polynomial arithmetic. */
public sealed interface Atom {
  /** An open dim, known when the program runs. */
  record Symbol(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code floor(numerator / denominator)}; the numerator has no part that divides exactly. */
  record Quotient(Dim numerator, Dim denominator) implements Atom {
    @Override
    public String toString() {
      return "floor(" + Dim.factor(numerator) + " / " + Dim.factor(denominator) + ")";
    }
  }

  /** {@code dividend % divisor}, never negative. */
  record Remainder(Dim dividend, Dim divisor) implements Atom {
    @Override
    public String toString() {
      return Dim.factor(dividend) + " % " + Dim.factor(divisor);
    }
  }

  /** The smaller of the two. */
  record Minimum(Dim left, Dim right) implements Atom {
    @Override
    public String toString() {
      return "min(" + left + ", " + right + ")";
    }
  }

  /** The larger of the two. */
  record Maximum(Dim left, Dim right) implements Atom {
    @Override
    public String toString() {
      return "max(" + left + ", " + right + ")";
    }
  }
}
