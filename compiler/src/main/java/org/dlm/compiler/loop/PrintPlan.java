package org.dlm.compiler.loop;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.compiler.loop.Contraction.Term;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/**
 * Steps as text, for dumps and tests: one step or statement a line, types always shown, where it comes from at the end.
 */
public final class PrintPlan {
  private final StringBuilder text = new StringBuilder();
  private int number;
  private int inside;

  private PrintPlan() {}

  /** The steps of a plan and, where memory is planned, what lives how long. */
  public static String of(Plan plan) {
    PrintPlan print = new PrintPlan();
    plan.steps().forEach(print::step);
    for (Plan.Lifetime life : plan.lifetimes()) {
      print.line(0, "%s lives from step %d to %d", life.buffer(), life.first(), life.last());
    }
    for (Plan.Result result : plan.results()) {
      print.line(0, "result %s: %s%s is %s", result.name(), result.type().source(), result.shape(),
          result.buffer().name());
    }
    return print.text.toString();
  }

  private void line(int depth, String format, Object... args) {
    text.append("  ".repeat(depth + inside)).append(String.format(format, args)).append('\n');
  }

  private void step(Step step) {
    String at = step.note().place().isEmpty() ? "" : " @ " + step.note().place();
    switch (step) {
      case Step.Loops loops -> {
        line(0, "%d loops %s: %s%s", number++, loops.kernel().name(), loops.note().formula(), at);
        kernel(loops.kernel(), loops.schedule(), loops.buffers());
      }
      case Step.Contract c -> {
        line(0, "%d contraction %s: %s%s", number++, c.name(), c.note().formula(), at);
        line(1, "batch %s, rows %s, columns %s, depth %s", axes(c.contraction().batch()), axes(c.contraction().row()),
            axes(c.contraction().column()), axes(c.contraction().depth()));
        line(1, "%s = sum of %s and %s", term(c.buffers().get(2), c.contraction().out(), Dim.ZERO),
            term(c.buffers().get(0), c.contraction().left(), c.leftOffset()),
            term(c.buffers().get(1), c.contraction().right(), c.rightOffset()));
        if (c.kept() != Step.Kept.NOTHING) {
          line(1, "%s is kept", c.buffers().get(c.kept() == Step.Kept.LEFT ? 0 : 1).name());
        }
        c.end().ifPresent(e -> {
          line(1, "end %s: %s", e.kernel().name(), e.note().formula());
          kernel(e.kernel(), e.schedule(), c.buffers().subList(3, c.buffers().size()));
        });
      }
      case Step.Repeat r -> {
        line(0, "for %s < %s%s:%s", r.counter(), r.extent(), r.backwards() ? ", backwards" : "", at);
        inside++;
        r.steps().forEach(this::step);
        inside--;
      }
    }
  }

  private static String axes(List<Axis> axes) {
    return axes.stream().map(a -> a.name() + " < " + a.extent()).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String term(Buffer buffer, List<? extends Term> terms, Dim offset) {
    return buffer.name() + terms.stream().map(t -> switch (t) {
      case Term.Stride s -> s.axis().name() + " * " + s.elements();
      case Term.Window w ->
          "window(" + w.position().name() + " * " + w.stride() + " + " + w.tap().name() + " * " + w.dilation()
          + " - " + w.padding() + (w.spread() == 1 ? "" : ") / " + w.spread() + " of (" + w.size()) + " of " + w.size()
          + ") * "
          + w.elements();
    }).collect(Collectors.joining(" + ", "[", offset.is(0) ? "]" : " + " + offset + "]"));
  }

  private void kernel(Kernel kernel, Schedule schedule, List<Buffer> buffers) {
    int tensor = 0;
    for (Slot slot : kernel.slots()) {
      line(1, "%s%s", slot, slot.register() ? "" : " is " + buffers.get(tensor++).place());
    }
    line(1, "for %s%s%s", axes(kernel.outer()), kernel.serial() ? ", one after the other" : "", schedule == null ? ""
        : ", cut by " + axes(schedule.cut())
        + (schedule.across() == null ? "" : ", lanes along " + schedule.across().name()));
    for (int i = 0; i < kernel.body().size(); i++) {
      Axis lanes = schedule == null ? null : schedule.inner().get(i);
      statement(kernel, kernel.body().get(i), lanes == null ? "" : ", lanes along " + lanes.name());
    }
  }

  private void statement(Kernel kernel, Statement statement, String lanes) {
    switch (statement) {
      case Statement.Reduce r -> line(2, "%s = %s over %s%s of %s", kernel.slots().get(r.register()).name(),
          r.combiner().name().toLowerCase(java.util.Locale.ROOT), axes(r.over()), lanes, expr(r.element(), kernel));
      case Statement.Each e -> {
        if (!e.axes().isEmpty()) {
          line(2, "for %s%s", axes(e.axes()), lanes);
        }
        e.stores().forEach(s -> line(e.axes().isEmpty() ? 2 : 3, "%s%s %s %s", kernel.slots().get(s.operand()).name(),
            at(s.at(), kernel), s.add() ? "+=" : "=", expr(s.value(), kernel)));
      }
      case Statement.Running r -> line(2, "%s%s = running %s along %s of %s", kernel.slots().get(r.operand()).name(),
          at(r.at(), kernel), r.combiner().name().toLowerCase(java.util.Locale.ROOT), r.along(),
          expr(r.element(), kernel));
    }
  }

  private static String at(List<Index> at, Kernel kernel) {
    return at.stream().map(i -> index(i, kernel)).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String expr(Expr expr, Kernel kernel) {
    return switch (expr) {
      case Expr.Constant(DType type, double value) ->
          type == DType.BOOL ? String.valueOf(value != 0) : type == DType.I32 ? String.valueOf((long) value)
              : value + "f";
      case Expr.Size(DType type, var value) -> type.source() + "(" + value + ")";
      case Expr.Position(Index index) -> "position(" + index(index, kernel) + ")";
      case Expr.Element e -> kernel.slots().get(e.operand()).name()
          + (kernel.slots().get(e.operand()).register() ? "" : at(e.at(), kernel) + (e.guarded() ? "?" : ""));
      case Expr.Call c -> c.function().name()
          + c.args().stream().map(a -> expr(a, kernel)).collect(Collectors.joining(", ", "(", ")"));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          "select(" + expr(condition, kernel) + ", " + expr(then, kernel) + ", " + expr(otherwise, kernel) + ")";
      case Expr.Cast(DType type, Expr value) -> type.source() + "(" + expr(value, kernel) + ")";
      case Expr.Random(var distribution, Dim site, Index counter) ->
          distribution.name().toLowerCase(java.util.Locale.ROOT)
          + "(site " + site + ", " + index(counter, kernel) + ")";
      case Expr.Scalar s -> s.name();
    };
  }

  private static String index(Index index, Kernel kernel) {
    return Affine.of(index).map(PrintPlan::sum).orElseGet(() -> switch (index) {
      case Index.Of(Axis axis) -> axis.name();
      case Index.Fixed(var value) -> value.toString();
      case Index.Plus(Index left, Index right) -> index(left, kernel) + " + " + index(right, kernel);
      case Index.Times(Index of, var factor) -> "(" + index(of, kernel) + ") * " + factor;
      case Index.Divided(Index of, var divisor) -> "floor(" + index(of, kernel) + " / " + divisor + ")";
      case Index.Exactly(Index of, var divisor) -> "exactly(" + index(of, kernel) + " / " + divisor + ")";
      case Index.Modulo(Index of, var divisor) -> "(" + index(of, kernel) + ") % " + divisor;
      case Index.Loaded(Expr value, var extent, var lookup) -> expr(value, kernel);
    });
  }

  private static String sum(Affine affine) {
    String terms = affine.factors().entrySet().stream().map(PrintPlan::product).collect(Collectors.joining(" + "));
    return terms.isEmpty() ? affine.constant().toString() : affine.constant().is(0) ? terms
        : terms + " + " + affine.constant();
  }

  private static String product(Map.Entry<Axis, Dim> term) {
    return term.getKey().name() + (term.getValue().is(1) ? "" : " * " + term.getValue());
  }
}
