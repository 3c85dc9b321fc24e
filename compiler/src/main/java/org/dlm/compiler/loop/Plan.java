package org.dlm.compiler.loop;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  /** Bytes of the temporaries that are needed at the same time, at most: no arena can be smaller. */
  public long peak(Map<String, Long> dims) {
    NavigableMap<Integer, Long> change = new TreeMap<>();
    for (Lifetime life : lifetimes) {
      long bytes = 4 * life.buffer().shape().size().evaluate(dims);
      change.merge(life.first(), bytes, Long::sum);
      change.merge(life.last() + 1, -bytes, Long::sum);
    }
    long most = 0;
    long now = 0;
    for (long bytes : change.values()) {
      now += bytes;
      most = Math.max(most, now);
    }
    return most;
  }

  /** A result as the caller sees it: the memory and the shape it has there. */
  public record Result(String name, DType type, Shape shape, Buffer buffer) {}

  /**
   * A buffer lives from the start of step {@code first} to the end of step {@code last}; a loop over time counts as the
   * steps inside of it.
   */
  public record Lifetime(Buffer buffer, int first, int last) {}
}
