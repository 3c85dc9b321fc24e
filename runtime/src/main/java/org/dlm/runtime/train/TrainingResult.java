package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param stopped true when it was asked to stop before its last epoch
 * @param impatient true when it ended because no epoch within the plan's patience was better
 * @param last the checkpoint of the last state
 * @param best the checkpoint of the best epoch; null when none was finished
 * @param test the score of the last finished epoch on the test examples; empty where they were not measured: when no
 *     epoch was finished, or a run with examples for validation was stopped
 */
public record TrainingResult(boolean stopped, boolean impatient, int epochs, long steps, double seconds,
    Optional<Score> test, Path last, Path best) {}
