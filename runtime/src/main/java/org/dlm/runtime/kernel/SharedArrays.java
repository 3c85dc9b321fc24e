package org.dlm.runtime.kernel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays that nobody writes any more, each content once: the ordered weights of one model, which its instances in
 * several threads and its plans for several shapes need alike.
 */
final class SharedArrays {
  private static final Map<Integer, List<Known>> KNOWN = new HashMap<>();
  private static final ReferenceQueue<float[]> GONE = new ReferenceQueue<>();

  private SharedArrays() {}

  private static final class Known extends WeakReference<float[]> {
    private final int hash;

    Known(float[] array, int hash) {
      super(array, GONE);
      this.hash = hash;
    }
  }

  /** The array, or the one that was given before with the same numbers and is still in use. */
  static synchronized float[] shared(float[] array) {
    for (Reference<? extends float[]> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      KNOWN.computeIfPresent(((Known) gone).hash, (hash, list) -> {
        list.removeIf(known -> known.refersTo(null));
        return list.isEmpty() ? null : list;
      });
    }
    int hash = Arrays.hashCode(array);
    List<Known> same = KNOWN.computeIfAbsent(hash, h -> new ArrayList<>());
    for (Known known : same) {
      float[] other = known.get();
      if (other != null && Arrays.equals(other, array)) {
        return other;
      }
    }
    same.add(new Known(array, hash));
    return array;
  }
}
