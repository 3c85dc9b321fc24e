package org.dlm.runtime.data.image;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;

/** Images and labels of two IDX files; pixels 0 to 255 become 0 to 1. */
record IdxSource(String origin, IdxFile images, byte[] labels, int classes, byte[] scratch) implements IndexedSource {
  private static final float[] SHADES = new float[256];

  static {
    for (int i = 0; i < SHADES.length; i++) {
      SHADES[i] = i / 255f;
    }
  }

  @Override
  public List<Column> columns() {
    return List.of(Column.floats("x", 1, images.shape()[1], images.shape()[2]), Column.ints("label", classes));
  }

  /** The label of each image. */
  int[] classOfEach() {
    return IntStream.range(0, labels.length).map(i -> labels[i] & 0xFF).toArray();
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public void read(int example, Example into) throws IOException {
    float[] x = into.floats(0);
    synchronized (scratch) {
      images.data().read((long) example * scratch.length, scratch, scratch.length);
      for (int i = 0; i < scratch.length; i++) {
        x[i] = SHADES[scratch[i] & 0xFF];
      }
    }
    into.ints(1)[0] = labels[example] & 0xFF;
  }
}
