package org.dlm.runtime.data;

/**
 * A kind of data set, opened by a spec such as {@code mnist:DIR}. Kinds are found as services, so a program can add its
 * own.
 */
public interface DataKind {
  /** What stands before the colon. */
  String name();

  /** The spec's form and what it means, for help texts. */
  String usage();

  /** Opens what the spec asks for; everything that can be wrong with it is said here. */
  DataSet open(DataSpec spec);
}
