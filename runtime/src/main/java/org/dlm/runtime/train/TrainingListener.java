package org.dlm.runtime.train;

/** Hears how a training run goes on. Called by the training thread: what it does delays the next step. */
public interface TrainingListener {
  /** Before the first step of this run. */
  void started(TrainingStart start);

  /**
   * After each step; the object is used again and must not be kept.
   */
  void step(TrainingProgress progress);

  /** After each epoch, its evaluation and its checkpoint. */
  void epoch(EpochReport report);
}
