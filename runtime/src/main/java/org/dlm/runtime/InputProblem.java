package org.dlm.runtime;

/**
 * Something that was given from outside (a file, an option, a number) cannot be used. The message says what and where,
 * {@link #help} the way out; it is shown to the user as it is, without a stack trace.
 */
public final class InputProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String help;

  public InputProblem(String message, String help) {
    this(message, help, null);
  }

  public InputProblem(String message, String help, Throwable cause) {
    super(message, cause);
    this.help = help;
  }

  /** What the user can do about it; empty when the message says it all. */
  public String help() {
    return help;
  }
}
