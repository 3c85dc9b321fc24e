package org.dlm.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingProgress;
import org.dlm.runtime.train.TrainingStart;

/**
 * Shows a training run: on a terminal a bar with loss, accuracy, examples a second and time left under the lines of the
 * finished epochs; elsewhere lines only. The bar is drawn by its own thread, training only leaves numbers for it.
 */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private static final int REDRAW_MILLIS = 100;
  private static final long QUIET_NANOS = 10_000_000_000L;

  /** More epoch lines than this push everything else out of the window. */
  private static final int EPOCH_LINES = 25;

  private final Console console;
  private final int width;
  private ProgressBar bar;
  private TrainingStart start;
  private long lastLine;
  private volatile int epoch;
  private volatile double loss;
  private volatile double accuracy;
  private volatile double speed;
  private volatile double secondsLeft;

  TrainingDisplay(Console console) {
    this.console = console;
    String columns = System.getenv("COLUMNS");
    width = Math.max(60, columns != null && columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : 100);
  }

  @Override
  public void warning(String text) {
    console.err().println("warning: " + text);
  }

  @Override
  public void started(TrainingStart start) {
    this.start = start;
    lastLine = System.nanoTime();
    console.err().printf(Locale.ROOT, "training %s on %s, %stesting on %,d: %s of %s, batch %d, %s%n",
        start.objectives().stream().map(o -> "`" + o + "`").collect(Collectors.joining(" and ")),
        count(start.trainCount(), "example"),
        start.part().equals("test") ? "" : String.format(Locale.ROOT, "validating on %,d, ", start.partCount()),
        start.testCount(), count(start.epochs(), "epoch"), count(start.stepsPerEpoch(), "step"), start.batchSize(),
        count(start.parameters(), "parameter"));
    if (console.live()) {
      long steps = (long) (start.epochs() - start.firstEpoch()) * start.stepsPerEpoch();
      bar = new ProgressBar("", steps, REDRAW_MILLIS, false, true, 0, Duration.ZERO, new Renderer(), new Terminal());
    }
  }

  /** "1 epoch", "12 epochs". */
  static String count(int number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  @Override
  public void step(TrainingProgress progress) {
    epoch = progress.epoch();
    loss = progress.loss();
    accuracy = progress.accuracy();
    speed = progress.examplesPerSecond();
    secondsLeft = progress.secondsLeft();
    if (bar != null) {
      bar.stepTo((long) (progress.epoch() - 1 - start.firstEpoch()) * progress.batches() + progress.batch());
    } else if (System.nanoTime() - lastLine > QUIET_NANOS) {
      line(String.format(Locale.ROOT, "  epoch %d, batch %d of %d: %s", epoch, progress.batch(), progress.batches(),
          numbers()));
    }
  }

  private String numbers() {
    return String.format(Locale.ROOT, "loss %.4f%s  %,.0f examples/s%s", loss,
        Double.isNaN(accuracy) ? "" : String.format(Locale.ROOT, "  accuracy %.1f %%", 100 * accuracy), speed,
        Double.isNaN(secondsLeft) ? "" : "  " + time(secondsLeft) + " left");
  }

  @Override
  public void epoch(EpochReport report) {
    int every = Math.max(1, (report.epochs() + EPOCH_LINES - 1) / EPOCH_LINES);
    if (report.epoch() % every == 0 || report.epoch() == 1 || report.epoch() == report.epochs()) {
      StringBuilder metrics = new StringBuilder(share("  accuracy", report.score().accuracy()));
      report.score().metrics().forEach((name, value) ->
          metrics.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
      line(String.format(Locale.ROOT, "epoch %3d/%d  loss %.4f%s%s   %s loss %.4f%s  %,.0f examples/s%s",
          report.epoch(), report.epochs(), report.loss(), parts(report), share("  accuracy", report.accuracy()),
          report.part(), report.score().loss(), metrics, speed, report.best() ? "  (best)" : ""));
    }
  }

  private static String parts(EpochReport report) {
    return report.parts().isEmpty() ? "" : report.parts().entrySet().stream()
        .map(part -> String.format(Locale.ROOT, "%s %.4f", part.getKey(), part.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String share(String name, double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%s %.2f %%", name, 100 * share);
  }

  private void line(String text) {
    lastLine = System.nanoTime();
    synchronized (console) {
      console.err().println((bar != null ? "\r\033[K" : "") + text);
    }
  }

  /** "3:07", or "12 s" below a minute. */
  static String time(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 60 ? whole + " s" : whole < 3600 ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** The text of the bar. */
  private final class Renderer implements ProgressBarRenderer {
    @Override
    public String render(ProgressState state, int maxLength) {
      if (state.getCurrent() == 0) {
        return "starting (the first steps are slow until Java has optimised the kernels)";
      }
      double done = state.getMax() == 0 ? 1 : state.getCurrent() / (double) state.getMax();
      String head = String.format(Locale.ROOT, "epoch %d/%d ", epoch, start.epochs());
      String tail = String.format(Locale.ROOT, " %3.0f %%  %s", 100 * done, numbers());
      int length = Math.max(5, Math.min(40, maxLength - head.length() - tail.length()));
      int full = (int) Math.round(done * length);
      String text = head + "█".repeat(full) + "░".repeat(length - full) + tail;
      return text.length() > maxLength ? text.substring(0, maxLength) : text;
    }
  }

  /** The last line of the terminal, rewritten in place. */
  private final class Terminal implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return width - 1;
    }

    @Override
    public void accept(String text) {
      synchronized (console) {
        console.err().print("\r\033[K" + text);
        console.err().flush();
      }
    }

    @Override
    public void clear() {
      accept("");
    }

    @Override
    public void close() {
      accept("");
    }
  }
}
