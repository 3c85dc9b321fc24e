package org.dlm.compiler.loop;

import java.util.List;

/** {@code operand[at] = value}, or {@code +=} where {@code add}. */
public record Store(int operand, List<Index> at, Expr value, boolean add) {
  public Store {
    at = List.copyOf(at);
  }
}
