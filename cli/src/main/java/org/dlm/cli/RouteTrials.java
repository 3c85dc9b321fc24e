package org.dlm.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.loop.Step;
import org.dlm.runtime.kernel.Candidates;
import org.dlm.runtime.kernel.Contraction;

/**
 * Every way to run each product of a program, timed alone and in turn. What is fastest alone need not be so among other
 * steps, which leave other things in the caches: this only says what is worth a try there.
 */
final class RouteTrials {
  /** A way this much slower than the best at first sight is not looked at again. */
  private static final double HOPELESS = 1.5;

  /** Alone it must be this much faster than the usual way. */
  private static final double WORTH_A_TRY = 0.96;

  private static final int MOST_RUNS = 9;
  private static final long TURN_NANOS = 2_000_000;

  /** One way to run one product. */
  private static final class Way {
    private final String name;
    private final Contraction contraction;
    private final RunnableContraction operands;
    private double best = Double.MAX_VALUE;

    Way(String name, Contraction contraction, RunnableContraction operands, Step.Kept kept) {
      this.name = name;
      this.contraction = contraction;
      this.operands = operands;
      switch (kept) {
        case LEFT -> contraction.keep(operands.left(), RunnableContraction.ALIGNED);
        case RIGHT -> contraction.keep(operands.right(), RunnableContraction.ALIGNED);
        case NOTHING -> { }
      }
    }

    /** Some runs; the fastest counts, since what disturbs a run only makes it slower. */
    void turn() {
      long end = System.nanoTime() + TURN_NANOS;
      for (int run = 0; run < MOST_RUNS && (run < 2 || System.nanoTime() < end); run++) {
        long start = System.nanoTime();
        contraction.run(operands.left(), RunnableContraction.ALIGNED, operands.right(), RunnableContraction.ALIGNED,
            operands.out(), RunnableContraction.ALIGNED, null);
        best = Math.min(best, System.nanoTime() - start);
      }
    }
  }

  /** A product with all its ways. */
  private record Product(String shape, String usual, List<Way> ways) {
    Way best() {
      return ways.stream().min(Comparator.comparingDouble(way -> way.best)).orElseThrow();
    }

    Optional<Way> usualWay() {
      return ways.stream().filter(way -> way.name.equals(usual)).findFirst();
    }
  }

  /**
   * What is faster alone than the usual way.
   *
   * @param usual the name of the usual way
   * @param ratio its time over the usual one's
   */
  record Find(String shape, String route, String usual, double ratio) {}

  private final Map<String, Product> products = new LinkedHashMap<>();

  /** The products of a program at given open dims; those of the same shape are one. */
  void add(List<Step> steps, Map<String, Long> dims) {
    for (Step.Contract step : RunnableContraction.steps(steps)) {
      RunnableContraction operands = RunnableContraction.of(step, dims);
      for (Candidates candidates : Candidates.of(operands.builder())) {
        products.computeIfAbsent(candidates.shape(), shape -> new Product(shape, candidates.usual(),
            new ArrayList<>(candidates.names().stream()
                .map(name -> new Way(name, candidates.plan(name), operands, step.kept())).toList())));
      }
    }
  }

  /** How many products there are. */
  int size() {
    return products.size();
  }

  /** How many ways are still looked at. */
  int ways() {
    return products.values().stream().mapToInt(product -> product.ways().size()).sum();
  }

  /**
   * All ways in turn for so long. The first third warms up the just-in-time compiler, then what is hopeless is left
   * out.
   */
  List<Find> run(double seconds) {
    turns(seconds / 3);
    forget();
    turns(seconds / 6);
    products.values().forEach(product -> {
      double limit = HOPELESS * product.best().best;
      product.ways().removeIf(way -> way.best > limit && !way.name.equals(product.usual()));
    });
    forget();
    turns(seconds / 2);
    List<Find> finds = new ArrayList<>();
    for (Product product : products.values()) {
      Way best = product.best();
      product.usualWay().filter(usual -> best.best < WORTH_A_TRY * usual.best).ifPresent(usual ->
          finds.add(new Find(product.shape(), best.name, usual.name, best.best / usual.best)));
    }
    return finds;
  }

  private void forget() {
    products.values().forEach(product -> product.ways().forEach(way -> way.best = Double.MAX_VALUE));
  }

  private void turns(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      products.values().forEach(product -> product.ways().forEach(Way::turn));
    } while (System.nanoTime() < end);
  }
}
