package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * Runs a contraction a few examples at a time, each few from the first copy to the last end on one core, with memory of
 * its own: nothing but weights and sums of gradients goes from one core to another, and the threads meet once. Where
 * the result has no examples, as in the gradient of weights, the few give sums of their own, which are added up at the
 * end.
 */
final class LocalRoute implements Route {
  /** Examples that one core does from beginning to end: a vector of the longest kind, or so few that copies are hot. */
  static final int[] FEW = {16, 4};

  /** Floats of memory that stay in the second cache beside the operands, and what each float of more costs. */
  private static final int HOT = 1 << 16;
  private static final double COLD = 1;

  /** Floats of weights: every core brings them into order for itself. */
  private static final long MOST_WEIGHTS = 1L << 15;

  /** Floats that move with the examples: of more the caches of the cores hold nothing until the next step. */
  private static final long MOST_FLOATS = 1L << 20;

  /** What it may cost more than all examples at once: the others' caches are far. */
  static final double WORTH = 1.2;

  private final Contraction.Description description;
  private final ContractionAxis examples;
  private final int few;
  private final int groups;
  private final int leftStep;
  private final int rightStep;
  private final int outStep;

  /** Batch entries of the result in an example. */
  private final int entries;

  private final int rows;
  private final int columns;

  /** Whether the groups give sums of their own. */
  private final boolean sums;

  private final boolean accumulate;
  private final Workspace workspace;
  private final double cost;

  /** How each thread does a group. */
  private Few[] threads;

  private float[] left;
  private int leftBase;
  private float[] right;
  private int rightBase;
  private float[] out;
  private int outBase;
  private End end;
  private final Task run = this::run;

  private LocalRoute(Contraction.Description description, ContractionAxis examples, Workspace workspace,
      boolean accumulate, int few) {
    this.few = few;
    this.description = description;
    this.examples = examples;
    this.workspace = workspace;
    this.accumulate = accumulate;
    groups = Math.ceilDiv(examples.extent(), few);
    leftStep = few * step(description.left(), examples);
    rightStep = few * step(description.right(), examples);
    outStep = few * step(description.out(), examples);
    sums = examples.role() == Role.DEPTH;
    rows = extent(description, Role.ROW);
    columns = extent(description, Role.COLUMN);
    entries = few * extent(description, Role.BATCH) / (sums ? 1 : examples.extent());
    Few first = new Few();
    threads = new Few[] {first};
    double cold = COLD * Math.max(0, first.whole.workspaceFloats() - HOT);
    cost = (groups - 1) * (first.whole.cost() + cold) + first.last.cost()
        + (sums ? (groups + 1.0) * rows * columns : 0);
  }

  /** A way to do a group of examples, with its memory, for one thread at a time. */
  private final class Few {
    final Workspace own = new Workspace();
    final Route whole = plan(few);
    final Route last = examples.extent() % few == 0 ? whole : plan(examples.extent() % few);
    final End shifted = this::end;
    int entry;

    private Route plan(int count) {
      List<ContractionAxis> axes = description.axes().stream()
          .map(a -> a == examples ? new ContractionAxis(a.name(), a.role(), count) : a).toList();
      Route route = Parts.of(new Contraction.Description(description.name(), axes, description.left(),
          description.right(), description.out(), false, description.kept()), own, !sums && accumulate, true);
      own.reserve(Math.toIntExact(route.workspaceFloats()));
      return route;
    }

    private void end(int batch, int rowFrom, int rowTo, int columnFrom, int columnTo) {
      end.apply(entry + batch, rowFrom, rowTo, columnFrom, columnTo);
    }
  }

  /** The route, or null where it does not pay or the contraction has no examples that can be done by themselves. */
  static LocalRoute of(Contraction.Description description, Workspace workspace, boolean accumulate, int few,
      double limit) {
    ContractionAxis examples = examples(description);
    if (examples == null || examples.extent() <= few) {
      return null;
    }
    long left = floats(description, description.left());
    long right = floats(description, description.right());
    long out = floats(description, description.out());
    boolean leftMoves = step(description.left(), examples) != 0;
    boolean rightMoves = step(description.right(), examples) != 0;
    if (leftMoves && description.kept() == Kept.LEFT || rightMoves && description.kept() == Kept.RIGHT) {
      return null;
    }
    long weights = (leftMoves ? 0 : left) + (rightMoves ? 0 : right) + (examples.role() == Role.DEPTH ? out : 0);
    if (weights > MOST_WEIGHTS || left + right + out - weights > MOST_FLOATS) {
      return null;
    }
    LocalRoute route = new LocalRoute(description, examples, workspace, accumulate, few);
    return route.cost < limit ? route : null;
  }

  /**
   * The axis of examples: the first of the batch, of which one operand knows nothing, or of the depth, the result then
   * being without gaps and in the order of rows and columns.
   */
  private static ContractionAxis examples(Contraction.Description description) {
    boolean batch = extent(description, Role.BATCH) > 1;
    for (ContractionAxis axis : description.axes()) {
      if (axis.role() == (batch ? Role.BATCH : Role.DEPTH) && axis.extent() > 1) {
        boolean left = step(description.left(), axis) > 0;
        boolean right = step(description.right(), axis) > 0;
        boolean alone = batch ? left != right : left && right && isDense(description);
        return alone && sumsOverMore(description) && isPlain(axis, description.left())
            && isPlain(axis, description.right()) ? axis : null;
      }
    }
    return null;
  }

  /** Products of matrices have only as many sums as examples; they are better done at once. */
  private static boolean sumsOverMore(Contraction.Description description) {
    return description.axes().stream().filter(a -> a.role() == Role.DEPTH && a.extent() > 1).count() > 1;
  }

  private static boolean isPlain(ContractionAxis axis, List<Term> terms) {
    return terms.stream().noneMatch(
        t -> t instanceof Term.Window w && (w.position().equals(axis.name()) || w.tap().equals(axis.name())));
  }

  private static boolean isDense(Contraction.Description description) {
    Map<String, ContractionAxis> axes = new LinkedHashMap<>();
    description.axes().forEach(axis -> axes.put(axis.name(), axis));
    List<ContractionAxis> all = new ArrayList<>(description.axes());
    all.removeIf(axis -> axis.role() == Role.DEPTH);
    int[] places = Operand.of(description.out(), axes).table(all);
    boolean[] found = new boolean[places.length];
    for (int place : places) {
      if (place < 0 || place >= found.length || found[place]) {
        return false;
      }
      found[place] = true;
    }
    return true;
  }

  private static int step(List<Term> terms, ContractionAxis axis) {
    int step = 0;
    for (Term term : terms) {
      step += term instanceof Term.Stride s && s.axis().equals(axis.name()) ? s.elements() : 0;
    }
    return step;
  }

  private static int extent(Contraction.Description description, Role role) {
    return description.axes().stream().filter(a -> a.role() == role).mapToInt(ContractionAxis::extent)
        .reduce(1, Math::multiplyExact);
  }

  /** How far the elements of an operand reach. */
  private static long floats(Contraction.Description description, List<Term> terms) {
    long floats = 1;
    for (Term term : terms) {
      floats += switch (term) {
        case Term.Stride s -> Math.abs(s.elements()) * (extent(description, s.axis()) - 1L);
        case Term.Window w -> Math.abs(w.elements()) * (w.size() - 1L);
      };
    }
    return floats;
  }

  private static int extent(Contraction.Description description, String axis) {
    return description.axes().stream().filter(a -> a.name().equals(axis)).findFirst().orElseThrow().extent();
  }

  @Override
  public String toString() {
    return groups + " times " + few + " examples on a core: " + threads[0].whole;
  }

  @Override
  public long workspaceFloats() {
    return sums ? TileScratch.ALIGNED + (long) groups * partialFloats() : 0;
  }

  /** Floats from the sums of one group to those of the next. */
  private int partialFloats() {
    return Math.ceilDiv(rows * columns, 16) * 16;
  }

  @Override
  public double cost() {
    return cost;
  }

  /** Every thread has its own, in its own cache. */
  @Override
  public void keep(float[] kept, int base) {
    enoughThreads();
    for (Few few : threads) {
      few.whole.keep(kept, base);
      if (few.last != few.whole) {
        few.last.keep(kept, base);
      }
    }
  }

  @Override
  public void forget() {
    for (Few few : threads) {
      few.whole.forget();
      few.last.forget();
    }
  }

  @Override
  public void share() {
    for (Few few : threads) {
      few.whole.share();
      few.last.share();
    }
  }

  private void enoughThreads() {
    for (int thread = threads.length; thread < Pool.threads(); thread++) {
      threads = Arrays.copyOf(threads, thread + 1);
      threads[thread] = new Few();
    }
  }

  @Override
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    this.left = left;
    this.leftBase = leftBase;
    this.right = right;
    this.rightBase = rightBase;
    this.out = out;
    this.outBase = outBase;
    this.end = end;
    enoughThreads();
    Pool.run(run, groups, 1);
    if (sums) {
      addUp();
      if (end != null) {
        end.apply(0, 0, rows, 0, columns);
      }
    }
  }

  private void run(int from, int to) {
    Few few = threads[Pool.thread()];
    for (int group = from; group < to; group++) {
      Route route = group == groups - 1 ? few.last : few.whole;
      int ownLeft = leftBase + group * leftStep;
      int ownRight = rightBase + group * rightStep;
      if (sums) {
        int at = TileScratch.ALIGNED + group * partialFloats();
        route.run(left, ownLeft, right, ownRight, workspace.floats(), at, null);
      } else {
        few.entry = group * entries;
        route.run(left, ownLeft, right, ownRight, out, outBase + group * outStep, end == null ? null : few.shifted);
      }
    }
  }

  /** In the order of the groups, whoever did them. */
  private void addUp() {
    float[] partial = workspace.floats();
    int count = rows * columns;
    for (int group = 0; group < groups; group++) {
      int at = TileScratch.ALIGNED + group * partialFloats();
      if (group == 0 && !accumulate) {
        System.arraycopy(partial, at, out, outBase, count);
      } else {
        for (int i = 0; i < count; i++) {
          out[outBase + i] += partial[at + i];
        }
      }
    }
  }
}
