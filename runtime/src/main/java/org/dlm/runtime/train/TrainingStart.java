package org.dlm.runtime.train;

import java.util.List;

/**
 * What a run is about to do.
 *
 * @param firstEpoch epochs that were finished before (0 unless resumed)
 * @param objectives the functions that are made small
 * @param metric the name under which {@link TrainingProgress#accuracy} is known, or null when there is none
 */
public record TrainingStart(int trainCount, int testCount, int epochs, int firstEpoch, int batchSize, int stepsPerEpoch,
    int parameters, List<String> objectives, String metric) {}
