package org.dlm.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.junit.jupiter.api.Test;

/** Which small windows are written element by element. */
class TapsTests {
  private static final Axis CHANNEL = new Axis("c", Dim.of(4));
  private static final Axis COLUMN = new Axis("x", Dim.of(16));
  private static final Axis TAP = new Axis("k", Dim.of(4));
  private static final Expr PIXEL = element(0, Index.of(CHANNEL), new Index.Plus(Index.of(COLUMN), Index.of(TAP)));

  @Test
  void whatIsTheSameInAllTapsIsCountedOnce() {
    Expr normed = PIXEL;
    for (int factor = 1; factor <= 6; factor++) {
      normed = new Expr.Call(ScalarFn.MUL, List.of(normed, element(factor, Index.of(CHANNEL))));
    }
    assertThat(Taps.of(largest(normed))).hasSize(4);
  }

  @Test
  void muchWorkOnEachTapStaysALoop() {
    Expr deep = PIXEL;
    for (int i = 0; i < 9; i++) {
      deep = new Expr.Call(ScalarFn.TANH, List.of(deep));
    }
    assertThat(Taps.of(largest(deep))).isEmpty();
  }

  private static Statement.Reduce largest(Expr element) {
    return new Statement.Reduce(9, Combiner.MAXIMUM, List.of(TAP), element);
  }

  private static Expr element(int operand, Index... at) {
    return new Expr.Element(operand, DType.F32, List.of(at), false);
  }
}
