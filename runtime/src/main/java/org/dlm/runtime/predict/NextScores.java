package org.dlm.runtime.predict;

/** What a model says of the token that comes next. */
interface NextScores {
  /** A score for each token that may follow the first {@code known} ones; the text before them only grows. */
  float[] after(int[] tokens, int known);
}
