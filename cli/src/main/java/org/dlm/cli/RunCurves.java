package org.dlm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.History;

/** The curves of one training run. */
final class RunCurves {
  private RunCurves() {}

  /** The loss, the other scores and the learning rate, each where there is something to see. */
  static List<Curves> of(History history) {
    List<Curves> all = new ArrayList<>();
    List<Curves.Curve> loss = new ArrayList<>();
    List<History.Point> points = history.points();
    if (!points.isEmpty()) {
      loss.add(new Curves.Curve("training", along(points, History.Point::step), along(points, History.Point::loss),
          false));
    }
    for (String part : history.epochs().isEmpty() ? List.<String>of() : history.epochs().getFirst().parts().keySet()) {
      add(loss, part, history, e -> e.parts().get(part));
    }
    String part = history.epochs().isEmpty() ? "" : history.epochs().getFirst().part();
    add(loss, part, history, e -> e.score().loss());
    add(all, "Loss", "loss", true, loss);
    List<Curves.Curve> accuracy = new ArrayList<>();
    add(accuracy, "training", history, EpochReport::accuracy);
    add(accuracy, part, history, e -> e.score().accuracy());
    add(all, "Accuracy", "share that is right", false, accuracy);
    for (String metric : history.epochs().isEmpty() ? List.<String>of()
        : history.epochs().getFirst().score().metrics().keySet()) {
      List<Curves.Curve> curve = new ArrayList<>();
      add(curve, part, history, e -> e.score().value(metric));
      add(all, metric, metric, false, curve);
    }
    if (points.stream().mapToDouble(History.Point::rate).distinct().count() > 1) {
      add(all, "Learning rate", "rate", false, List.of(new Curves.Curve("rate", along(points, History.Point::step),
          along(points, History.Point::rate), false)));
    }
    return all;
  }

  private static double[] along(List<History.Point> points, ToDoubleFunction<History.Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private static void add(List<Curves.Curve> curves, String name, History history,
      ToDoubleFunction<EpochReport> value) {
    List<EpochReport> epochs = history.epochs().stream().filter(e -> !Double.isNaN(value.applyAsDouble(e))).toList();
    if (!epochs.isEmpty()) {
      curves.add(new Curves.Curve(name, epochs.stream().mapToDouble(EpochReport::step).toArray(),
          epochs.stream().mapToDouble(value).toArray(), true));
    }
  }

  private static void add(List<Curves> all, String title, String y, boolean logarithmic, List<Curves.Curve> curves) {
    if (!curves.isEmpty()) {
      all.add(new Curves(title, "step", y, logarithmic, curves));
    }
  }
}
