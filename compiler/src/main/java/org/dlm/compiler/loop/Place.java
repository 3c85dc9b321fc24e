package org.dlm.compiler.loop;

/** Where a buffer lives. */
public sealed interface Place {
  /** The array of the {@code index}-th tensor handed to the program. */
  record Argument(int index) implements Place {}

  /** The model's flat parameters. */
  record Parameter(String path) implements Place {}

  /** The model's flat gradients. */
  record Gradient(String path) implements Place {}

  /** The model's flat buffers. */
  record State(String path) implements Place {}

  /** The program's arena, which temporaries share. */
  record Arena() implements Place {}
}
