package org.dlm.runtime.train;

import java.util.List;
import java.util.function.Consumer;

/** Hears how a training run goes on. Called by the training thread: what it does delays the next step. */
public interface TrainingListener {
  /** Something about the data that is seldom meant; after the first epoch of a run. */
  default void warning(String text) {}

  /** Before the first step of this run. */
  void started(TrainingStart start);

  /**
   * After each step; the object is used again and must not be kept.
   */
  void step(TrainingProgress progress);

  /** After each epoch, its evaluation and its checkpoint. */
  void epoch(EpochReport report);

  /** One that hears of epochs only: {@code TrainingListener.ofEpochs(e -> System.out.println(e.loss()))}. */
  static TrainingListener ofEpochs(Consumer<? super EpochReport> each) {
    return new TrainingListener() {
      @Override
      public void started(TrainingStart start) {}

      @Override
      public void step(TrainingProgress progress) {}

      @Override
      public void epoch(EpochReport report) {
        each.accept(report);
      }
    };
  }

  /** One that hands everything on to several, in their order. */
  static TrainingListener all(List<? extends TrainingListener> listeners) {
    List<TrainingListener> several = List.copyOf(listeners);
    return new TrainingListener() {
      @Override
      public void warning(String text) {
        several.forEach(l -> l.warning(text));
      }

      @Override
      public void started(TrainingStart start) {
        several.forEach(l -> l.started(start));
      }

      @Override
      public void step(TrainingProgress progress) {
        for (int i = 0; i < several.size(); i++) {
          several.get(i).step(progress);
        }
      }

      @Override
      public void epoch(EpochReport report) {
        several.forEach(l -> l.epoch(report));
      }
    };
  }
}
