package org.dlm.compiler.shape;

import org.dlm.compiler.diagnostic.Code;

/**
 * Why an op cannot take its inputs. Thrown by shape rules, which know no source positions; whoever builds the graph adds
 * the place and makes it a diagnostic.
 */
public final class ShapeProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Code code;
  private final transient int input;
  private final transient String help;

  /** {@code input} is the ordinal of the argument at fault or -1; {@code help} a way out or null. */
  public ShapeProblem(Code code, int input, String message, String help) {
    super(message, null, false, false);
    this.code = code;
    this.input = input;
    this.help = help;
  }

  public Code code() {
    return code;
  }

  public int input() {
    return input;
  }

  public String help() {
    return help;
  }
}
