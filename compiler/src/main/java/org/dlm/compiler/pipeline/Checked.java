package org.dlm.compiler.pipeline;

/**
 * Files that were read and checked, whose Java is not written yet: who has kept what came of equal {@link #inputs} need
 * not have it written again.
 */
public final class Checked {
  private final Work work;

  Checked(Work work) {
    this.work = work;
  }

  /** What is known before Java is written; it has no files. */
  public Result result() {
    return work.result();
  }

  /**
   * A digest of all that decides the Java, besides the compiler itself. Plain numbers among the settings of recipes do
   * not count: a recipe can be given others once it is made.
   */
  public byte[] inputs() {
    return Inputs.digest(work);
  }

  /** Writes the Java, unless there are errors; to be called once. */
  public Result written() {
    Compiler.onLargeStack(() -> Passes.write(work));
    return work.result();
  }
}
