package org.dlm.tests.golden;

import jdk.incubator.vector.FloatVector;
import org.dlm.runtime.lanes.LaneChoice;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out a width that the machine's vectors do not have, or have anyway: the run without a wish is on that. */
final class NarrowerWidths implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!LaneChoice.VECTOR || LaneChoice.BITS == 0) {
      return ConditionEvaluationResult.enabled("the machine's own vectors, or none");
    }
    int own = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return LaneChoice.BITS < own ? ConditionEvaluationResult.enabled("narrower than the machine's own vectors")
        : ConditionEvaluationResult.disabled("this machine's vectors have " + own + " bits; no run on "
            + LaneChoice.BITS + " of its own");
  }
}
