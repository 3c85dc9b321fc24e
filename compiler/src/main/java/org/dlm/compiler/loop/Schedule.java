package org.dlm.compiler.loop;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.dlm.compiler.shape.Dim;

/**
 * How a kernel's loops run. A call works on a range of the flattened {@code cut} axes.
 *
 * @param cut the outer axes whose flattened index a call's range counts; the other outer axes are walked whole
 * @param across the outer axis whose neighbours share a vector, or null
 * @param inner for each statement the axis of its own loops whose neighbours share a vector, or null
 * @param work operations for one step of the flattened cut index: decides how many a thread takes at a time
 */
public record Schedule(List<Axis> cut, Axis across, List<Axis> inner, Dim work) {
  /** The same without vectors. */
  public Schedule alone() {
    return new Schedule(cut, null, Collections.nCopies(inner.size(), null), work);
  }

  /** Whether anything in it runs in vectors. */
  public boolean lanes() {
    return across != null || inner.stream().anyMatch(Objects::nonNull);
  }
}
