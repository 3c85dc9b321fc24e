package org.dlm.runtime.kernel;

/** A route that looks at the contraction from one of its {@link Sides}; holds the operands of the run going on. */
abstract class SidedRoute implements Route {
  final Sides sides;
  final Workspace workspace;
  final boolean accumulate;

  /** The rows' operand, where its staging, if any, was done. */
  float[] a;

  int aBase;

  /** The columns' operand. */
  float[] b;

  int bBase;
  float[] out;
  int outBase;
  End end;

  /** The operand that stays the same over many runs, in order; null where it is brought into order in each. */
  float[] kept;

  SidedRoute(Sides sides, Workspace workspace, boolean accumulate) {
    this.sides = sides;
    this.workspace = workspace;
    this.accumulate = accumulate;
  }

  @Override
  public final void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    float[] ownA = sides.transposed() ? right : left;
    int ownABase = sides.transposed() ? rightBase : leftBase;
    float[] ownB = sides.transposed() ? left : right;
    int ownBBase = sides.transposed() ? leftBase : rightBase;
    makeRoom();
    sides.left().stage(ownA, ownABase, workspace);
    sides.right().stage(ownB, ownBBase, workspace);
    a = sides.left().array(ownA, workspace);
    aBase = sides.left().base(ownABase);
    b = sides.right().array(ownB, workspace);
    bBase = sides.right().base(ownBBase);
    this.out = out;
    this.outBase = outBase + sides.out().shift;
    this.end = end;
    run();
  }

  @Override
  public final void keep(float[] kept, int base) {
    // Only one of the two is read: the route knows which.
    a = kept;
    aBase = sides.left().base(base);
    b = kept;
    bBase = sides.right().base(base);
    keep();
  }

  /** Makes sure that the workspace holds what is needed where nothing is kept. */
  void makeRoom() {}

  @Override
  public final void forget() {
    kept = null;
  }

  @Override
  public final void share() {
    if (kept != null) {
      kept = SharedArrays.shared(kept);
    }
  }

  /** Brings the operand that stays the same, {@code a} or {@code b}, into order. */
  void keep() {}

  /** Computes the result of the operands in the fields. */
  abstract void run();
}
