package org.dlm.runtime.train;

import java.util.List;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.store.RuleState;

/** A number that a run makes small: the function that gives it, and the rule that moves what the function trains. */
final class Objective {
  private final Function function;
  private final Batches.Inputs inputs;
  private final ParallelUpdate update;
  private final Optimizer optimizer;

  Objective(Model model, Roles.Measured of, Batches batches, Optimizer optimizer, TrainingPlan plan) {
    function = of.function();
    inputs = batches.inputs(of.feed());
    this.optimizer = optimizer;
    update = new ParallelUpdate(model, optimizer, function, plan.groups(), plan.decay());
  }

  String name() {
    return function.name();
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** The gradient of the present batch; gives the function's value. */
  float gradient(long seed, long draw) {
    Program gradient = function.gradient();
    gradient.random(seed, draw);
    gradient.bind(inputs.tensors());
    gradient.run();
    return gradient.scalar(0);
  }

  /** Where the present batch holds a number that is none, which a model can make nothing of; else nothing. */
  String notFinite(Batches batches) {
    Tensor[] tensors = inputs.tensors();
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i] instanceof FloatTensor(float[] data, int[] shape)) {
        for (int at = 0; at < data.length; at++) {
          if (!Float.isFinite(data[at])) {
            return "; `" + function.inputs().get(i).name() + "` of training example "
                + batches.example(at / (data.length / shape[0])) + " is " + data[at];
          }
        }
      }
    }
    return "";
  }

  /** Moves the parameters by the model's gradients. */
  void update(long step) {
    update.apply((int) step);
  }

  /** What a checkpoint keeps of it; of several, each has a name and keeps the state of what it trains. */
  static List<RuleState> states(List<Objective> objectives) {
    if (objectives.size() == 1) {
      return List.of(new RuleState("", objectives.getFirst().optimizer, path -> true));
    }
    return objectives.stream().map(o -> new RuleState(o.name() + "/", o.optimizer, o.function::trains)).toList();
  }
}
