package org.dlm.compiler.loop;

import java.util.Map;

/**
 * An optimizer's update rule as one loop nest over arguments 0 (parameters) and 1 (gradients) and states.
 *
 * @param numbers what the kernel's scalars are: expressions over hyper-parameters and {@code step}, the same for all
 *     numbers
 * @param wholeTensors whether it reduces over the tensor, so that its loops cannot be cut
 */
public record Update(Step.Loops loops, Map<String, Expr> numbers, boolean wholeTensors) {}
