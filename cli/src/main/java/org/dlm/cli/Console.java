package org.dlm.cli;

import java.io.PrintStream;

/**
 * Where a command speaks: results to {@code out}, everything else to {@code err}.
 *
 * @param live whether a person looks at {@code err} now, so that a line may be rewritten and coloured
 */
record Console(PrintStream out, PrintStream err, boolean live) {
  static Console system() {
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    // Java knows only whether standard output is a terminal; the launcher knows it of standard error.
    return new Console(System.out, System.err, "1".equals(System.getenv("DLM_LIVE")) && wanted);
  }

  /** How many characters a line of help has, where the terminal does not say: the launcher asks it. */
  int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[0-9]{2,4}") ? Math.clamp(Integer.parseInt(columns), 80, 120) : 100;
  }

  /** "error: ..." and the way out. */
  void error(String message, String help) {
    err.println((live ? "\033[1;31merror\033[0m: " : "error: ") + message);
    if (!help.isEmpty()) {
      err.println((live ? "\033[1;36mhelp\033[0m: " : "help: ") + help);
    }
    err.flush();
  }
}
