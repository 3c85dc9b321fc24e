package org.dlm.runtime;

/**
 * One compiled form of a function: a fixed list of kernel calls over an arena that is laid out when the open dims of the
 * inputs are first seen or change. Running it again with the same dims allocates nothing.
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

  protected Program(Model model) {
    this.model = model;
  }

  /** Takes the inputs in the order of the function's parameters, without copying; checks their shapes. */
  public final void bind(Tensor... inputs) {
    if (accept(inputs)) {
      plan();
    }
  }

  /** Runs on what was bound; results are read with {@link #scalar} or {@link #output}. */
  public final void run() {
    execute();
  }

  public final void random(long seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  /** Checks the inputs, keeps their arrays, reads the open dims; true when a dim changed since the last call. */
  protected abstract boolean accept(Tensor[] inputs);

  protected abstract void plan();

  protected abstract void execute();

  /** The first element of the {@code i}-th f32 result of the last run. */
  public abstract float scalar(int i);

  /** A copy of the {@code i}-th result of the last run. */
  public abstract Tensor output(int i);

  /** Floats and ints the arena holds at the bound dims. */
  public final long arenaSize() {
    return (long) arena.length + intArena.length;
  }
}
