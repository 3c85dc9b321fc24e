package org.dlm.compiler.build;

/** Work on a statement stops: what is wrong was said already. Caught where the next statement can go on. */
final class Reported extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Reported() {
    super(null, null, false, false);
  }
}
