package org.dlm.compiler.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few elements of a small window, written one by one: a loop over them would cost more than they do. */
public final class Taps {
  /** 3 by 3. */
  private static final long MOST = 9;

  /** Parts of expressions in all of them together; what is the same in all taps is computed once. */
  private static final long LONGEST = 36;

  private Taps() {}

  /** The elements in the order of the loops, or none where a loop is better. */
  public static List<Expr> of(Statement.Reduce reduce) {
    long count = 1;
    for (Axis axis : reduce.over()) {
      count = axis.extent().isConstant() ? count * axis.extent().constant() : Long.MAX_VALUE;
      if (count > MOST) {
        return List.of();
      }
    }
    Map<Expr, Integer> parts = new LinkedHashMap<>();
    ExprParts.count(reduce.element(), parts);
    boolean guarded = parts.keySet().stream().anyMatch(p -> p instanceof Expr.Element e && e.guarded());
    long own = parts.keySet().stream().filter(p -> !Collections.disjoint(Indices.axes(p), reduce.over())).count();
    if (guarded || count * own + parts.size() - own > LONGEST) {
      return List.of();
    }
    List<Expr> taps = List.of(reduce.element());
    for (Axis axis : reduce.over()) {
      List<Expr> more = new ArrayList<>();
      for (Expr tap : taps) {
        for (long i = 0; i < axis.extent().constant(); i++) {
          Index at = Index.fixed(i);
          more.add(Substitution.ofAxes(a -> a.equals(axis) ? at : Index.of(a)).apply(tap));
        }
      }
      taps = more;
    }
    return taps;
  }
}
