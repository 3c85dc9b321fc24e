package org.dlm.runtime.data.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.data.BrokenFiles;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.IndexedSource;

/**
 * Recordings, each with the number of its class or the letters of its text.
 *
 * @param mel what makes spectrograms of them; null for the waves themselves
 * @param texts the tokens of each class's letters; null where classes are wanted
 * @param speakers in alphabetical order; none where the names of the files do not tell
 * @param longest frames or samples of the longest recording
 * @param kept what was computed before for each recording; null where it is computed each time
 */
record AudioSource(String origin, List<Path> files, int[] labels, int classes, MelSpectrogram mel, int[][] texts,
    int letters, int longest, List<String> speakers, float[][] kept) implements IndexedSource {
  @Override
  public List<Column> columns() {
    int[] shape = mel == null ? new int[] {Column.OPEN} : new int[] {Column.OPEN, mel.mels()};
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Described("audio", ElementType.F32, 0, longest, shape));
    if (texts == null) {
      columns.add(Column.ints("label", classes));
    } else {
      int longestText = IntStream.range(0, texts.length).map(i -> texts[i].length).max().orElse(1);
      columns.add(new Column.Described("text", ElementType.I32, letters, longestText, Column.OPEN));
    }
    if (!speakers.isEmpty()) {
      columns.add(Column.ints("speaker", speakers.size()));
    }
    return columns;
  }

  @Override
  public int count() {
    return labels.length;
  }

  /** Computes everything at once and keeps it; recordings that cannot be read are told to {@code broken}. */
  AudioSource inMemory(BrokenFiles broken) {
    float[][] all = new float[files.size()][];
    IntStream.range(0, all.length).parallel().forEach(i -> {
      try {
        all[i] = compute(files.get(i));
      } catch (IOException e) {
        broken.told(files.get(i), e);
      }
    });
    int[] whole = IntStream.range(0, all.length).filter(i -> all[i] != null).toArray();
    return new AudioSource(origin, IntStream.of(whole).mapToObj(files::get).toList(),
        IntStream.of(whole).map(i -> labels[i]).toArray(), classes, mel, texts, letters, longest, speakers,
        IntStream.of(whole).mapToObj(i -> all[i]).toArray(float[][]::new));
  }

  /** What stands between the first two low lines of a name; null where there are none. */
  static String speakerOf(Path file) {
    String[] parts = file.getFileName().toString().split("_");
    return parts.length < 3 ? null : parts[1];
  }

  private float[] compute(Path file) throws IOException {
    float[] samples = Wave.read(file).samples();
    return mel == null ? samples : mel.of(samples);
  }

  @Override
  public void read(int example, Example into) throws IOException {
    float[] values;
    try {
      values = kept != null ? kept[example] : compute(files.get(example));
    } catch (IOException e) {
      throw BrokenFiles.problem(files.get(example), e);
    }
    int length = mel == null ? values.length : values.length / mel.mels();
    System.arraycopy(values, 0, into.floats(0, length), 0, values.length);
    if (texts == null) {
      into.ints(1)[0] = labels[example];
    } else {
      int[] text = texts[labels[example]];
      System.arraycopy(text, 0, into.ints(1, text.length), 0, text.length);
    }
    if (!speakers.isEmpty()) {
      into.ints(2)[0] = speakers.indexOf(speakerOf(files.get(example)));
    }
  }
}
