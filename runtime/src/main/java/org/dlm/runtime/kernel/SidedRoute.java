package org.dlm.runtime.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** The copies of the operands were made by the route that runs before this one. */
  private boolean leftCopied;
  private boolean rightCopied;

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
    if (!leftCopied) {
      sides.left().stage(ownA, ownABase, workspace);
    }
    if (!rightCopied) {
      sides.right().stage(ownB, ownBBase, workspace);
    }
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

  /**
   * A copy of an operand that a run makes.
   *
   * @param operand whether it is that of the right operand, and how far this begins behind that of the contraction
   */
  record Copy(boolean right, int operand, List<Staging.Side> sides, int at) {}

  /** The copies in the workspace after a run, of operands that begin so far behind those of the contraction. */
  final Set<Copy> copies(int left, int right) {
    Set<Copy> copies = new HashSet<>();
    copies.add(copy(sides.left(), sides.transposed(), left, right));
    copies.add(copy(sides.right(), !sides.transposed(), left, right));
    copies.remove(null);
    return copies;
  }

  private static Copy copy(Operand operand, boolean ofRight, int left, int right) {
    return operand.staging == null ? null
        : new Copy(ofRight, ofRight ? right : left, operand.staging.sides(), operand.stagedAt);
  }

  /** Does without making these copies: they are there already. */
  final void reuse(Set<Copy> made, int left, int right) {
    leftCopied = made.contains(copy(sides.left(), sides.transposed(), left, right));
    rightCopied = made.contains(copy(sides.right(), !sides.transposed(), left, right));
  }

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
