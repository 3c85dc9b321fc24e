package org.dlm.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How long each step of a program took, for programs that were compiled to tell. */
public final class StepTimes {
  /**
   * One step, over all runs.
   *
   * @param title what the step is: its name, what it computes, the line of the model
   * @param nanos time spent in it
   * @param calls how often it ran; more often than the program where it stands in a loop over time
   */
  public record Line(String title, long nanos, long calls) {}

  private String[] titles = new String[64];
  private long[] nanos = new long[64];
  private long[] calls = new long[64];
  private long runs;
  private long last;

  StepTimes() {}

  /** A run starts. */
  void begin() {
    runs++;
    last = System.nanoTime();
  }

  /** The step with this number has just ended, and the next one starts. */
  public void after(int step, String title) {
    long now = System.nanoTime();
    if (step >= titles.length) {
      int length = Math.max(step + 1, 2 * titles.length);
      titles = Arrays.copyOf(titles, length);
      nanos = Arrays.copyOf(nanos, length);
      calls = Arrays.copyOf(calls, length);
    }
    titles[step] = title;
    nanos[step] += now - last;
    calls[step]++;
    last = System.nanoTime();
  }

  /** Forgets what was measured. */
  public void clear() {
    Arrays.fill(nanos, 0);
    Arrays.fill(calls, 0);
    runs = 0;
  }

  /** How often the program ran. */
  public long runs() {
    return runs;
  }

  /** The steps that ran, slowest first. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < titles.length; i++) {
      if (calls[i] > 0) {
        lines.add(new Line(titles[i], nanos[i], calls[i]));
      }
    }
    lines.sort(Comparator.comparingLong(Line::nanos).reversed());
    return lines;
  }
}
