package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an epoch brought.
 *
 * @param epoch its number, from 1
 * @param loss mean loss over the training examples, as they came by
 * @param parts the mean of each of several objectives over the training examples; none where there is only one
 * @param seconds time spent in steps since the run began, without tests and checkpoints
 * @param rate the learning rate of the last step; NaN where the optimizer has none
 * @param accuracy of the training examples that were measured; NaN without a metric
 * @param part what was measured: {@code validation}, or {@code test} where nothing is set aside for validation
 * @param score how good the model is on that part
 * @param best whether no epoch before was better
 * @param checkpoint where the state now is
 */
public record EpochReport(int epoch, int epochs, long step, double seconds, double rate, double loss,
    Map<String, Double> parts, double accuracy, String part, Score score, boolean best, Path checkpoint) {}
