package org.dlm.compiler.shape;

import org.dlm.compiler.diagnostic.Code;

/**
 * Why an op cannot take its inputs. Thrown by shape rules, which know no source positions; whoever builds the graph
 * adds the place and makes it a diagnostic.
 */
public final class ShapeProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Code code;
  private final transient int input;
  private final transient String help;
  private final transient String attribute;
  private final transient int from;
  private final transient int to;

  /** {@code input} is the ordinal of the argument at fault or -1; {@code help} a way out or null. */
  public ShapeProblem(Code code, int input, String message, String help) {
    this(code, input, message, help, null, 0, 0);
  }

  private ShapeProblem(Code code, int input, String message, String help, String attribute, int from, int to) {
    super(message, null, false, false);
    this.code = code;
    this.input = input;
    this.help = help;
    this.attribute = attribute;
    this.from = from;
    this.to = to;
  }

  /** A problem with characters {@code from} to {@code to} (excluded) of the text attribute {@code attribute}. */
  public static ShapeProblem inText(Code code, String attribute, int from, int to, String message, String help) {
    return new ShapeProblem(code, -1, message, help, attribute, from, to);
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

  /** The compile-time argument at fault ({@code pattern}), or null. */
  public String attribute() {
    return attribute;
  }

  /** First character at fault inside the text attribute. */
  public int from() {
    return from;
  }

  /** One past the last character at fault inside the text attribute. */
  public int to() {
    return to;
  }
}
