package org.dlm.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.Model;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.data.PassOrder;

/** Measures a model on examples that it does not learn from. */
public final class Evaluation {
  private final Model model;
  private final Roles roles;
  private final int labels;
  private final List<String> classNames;
  private final Batches batches;
  private final List<Batches.Inputs> objectives;
  private final Optional<Batches.Inputs> metric;
  private final Optional<Batches.Inputs> logits;
  private final List<Batches.Inputs> others;
  private final int whole;

  /**
   * Measures a model as it is.
   *
   * @param objectives the functions whose means are measured; none: the usual one
   * @param metrics functions whose means are told; none: {@code hits} or {@code accuracy}, where there is one
   * @param examples the part of the data set to measure on
   */
  public static Score measure(Model model, DataSet data, DataSource examples, List<String> objectives,
      List<String> metrics, int batchSize) {
    Roles roles = Roles.of(model, data, objectives, metrics);
    int fixed = roles.fixedBatch();
    Evaluation evaluation = new Evaluation(model, roles, data, examples, fixed > 0 ? fixed : batchSize);
    try {
      return evaluation.score();
    } finally {
      evaluation.close();
    }
  }

  /** @param examples the part of the data set to measure on */
  Evaluation(Model model, Roles roles, DataSet data, DataSource examples, int batchSize) {
    this.model = model;
    this.roles = roles;
    labels = data.columns().stream().map(Column::name).toList().indexOf("label");
    classNames = data.classNames();
    batches = new Batches(examples, batchSize);
    objectives = roles.objectives().stream().map(o -> batches.inputs(o.feed())).toList();
    logits = roles.logits().map(f -> batches.inputs(Feed.match(f, data)));
    metric = logits.isPresent() ? Optional.empty() : roles.metric().map(f -> batches.inputs(Feed.match(f, data)));
    others = roles.others().stream().map(f -> batches.inputs(Feed.match(f, data))).toList();
    // A model with a fixed batch size cannot take the smaller last batch.
    whole = roles.fixedBatch() > 0 ? examples.count() / roles.fixedBatch() : batches.count();
  }

  /** The weights stay meanwhile. */
  Score score() {
    boolean frozen = model.frozen();
    if (!frozen) {
      model.freeze();
    }
    try {
      return scoreOfAll();
    } finally {
      if (!frozen) {
        model.unfreeze();
      }
    }
  }

  private Score scoreOfAll() {
    double[] losses = new double[objectives.size()];
    double right = 0;
    int counted = 0;
    double[] sums = new double[others.size()];
    int[][] confusion = new int[roles.classes()][roles.classes()];
    batches.start(PassOrder.AS_THEY_COME, 0);
    for (int batch = 0; batch < whole; batch++) {
      batches.next();
      int size = batches.size(batch);
      counted += size;
      for (int i = 0; i < losses.length; i++) {
        losses[i] += (double) scalar(roles.objectives().get(i).function(), objectives.get(i)) * size;
      }
      right += metric.isPresent() ? (double) scalar(roles.metric().orElseThrow(), metric.get()) * size : 0;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (double) scalar(roles.others().get(i), others.get(i)) * size;
      }
      if (logits.isPresent()) {
        count(batch, confusion);
      }
    }
    List<String> names = roles.objectiveNames();
    double loss = Roles.loss(names, losses);
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String part : Roles.parts(names)) {
      metrics.put(part, losses[names.indexOf(part)] / counted);
    }
    for (int i = 0; i < sums.length; i++) {
      metrics.put(roles.others().get(i).name(), sums[i] / counted);
    }
    if (logits.isPresent()) {
      Confusion table = new Confusion(confusion, classNames);
      return new Score(loss / counted, table.accuracy(), Optional.of(table), metrics);
    }
    return new Score(loss / counted, metric.isPresent() ? right / counted : Double.NaN, Optional.empty(), metrics);
  }

  /** Stops reading ahead. */
  void close() {
    batches.close();
  }

  private static float scalar(Function function, Batches.Inputs inputs) {
    function.inference().bind(inputs.tensors());
    function.inference().run();
    return function.inference().scalar(0);
  }

  private void count(int batch, int[][] confusion) {
    Function function = roles.logits().orElseThrow();
    function.inference().bind(logits.orElseThrow().tensors());
    function.inference().run();
    float[] scores = ((FloatTensor) function.inference().output(0)).data();
    int[] classOf = batches.ints(labels);
    int classes = roles.classes();
    for (int i = 0; i < batches.size(batch); i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (scores[i * classes + c] > scores[i * classes + best]) {
          best = c;
        }
      }
      confusion[classOf[i]][best]++;
    }
  }
}
