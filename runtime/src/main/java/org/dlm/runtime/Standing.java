package org.dlm.runtime;

/** Since when the weights of a model stay as they are; its instances with the same weights have one in common. */
final class Standing {
  /** They may change between any two calls. */
  static final long NEVER = 0;

  private long changes;
  private volatile long since = NEVER;

  synchronized void start() {
    since = ++changes;
  }

  synchronized void end() {
    since = NEVER;
  }

  synchronized void changed() {
    if (since != NEVER) {
      since = ++changes;
    }
  }

  long since() {
    return since;
  }
}
