package org.dlm.cli;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingProgress;
import org.dlm.runtime.train.TrainingStart;

/** Notes when a run has made its first step: what somebody waits who has just written the command. */
final class FirstStep implements TrainingListener {
  private long done;

  @Override
  public void started(TrainingStart start) {}

  @Override
  public void step(TrainingProgress progress) {
    if (done == 0) {
      done = System.currentTimeMillis();
    }
  }

  @Override
  public void epoch(EpochReport report) {}

  /** For the line that says how long a run took. Counted from the start of the JVM, whose clock knows milliseconds. */
  String text() {
    return done == 0 ? "" : String.format(Locale.ROOT, "; the first was done %.1f s after the command began",
        1e-3 * (done - ManagementFactory.getRuntimeMXBean().getStartTime()));
  }
}
