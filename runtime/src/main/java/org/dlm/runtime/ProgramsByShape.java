package org.dlm.runtime;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * One form of a function for the last few shapes of its inputs, each with a plan of its own: batches of two sizes in
 * turn are planned once, not at every change. The plans share the memory of intermediate results.
 */
final class ProgramsByShape extends Program {
  /** The batches of an epoch and its last one, in training and in tests. */
  private static final int MOST = 4;

  private final Supplier<Program> maker;
  private final Program[] programs = new Program[MOST];
  private final int[][][] shapes = new int[MOST][][];
  private Program current;
  private int oldest;

  ProgramsByShape(Supplier<Program> maker) {
    super(null);
    this.maker = maker;
    current = maker.get();
    programs[0] = current;
  }

  @Override
  protected boolean accept(Tensor[] inputs) {
    int slot = slotOf(inputs);
    boolean known = slot >= 0;
    if (!known) {
      slot = freeSlot();
      programs[slot] = programs[slot] == null ? maker.get() : programs[slot];
    }
    Program program = programs[slot];
    program.arena = arena.length >= program.arena.length ? arena : program.arena;
    program.intArena = intArena.length >= program.intArena.length ? intArena : program.intArena;
    program.times = times;
    program.bind(inputs);
    if (!known) {
      shapes[slot] = Arrays.stream(inputs).map(t -> t.shape().clone()).toArray(int[][]::new);
      oldest = (slot + 1) % MOST;
    }
    arena = program.arena;
    intArena = program.intArena;
    current = program;
    return false;
  }

  private int slotOf(Tensor[] inputs) {
    for (int slot = 0; slot < MOST; slot++) {
      if (shapes[slot] != null && fits(shapes[slot], inputs)) {
        return slot;
      }
    }
    return -1;
  }

  private static boolean fits(int[][] shapes, Tensor[] inputs) {
    boolean same = shapes.length == inputs.length;
    for (int i = 0; same && i < shapes.length; i++) {
      same = inputs[i] != null && Arrays.equals(shapes[i], inputs[i].shape());
    }
    return same;
  }

  private int freeSlot() {
    for (int slot = 0; slot < MOST; slot++) {
      if (shapes[slot] == null) {
        return slot;
      }
    }
    return oldest;
  }

  @Override
  protected void plan() {}

  @Override
  protected void execute() {
    current.random(seed, step);
    current.executeWithWeights();
  }

  @Override
  public float scalar(int i) {
    return current.scalar(i);
  }

  @Override
  public Tensor output(int i) {
    return current.output(i);
  }
}
