package org.dlm.runtime.data;

/** A kind of data set, opened by a spec such as {@code mnist:DIR}. */
interface DataSource {
  /** What stands before the colon. */
  String name();

  /** The spec's form and what it means, for help texts. */
  String usage();

  /** @param argument what follows the colon; empty without one */
  DataSet open(String argument);
}
