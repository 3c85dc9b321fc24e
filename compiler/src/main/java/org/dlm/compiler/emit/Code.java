package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;

/** A piece of a Java expression and how tightly it binds, so that parentheses stand only where they must. */
record Code(CodeBlock block, int level, long whole) {
  /** Names, literals, calls, array accesses. */
  static final int PRIMARY = 9;
  static final int UNARY = 8;
  static final int PRODUCT = 7;
  static final int SUM = 6;
  static final int RELATION = 5;
  static final int EQUALITY = 4;
  static final int AND = 3;
  static final int OR = 2;
  static final int CHOICE = 1;

  /** {@link #whole} of what is not a whole number written out. */
  private static final long NONE = Long.MIN_VALUE;

  Code(CodeBlock block, int level) {
    this(block, level, NONE);
  }

  static Code name(String name) {
    return new Code(CodeBlock.of("$L", name), PRIMARY);
  }

  /** A whole number. */
  static Code literal(long value) {
    return new Code(CodeBlock.of(value == (int) value ? "$L" : "$LL", value), value < 0 ? UNARY : PRIMARY, value);
  }

  boolean isLiteral() {
    return whole != NONE;
  }

  static Code primary(String format, Object... args) {
    return new Code(CodeBlock.of(format, unwrap(args)), PRIMARY);
  }

  static Code of(int level, String format, Object... args) {
    return new Code(CodeBlock.of(format, unwrap(args)), level);
  }

  private static Object[] unwrap(Object[] args) {
    Object[] blocks = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      blocks[i] = args[i] instanceof Code c ? c.block : args[i];
    }
    return blocks;
  }

  /** For a place that binds as {@code least}: in parentheses where this binds less. */
  CodeBlock in(int least) {
    return level >= least ? block : CodeBlock.of("($L)", block);
  }

  Code plus(Code other) {
    return whole == 0 ? other : other.whole == 0 ? this
        : other.isLiteral() && other.whole < 0 ? of(SUM, "$L - $L", in(SUM), literal(-other.whole))
        : of(SUM, "$L + $L", in(SUM), other.in(SUM));
  }

  Code times(Code other) {
    return whole == 0 || other.whole == 1 ? this : other.whole == 0 || whole == 1 ? other
        : of(PRODUCT, "$L * $L", in(PRODUCT), other.in(PRODUCT));
  }

  @Override
  public String toString() {
    return block.toString();
  }
}
