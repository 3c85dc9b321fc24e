package org.dlm.compiler.loop;

import java.util.List;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/**
 * A function as steps over buffers: what is left to do is writing it down as Java.
 *
 * @param lifetimes for each buffer in the arena the first and last step that touches it
 */
public record Plan(List<Buffer> buffers, List<Step> steps, List<Result> results, List<Lifetime> lifetimes) {
  public Plan {
    buffers = List.copyOf(buffers);
    steps = List.copyOf(steps);
    results = List.copyOf(results);
    lifetimes = List.copyOf(lifetimes);
  }

  /** A result as the caller sees it: the memory and the shape it has there. */
  public record Result(String name, DType type, Shape shape, Buffer buffer) {}

  /** A buffer lives from the start of step {@code first} to the end of step {@code last}. */
  public record Lifetime(Buffer buffer, int first, int last) {}
}
