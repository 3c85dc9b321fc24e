package org.dlm.runtime.train;

/**
 * How long a batch takes at present: a mean in which what is long ago counts little, since the first steps of a run are
 * slow until the JVM has optimised the kernels.
 */
final class Pace {
  /** Seconds after which a batch counts a third, at the beginning of a run. */
  private static final double SHORTEST = 2;

  /** Later in the run it is this part of the time that has passed. */
  private static final double PART = 0.1;

  private double elapsed;
  private double seconds;
  private double batches;
  private double between;
  private long passes;
  private boolean first = true;

  /** A batch took so long. The very first one, which loads and compiles most, says nothing of the others. */
  void batch(double took) {
    elapsed += took;
    if (first) {
      first = false;
      return;
    }
    double kept = Math.exp(-took / Math.max(SHORTEST, PART * elapsed));
    seconds = seconds * kept + took;
    batches = batches * kept + 1;
  }

  /** What lies between two epochs, tests and checkpoints, took so long. */
  void between(double took) {
    between += took;
    passes++;
  }

  /** Seconds for so many batches and so many ends of epochs; NaN where too little is known. */
  double left(long batchesLeft, long endsLeft) {
    double pauses = passes == 0 ? 0 : between / passes * endsLeft;
    return batches == 0 ? Double.NaN : seconds / batches * batchesLeft + pauses;
  }
}
