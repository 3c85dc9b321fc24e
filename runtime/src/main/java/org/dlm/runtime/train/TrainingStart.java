package org.dlm.runtime.train;

import java.util.List;

/**
 * What a run is about to do.
 *
 * @param part what is measured after each epoch: {@code validation}, or {@code test} where nothing is set aside
 *     for validation
 * @param partCount its examples
 * @param testCount examples that are measured at the end
 * @param firstEpoch epochs that were finished before (0 unless resumed)
 * @param objectives the functions that are made small
 * @param metric the name under which {@link TrainingProgress#accuracy} is known, or null when there is none
 */
public record TrainingStart(int trainCount, String part, int partCount, int testCount, int epochs, int firstEpoch,
    int batchSize, int stepsPerEpoch, int parameters, List<String> objectives, String metric) {
  /** The same of a run that goes on after so many epochs. */
  TrainingStart after(int finished) {
    return new TrainingStart(trainCount, part, partCount, testCount, epochs, finished, batchSize, stepsPerEpoch,
        parameters, objectives, metric);
  }
}
