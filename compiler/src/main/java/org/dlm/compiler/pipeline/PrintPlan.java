package org.dlm.compiler.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Contraction;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Step;

/** A plan as text: one step a line with its formula and place, below it its loops and the memory it touches. */
final class PrintPlan {
  private PrintPlan() {}

  static String plan(Plan plan) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Step step : plan.steps()) {
      text.append(String.format("%4d  %s%s%n", number++, step.note().formula(),
          step.note().place().isEmpty() ? "" : "  @ " + step.note().place()));
      text.append("      ").append(loops(step)).append('\n');
      step.buffers().forEach(b -> text.append("        ").append(b).append(lifetime(plan, b)).append('\n'));
    }
    plan.results().forEach(r -> text.append("  result ").append(r.name()).append(": ").append(r.type().source()).append(r.shape())
        .append(" in ").append(r.buffer().name()).append('\n'));
    return text.toString();
  }

  private static String loops(Step step) {
    return switch (step) {
      case Step.Loops l -> "loops " + l.kernel().name() + " over " + axes(l.kernel().outer()) + schedule(l.schedule());
      case Step.Contract c -> "contraction " + c.name() + " " + contraction(c.contraction())
          + c.end().map(e -> ", on finished blocks: " + e.note().formula()).orElse("");
    };
  }

  private static String contraction(Contraction c) {
    return "batch " + axes(c.batch()) + " rows " + axes(c.row()) + " columns " + axes(c.column()) + " depth " + axes(c.depth());
  }

  private static String schedule(Schedule schedule) {
    return schedule == null ? "" : ", cut along " + axes(schedule.cut())
        + (schedule.across() == null ? "" : ", lanes along " + schedule.across().name());
  }

  private static String axes(List<Axis> axes) {
    return axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String lifetime(Plan plan, Buffer buffer) {
    return plan.lifetimes().stream().filter(l -> l.buffer().id() == buffer.id()).findFirst()
        .map(l -> "  (steps " + l.first() + " to " + l.last() + ")").orElse("");
  }
}
