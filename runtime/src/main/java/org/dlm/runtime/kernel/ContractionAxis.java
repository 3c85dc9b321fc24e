package org.dlm.runtime.kernel;

/** A named axis of a {@link Contraction}, with its extent and its part in the product. */
record ContractionAxis(String name, Role role, int extent) {

  /** What an axis does: repeats the product, counts rows or columns of the result, or is summed over. */
  enum Role { BATCH, ROW, COLUMN, DEPTH }
}
