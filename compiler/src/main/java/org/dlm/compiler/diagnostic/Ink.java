package org.dlm.compiler.diagnostic;

/** The colours of a rendered diagnostic. */
enum Ink {
  ERROR("1;31"),
  WARNING("1;33"),
  FRAME("1;34"),
  ASIDE("1;36"),
  STRONG("1"),
  HELP("1;32"),
  FAINT("2");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  String on(String text, boolean colours) {
    return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
