package org.dlm.runtime.kernel;

/** A loop that can be cut: works on the pieces {@code from} (included) to {@code to} (excluded). */
public interface Task {
  void run(int from, int to);
}
