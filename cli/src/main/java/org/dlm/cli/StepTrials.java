package org.dlm.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.StepTimes;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.kernel.Choices;

/**
 * The same compiled model planned in two ways, run in turn on the same inputs: what disturbs the machine disturbs both,
 * and both run the same machine code.
 */
final class StepTrials {
  private static final int LEAST_ROUNDS = 5;
  private static final double ROUND_SECONDS = 0.06;

  /** While a turn is this much faster than the one before, the just-in-time compiler is still at work. */
  private static final double STILL_FASTER = 0.95;
  private static final int MOST_TURNS = 8;

  /**
   * A program that both have.
   *
   * @param gradient whether it is the one that trains
   */
  record Run(String function, boolean gradient, Tensor[] inputs) {
    private Program of(Model model, Choices choices) {
      Program program = gradient ? model.function(function).gradient() : model.function(function).inference();
      program.random(0, 1);
      model.freeze();
      choices.whilePlanning(() -> program.bind(inputs));
      return program;
    }
  }

  /** One way of planning: how long a run took in each round, as a whole and step by step, in milliseconds. */
  private static final class Side {
    private final Program program;
    private final List<Double> whole = new ArrayList<>();
    private final Map<String, List<Double>> steps = new HashMap<>();

    Side(Program program) {
      this.program = program;
    }

    /** So many seconds of runs, at least one. */
    void round(double seconds) {
      program.times().clear();
      long start = System.nanoTime();
      int runs = 0;
      do {
        program.run();
        runs++;
      } while (System.nanoTime() - start < 1e9 * seconds);
      whole.add(1e-6 * (System.nanoTime() - start) / runs);
      Map<String, Double> round = new HashMap<>();
      for (StepTimes.Line line : program.times().lines()) {
        round.merge(line.title(), 1e-6 * line.nanos() / runs, Double::sum);
      }
      round.forEach((title, time) -> steps.computeIfAbsent(title, t -> new ArrayList<>()).add(time));
    }

    void forget() {
      steps.clear();
      whole.clear();
    }

    /** The times of the steps of these names, round by round. */
    double[] of(Set<String> names) {
      double[] sum = new double[whole.size()];
      steps.forEach((title, times) -> {
        if (names.stream().anyMatch(name -> title.startsWith(name + ":") || title.startsWith(name + " + "))) {
          Arrays.setAll(sum, round -> sum[round] + times.get(round));
        }
      });
      return sum;
    }
  }

  /** One run, planned both ways. */
  record Pair(Run run, Side before, Side after) {
    private void forget() {
      before.forget();
      after.forget();
    }

    private double millis() {
      return Arrays.stream(whole(before)).min().orElseThrow() + Arrays.stream(whole(after)).min().orElseThrow();
    }

    private static double[] whole(Side side) {
      return side.whole.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The whole run. */
    Outcome outcome() {
      return Outcome.of(whole(before), whole(after));
    }

    /** The steps of these names. */
    Outcome outcome(Set<String> steps) {
      return Outcome.of(before.of(steps), after.of(steps));
    }
  }

  /**
   * What the rounds say.
   *
   * @param before the median of the usual way, in milliseconds
   * @param after of the other
   * @param ratio the median of the rounds' ratios, after over before: both of a round saw the same machine
   * @param sure a ratio that three rounds of four do not exceed
   */
  record Outcome(double before, double after, double ratio, double sure) {
    private static Outcome of(double[] before, double[] after) {
      double[] ratios = new double[before.length];
      Arrays.setAll(ratios, round -> after[round] / before[round]);
      return new Outcome(quantile(before, 0.5), quantile(after, 0.5), quantile(ratios, 0.5), quantile(ratios, 0.75));
    }

    private static double quantile(double[] values, double share) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[(int) (share * (sorted.length - 1))];
    }
  }

  private StepTrials() {}

  /**
   * Runs the model with both choices in turn for so long, or until it is warm, after a third of the time that does not
   * count.
   */
  static List<Pair> compare(Supplier<Model> model, Choices before, Choices after, List<Run> runs, double seconds) {
    List<Pair> pairs = new ArrayList<>();
    Model first = model.get();
    Model second = model.get();
    runs.forEach(run -> pairs.add(new Pair(run, new Side(run.of(first, before)), new Side(run.of(second, after)))));
    double sum = Double.MAX_VALUE;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      pairs.forEach(Pair::forget);
      rounds(pairs, seconds / 3);
      double now = pairs.stream().mapToDouble(Pair::millis).sum();
      if (now > STILL_FASTER * sum) {
        break;
      }
      sum = now;
    }
    pairs.forEach(Pair::forget);
    rounds(pairs, seconds * 2 / 3);
    return pairs;
  }

  private static void rounds(List<Pair> pairs, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
      pairs.forEach(pair -> {
        pair.before().round(Math.min(ROUND_SECONDS, seconds / LEAST_ROUNDS));
        pair.after().round(Math.min(ROUND_SECONDS, seconds / LEAST_ROUNDS));
      });
    }
  }
}
