package org.dlm.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the command as a user does, within this process, and keeps what it said. */
record Spoken(int code, String out, String err) {
  static Spoken dlm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8), false), arguments);
    Spoken spoken = new Spoken(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    if (spoken.err.contains("\tat ") || spoken.out.contains("\tat ")) {
      throw new AssertionError("a stack trace: " + spoken);
    }
    return spoken;
  }
}
