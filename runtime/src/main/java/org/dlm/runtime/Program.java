package org.dlm.runtime;

import java.util.Arrays;

/**
 * One compiled form of a function: a fixed list of kernel calls over an arena that is laid out when the open dims of
 * the inputs are first seen or change. Running it again with the same dims allocates nothing.
 *
 * <p>Generated programs implement {@link #accept} (entry checks, open dims), {@link #plan} (arena offsets, contraction
 * plans) and {@link #execute} (the kernel calls in order).
 */
public abstract class Program {
  protected final Model model;

  /** Intermediate tensors; replaced by {@link #plan} when the open dims change. */
  protected float[] arena = new float[0];

  /** Intermediate integer tensors. */
  protected int[] intArena = new int[0];

  /** Key of all random numbers of a run; with {@link #step} and the call site it decides each of them. */
  protected long seed;

  /** Counts training steps; set by the trainer so that dropout masks differ from step to step and repeat on resume. */
  protected long step;

  /** Filled by programs that were compiled to tell how long their steps take. */
  protected StepTimes times = new StepTimes();

  /** Since when the weights stay that are kept in order; see {@link Model#freeze}. */
  private long keptSince = Standing.NEVER;

  protected Program(Model model) {
    this.model = model;
  }

  /** Takes the inputs in the order of the function's parameters, without copying; checks their shapes. */
  public final void bind(Tensor... inputs) {
    if (accept(inputs)) {
      plan();
      keptSince = Standing.NEVER;
    }
  }

  /** Runs on what was bound; results are read with {@link #scalar} or {@link #output}. */
  public final void run() {
    times.begin();
    try {
      executeWithWeights();
    } catch (ArithmeticException e) {
      throw new InputProblem(getClass().getName().replace('$', '.') + ": a whole number is divided by 0, in `a % b`",
          "Look at the inputs that b is computed from.", e);
    }
  }

  /** Orders weights that stay, where this was not done yet, and executes. */
  final void executeWithWeights() {
    long since = model == null ? Standing.NEVER : model.weightsSince();
    if (since != keptSince) {
      keepWeights(since != Standing.NEVER);
      keptSince = since;
    }
    execute();
  }

  /** Whether weights are kept in order from call to call. */
  protected final boolean keepsWeights() {
    return keptSince != Standing.NEVER;
  }

  public final void random(long seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  /** Checks the inputs, keeps their arrays, reads the open dims; true when a dim changed since the last call. */
  protected abstract boolean accept(Tensor[] inputs);

  protected abstract void plan();

  /** Brings weights into the order in which contractions read them, or lets go of what was ordered so. */
  protected void keepWeights(boolean frozen) {}

  protected abstract void execute();

  /** The first element of the {@code i}-th f32 result of the last run. */
  public abstract float scalar(int i);

  /** A copy of the {@code i}-th result of the last run. */
  public abstract Tensor output(int i);

  /** How long each step took, where the program was compiled to tell; else without lines. */
  public final StepTimes times() {
    return times;
  }

  /** Floats and ints the arena holds at the bound dims. */
  public final long arenaSize() {
    return (long) arena.length + intArena.length;
  }

  /** A copy of an f32 tensor that lies in {@code data} from {@code at} on. */
  protected static FloatTensor copyFloats(float[] data, int at, int... shape) {
    return new FloatTensor(Arrays.copyOfRange(data, at, at + Tensor.size(shape)), shape);
  }

  /** A copy of an i32 or bool tensor that lies in {@code data} from {@code at} on. */
  protected static IntTensor copyInts(ElementType type, int[] data, int at, int... shape) {
    return new IntTensor(type, Arrays.copyOfRange(data, at, at + Tensor.size(shape)), shape);
  }

  /** How many points of a loop a thread takes at a time when one costs {@code work} operations. */
  protected static int grain(long work) {
    return (int) Math.max(1, OPERATIONS_AT_A_TIME / Math.max(1, work));
  }

  /** The same for loops whose points are neighbours in memory: whole cache lines. */
  protected static int lineGrain(long work) {
    return (grain(work) + 15) / 16 * 16;
  }

  /** The same for sums down columns, which read some lines of each row. */
  protected static int columnGrain(long work) {
    return (grain(work) + 63) / 64 * 64;
  }

  /** A few microseconds of work in lanes: less is not worth another thread. */
  private static final int OPERATIONS_AT_A_TIME = 1 << 15;
}
