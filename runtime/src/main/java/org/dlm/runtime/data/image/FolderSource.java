package org.dlm.runtime.data.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.BrokenFiles;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;

/**
 * Pictures in files: decoded when they are read, or once and for all where they fit in memory.
 *
 * @param kept the pixels of each picture, or null where they are decoded each time
 */
record FolderSource(String origin, List<Path> files, int[] labels, int classes, int[] shape, boolean skip,
    byte[][] kept)
    implements IndexedSource {
  @Override
  public List<Column> columns() {
    return List.of(Column.floats("x", shape), Column.ints("label", classes));
  }

  @Override
  public int count() {
    return labels.length;
  }

  /** Decodes all pictures at once and keeps them; those that cannot be read are told to {@code broken}. */
  FolderSource inMemory(BrokenFiles broken) {
    byte[][] pixels = new byte[files.size()][];
    IntStream.range(0, pixels.length).parallel().forEach(i -> {
      try {
        float[] planes = decode(files.get(i));
        byte[] bytes = new byte[planes.length];
        for (int k = 0; k < bytes.length; k++) {
          bytes[k] = (byte) Math.round(planes[k]);
        }
        pixels[i] = bytes;
      } catch (IOException e) {
        broken.told(files.get(i), e);
      }
    });
    int[] whole = IntStream.range(0, pixels.length).filter(i -> pixels[i] != null).toArray();
    return new FolderSource(origin, IntStream.of(whole).mapToObj(files::get).toList(),
        IntStream.of(whole).map(i -> labels[i]).toArray(), classes, shape, skip,
        IntStream.of(whole).mapToObj(i -> pixels[i]).toArray(byte[][]::new));
  }

  private float[] decode(Path file) throws IOException {
    return Picture.read(file, shape[0]).resized(shape[1], shape[2]).planes();
  }

  @Override
  public void read(int example, Example into) throws IOException {
    float[] x = into.floats(0);
    if (kept != null) {
      byte[] pixels = kept[example];
      for (int i = 0; i < pixels.length; i++) {
        x[i] = (pixels[i] & 0xFF) / 255f;
      }
      into.ints(1)[0] = labels[example];
      return;
    }
    // With `corrupt=skip` the next whole picture stands in for one that cannot be read.
    for (int i = 0; i < count(); i++) {
      int here = (example + i) % count();
      try {
        float[] planes = decode(files.get(here));
        for (int k = 0; k < planes.length; k++) {
          x[k] = planes[k] / 255f;
        }
        into.ints(1)[0] = labels[here];
        return;
      } catch (IOException e) {
        if (!skip) {
          throw BrokenFiles.problem(files.get(here), e);
        }
      }
    }
    throw new InputProblem(origin + ": none of its pictures can be read", "Were these pictures?");
  }
}
