package org.dlm.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.store.Checkpoint;

/** How good a run is so far: its latest and its best score, and for how many epochs none was better. */
final class Standing {
  private final Goal goal;
  private final int patience;
  private Score best;
  private Score latest;
  private int waited;

  /** {@code parts}: the objectives that are told beside the loss. */
  Standing(TrainingPlan plan, Roles roles, List<String> parts) {
    goal = goal(plan, roles, parts);
    patience = plan.patience();
  }

  private static Goal goal(TrainingPlan plan, Roles roles, List<String> parts) {
    boolean accuracy = roles.metric().isPresent() || roles.logits().isPresent();
    if (plan.best() == null) {
      return Goal.usual(accuracy);
    }
    String name = plan.best().metric();
    boolean isAccuracy = roles.metric().isPresent() && roles.metric().get().name().equals(name);
    Goal asked = isAccuracy ? new Goal(Score.ACCURACY, plan.best().highest()) : plan.best();
    Map<String, Double> others = new LinkedHashMap<>();
    parts.forEach(part -> others.put(part, 0.0));
    roles.others().forEach(f -> others.put(f.name(), 0.0));
    asked.check(new Score(0, accuracy ? 0 : Double.NaN, others).names());
    return asked;
  }

  /** Goes on from where another run stood. */
  void restore(Checkpoint position) {
    best = Double.isNaN(position.bestLoss()) ? null
        : new Score(position.bestLoss(), position.bestAccuracy(), position.bestMetrics());
    waited = position.waited();
  }

  /** An epoch ended so; whether it is the best until now. */
  boolean isBest(Score score) {
    boolean better = best == null || score.better(best, goal);
    latest = score;
    best = better ? score : best;
    waited = better ? 0 : waited + 1;
    return better;
  }

  boolean isOutOfPatience() {
    return patience > 0 && waited >= patience;
  }

  /** The score of the last epoch of this run, where one has ended. */
  Optional<Score> latest() {
    return Optional.ofNullable(latest);
  }

  Optional<Score> best() {
    return Optional.ofNullable(best);
  }

  /** Epochs since the best. */
  int waited() {
    return waited;
  }
}
