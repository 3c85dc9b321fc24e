package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;

/** A piece of a Java expression and how tightly it binds, so that parentheses stand only where they must. */
record Code(CodeBlock block, int level) {
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

  static Code name(String name) {
    return new Code(CodeBlock.of("$L", name), PRIMARY);
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
    return isZero() ? other : other.isZero() ? this
        : other.isNegative() ? of(SUM, "$L - $L", in(SUM), other.block.toString().substring(1))
        : of(SUM, "$L + $L", in(SUM), other.in(SUM));
  }

  Code times(Code other) {
    return isZero() || other.block.toString().equals("1") ? this : other.isZero() || block.toString().equals("1") ? other
        : of(PRODUCT, "$L * $L", in(PRODUCT), other.in(PRODUCT));
  }

  private boolean isZero() {
    return block.toString().equals("0");
  }

  private boolean isNegative() {
    return level == UNARY && block.toString().matches("-\\d+");
  }

  @Override
  public String toString() {
    return block.toString();
  }
}
