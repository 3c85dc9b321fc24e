package org.dlm.runtime.train;

import java.util.Arrays;
import java.util.List;

/** Where a run is within an epoch: running means since the epoch began. One object, changed by each step. */
public final class TrainingProgress {
  int epoch;
  int epochs;
  int batch;
  int batches;
  long step;
  long examplesDone;
  private final List<String> objectives;
  private final double[] lossSums;
  private final double[] lastLosses;
  private long lossCount;
  private double metricSum;
  private long metricCount;
  private long startNanos;
  private long trainingNanos;
  private long epochNanos;
  private final Pace pace = new Pace();
  private long batchNanos;
  private long pauseNanos;
  double rate = Double.NaN;
  private long examplesHere;
  /** The step after which the run ends; 0 where the epochs decide. */
  long lastStep;
  long batchesInStep = 1;

  TrainingProgress(List<String> objectives) {
    this.objectives = objectives;
    lossSums = new double[objectives.size()];
    lastLosses = new double[objectives.size()];
    Arrays.fill(lastLosses, Double.NaN);
  }

  void startEpoch(int number) {
    epoch = number;
    batch = 0;
    Arrays.fill(lossSums, 0);
    lossCount = 0;
    metricSum = 0;
    metricCount = 0;
    epochNanos = System.nanoTime();
    if (pauseNanos != 0) {
      pace.between((epochNanos - pauseNanos) * 1e-9);
    }
    batchNanos = 0;
  }

  void endEpoch() {
    pauseNanos = System.nanoTime();
    tellPace(pauseNanos);
    trainingNanos += pauseNanos - epochNanos;
    epochNanos = 0;
  }

  void startClock() {
    startNanos = System.nanoTime();
  }

  /** The value of an objective on a batch. */
  void addLoss(int objective, float loss, int examples) {
    lastLosses[objective] = loss;
    lossSums[objective] += (double) loss * examples;
  }

  /** A batch begins; the one before it is done. */
  void addExamples(int examples) {
    tellPace(System.nanoTime());
    lossCount += examples;
    examplesDone += examples;
    examplesHere += examples;
  }

  private void tellPace(long now) {
    if (batchNanos != 0) {
      pace.batch((now - batchNanos) * 1e-9);
    }
    batchNanos = now;
  }

  void addMetric(float value, int examples) {
    metricSum += (double) value * examples;
    metricCount += examples;
  }

  /** The epoch under way, from 1. */
  public int epoch() {
    return epoch;
  }

  public int epochs() {
    return epochs;
  }

  /** Finished batches of this epoch. */
  public int batch() {
    return batch;
  }

  public int batches() {
    return batches;
  }

  /** Finished steps, those before a resume included. */
  public long step() {
    return step;
  }

  /** The loss of the last batch. */
  public double lastLoss() {
    return Roles.loss(objectives, lastLosses);
  }

  /** The objectives that are told beside the loss: none where there is only one. */
  public List<String> parts() {
    return Roles.parts(objectives);
  }

  /** Mean of an objective over this epoch's examples so far. */
  public double loss(String objective) {
    return lossSums[objectives.indexOf(objective)] / lossCount;
  }

  /** The learning rate of the last step; NaN where the optimizer has none. */
  public double rate() {
    return rate;
  }

  /** Time spent in steps since the run began, without tests and checkpoints. */
  public double trainingSeconds() {
    return 1e-9 * (trainingNanos + (epochNanos == 0 ? 0 : System.nanoTime() - epochNanos));
  }

  /** Mean loss over this epoch's examples so far. */
  public double loss() {
    return Roles.loss(objectives, lossSums) / lossCount;
  }

  /** Mean metric over a part of this epoch's examples so far; NaN without a metric. */
  public double accuracy() {
    return metricSum / metricCount;
  }

  /** Since the run began, evaluation and checkpoints included. */
  public double examplesPerSecond() {
    return examplesHere * 1e9 / Math.max(1, System.nanoTime() - startNanos);
  }

  /** Seconds that the rest of the run will take at the present speed; NaN until there is one. */
  public double secondsLeft() {
    long left = (long) (epochs - epoch) * batches + batches - batch;
    if (lastStep > 0) {
      left = Math.min(left, (lastStep - step) * batchesInStep);
    }
    return pace.left(left, Math.ceilDiv(left, Math.max(1, batches)));
  }
}
