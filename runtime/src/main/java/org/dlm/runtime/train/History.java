package org.dlm.runtime.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.AtomicFile;

/**
 * Remembers how a run went: a row for each epoch, with a column for each of several objectives, and the loss along the
 * steps in at most {@value #MOST_POINTS} points. With a file, the rows are written there after each epoch as CSV; a
 * resumed run goes on where the file's rows end.
 */
public final class History implements TrainingListener {
  private static final int MOST_POINTS = 1000;

  /** What comes in a row before that which is measured after the epoch. */
  private static final List<String> COLUMNS = List.of("epoch", "step", "seconds", "rate", "loss", "accuracy");

  /**
   * The mean loss over the batches since the point before.
   *
   * @param seconds time spent in steps until then, in this run
   */
  public record Point(long step, double seconds, double loss, double rate) {}

  private final Path file;
  private final List<String> earlierRows = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private List<String> parts = List.of();
  private List<String> metrics = List.of();
  private String part = "test";
  private TrainingStart start;
  private int stepsInPoint = 1;
  private long batches;
  private long lastStep;
  private int steps;
  private double sum;

  /** In memory only. */
  public History() {
    this(null);
  }

  /** @param csv the file for the rows; null for none */
  public History(Path csv) {
    file = csv;
    if (csv != null) {
      AtomicFile.checkWritable(csv);
    }
  }

  @Override
  public void started(TrainingStart begun) {
    start = begun;
    part = begun.part();
    if (file != null && begun.firstEpoch() > 0 && Files.exists(file)) {
      earlierRows.addAll(rowsUpTo(begun.firstEpoch()));
    }
  }

  /** Those of the epochs that the run that is resumed had finished; what came after them happens again. */
  private List<String> rowsUpTo(int epoch) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).filter(line -> line.matches("[0-9]{1,9},.*")
          && Integer.parseInt(line.substring(0, line.indexOf(','))) <= epoch).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new InputProblem(file + ": the history so far cannot be read", "Name another file.", e);
    }
  }

  @Override
  public void step(TrainingProgress progress) {
    sum += progress.lastLoss();
    batches++;
    if (progress.step() == lastStep) {
      return;
    }
    lastStep = progress.step();
    if (++steps == stepsInPoint) {
      points.add(new Point(lastStep, progress.trainingSeconds(), sum / batches, progress.rate()));
      sum = 0;
      batches = 0;
      steps = 0;
      if (points.size() == MOST_POINTS) {
        thinOut();
      }
    }
  }

  /** From now on a point stands for twice as many steps. */
  private void thinOut() {
    for (int i = 0; i < MOST_POINTS / 2; i++) {
      Point first = points.get(2 * i);
      Point second = points.get(2 * i + 1);
      points.set(i, new Point(second.step(), second.seconds(), (first.loss() + second.loss()) / 2, second.rate()));
    }
    points.subList(MOST_POINTS / 2, MOST_POINTS).clear();
    stepsInPoint *= 2;
  }

  @Override
  public void epoch(EpochReport report) {
    epochs.add(report);
    parts = List.copyOf(report.parts().keySet());
    metrics = List.copyOf(report.score().metrics().keySet());
    if (file != null) {
      write(file);
    }
  }

  /** What the run was about to do; null before it started. */
  public TrainingStart start() {
    return start;
  }

  /** The epochs of this run. */
  public List<EpochReport> epochs() {
    return List.copyOf(epochs);
  }

  /** The loss along the steps. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /**
   * A line of names, then a line for each epoch; a value that does not exist is left empty. What was measured after
   * the epoch is called {@code validation_...}, or {@code test_...} where nothing is set aside for validation.
   */
  public String csv() {
    Stream<String> measured = Stream.of(part + "_loss", part + "_accuracy");
    Stream<String> header = Stream.of(Stream.of(COLUMNS.stream(), measured, parts.stream(), metrics.stream()
        .map(m -> part + "_" + m)).flatMap(s -> s).collect(Collectors.joining(",")));
    return Stream.of(header, earlierRows.stream(), epochs.stream().map(this::row)).flatMap(s -> s)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String row(EpochReport e) {
    Stream<Double> usual = Stream.of(e.seconds(), e.rate(), e.loss(), e.accuracy(), e.score().loss(),
        e.score().accuracy());
    return e.epoch() + "," + e.step() + "," + Stream.of(usual, parts.stream().map(e.parts()::get),
        metrics.stream().map(e.score()::value)).flatMap(s -> s)
        .map(value -> Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value))
        .collect(Collectors.joining(","));
  }

  /** Writes {@link #csv}. */
  public void write(Path csv) {
    AtomicFile.write(csv, channel -> channel.write(ByteBuffer.wrap(csv().getBytes(StandardCharsets.UTF_8))));
  }
}
