package org.dlm.runtime.store;

import java.util.List;
import java.util.function.Predicate;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Variable;

/**
 * The state of one optimizer in a checkpoint.
 *
 * @param folder stands before the names of its state: empty, or one for each of several optimizers
 * @param keeps the paths of the parameters whose state is kept: those that the optimizer changes
 */
public record RuleState(String folder, Optimizer rule, Predicate<String> keeps) {
  /** The only optimizer of a run. */
  static RuleState only(Optimizer rule) {
    return new RuleState("", rule, path -> true);
  }

  List<Variable> variables(Model model) {
    return model.parameterList().stream().filter(v -> keeps.test(v.path())).toList();
  }

  /** What the state of a parameter is called in the file. */
  String name(String state, Variable v) {
    return Checkpoint.STATE_PREFIX + folder + state + "/" + v.path();
  }
}
