package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.DataDescription;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.data.PassOrder;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.store.Claim;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.Weights;

/**
 * Trains a model: mini-batches, gradient, optimizer step, again. After each epoch it is tested and written to disk; a
 * step allocates nothing. One trainer makes one run.
 */
public final class Trainer {
  /** The training metric costs a forward pass of its own, so only one batch in this many is measured. */
  private static final int METRIC_EVERY = 4;

  private final Model model;
  private final Optimizer first;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final Roles roles;
  private final Batches batches;
  private final List<Objective> objectives;
  private final Optional<Batches.Inputs> metricInputs;
  private final Evaluation evaluation;
  private final Evaluation testing;
  private final Map<String, String> description;
  private final GradientLimits limits;
  private final WeightAverage average;
  private final RateSchedule rate;
  private final boolean hasRate;
  private final Standing standing;
  private final TrainingProgress progress;
  private final TrainingStart start;
  private final LabelWatch labels;
  private final int batchesPerEpoch;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean stopAsked;
  private boolean checkpointWritten;

  /** Of a plan with a single objective. */
  public Trainer(Model model, Optimizer optimizer, DataSet data, TrainingPlan plan, TrainingListener listener) {
    this(model, List.of(optimizer), data, plan, listener);
  }

  /**
   * Everything that can be wrong with model, data and plan together is said here, before the first step.
   *
   * @param optimizers one for each objective of the plan; their learning rates go together where the plan has a rate
   */
  public Trainer(Model model, List<Optimizer> optimizers, DataSet data, TrainingPlan plan, TrainingListener listener) {
    this.model = model;
    this.first = optimizers.getFirst();
    this.plan = plan;
    this.listener = listener;
    roles = Roles.of(model, data, plan.objectives(), plan.metrics());
    // Every objective but the first sees the batches of a step after the update before it.
    batches = new Batches(data.train(), batchSize(data), roles.objectives().size() > 1 ? plan.accumulate() : 1);
    objectives = objectives(optimizers);
    progress = new TrainingProgress(roles.objectiveNames());
    metricInputs = roles.metric().map(f -> batches.inputs(Feed.match(f, data)));
    evaluation = new Evaluation(model, roles, data, data.validation(), batches.size(0));
    testing = data.test() == data.validation() ? evaluation
        : new Evaluation(model, roles, data, data.test(), batches.size(0));
    description = DataDescription.of(data);
    limits = new GradientLimits(model, plan);
    average = plan.average() > 0 ? new WeightAverage(model, plan.average()) : null;
    rate = plan.rate();
    if (rate != null) {
      ParameterGroup.require(first, ParameterGroup.RATE);
    }
    hasRate = first.hyperParameters().contains(ParameterGroup.RATE);
    standing = new Standing(plan, roles, progress.parts());
    batchesPerEpoch = roles.fixedBatch() > 0 ? data.train().count() / batches.size(0) : batches.count();
    start = new TrainingStart(data.train().count(), data.measured(), data.validation().count(), data.test().count(),
        plan.epochs(), 0, batches.size(0), batchesPerEpoch,
        model.parameterList().stream().mapToInt(v -> v.size()).sum(), roles.objectiveNames(),
        roles.metric().isPresent() ? "accuracy" : null);
    labels = new LabelWatch(data.train());
    progress.epochs = plan.epochs();
    progress.batches = batchesPerEpoch;
    progress.lastStep = plan.steps();
    progress.batchesInStep = plan.accumulate();
    AtomicFile.checkWritable(plan.checkpoint());
    List.of(plan.checkpoint(), plan.bestFile()).forEach(SafetensorsFile::requireReplaceable);
  }

  private List<Objective> objectives(List<Optimizer> optimizers) {
    if (optimizers.size() != roles.objectives().size()) {
      throw new InputProblem("there are " + roles.objectives().size() + " objectives and " + optimizers.size()
          + " optimizers",
          "Each objective needs an optimizer with a state of its own: Recipe.optimizers() makes them.");
    }
    return IntStream.range(0, optimizers.size())
        .mapToObj(i -> new Objective(model, roles.objectives().get(i), batches, optimizers.get(i), plan)).toList();
  }

  private int batchSize(DataSet data) {
    int fixed = roles.fixedBatch();
    if (fixed > 0 && (fixed != plan.batchSize() || fixed > Math.min(data.train().count(), data.test().count()))) {
      throw new InputProblem("the model fixes its batch to " + fixed + " examples, batch = " + plan.batchSize()
          + " was asked for, and there are " + data.train().count() + " to train and " + data.test().count()
          + " to test", "Use --batch " + fixed + ", or leave the batch open in the model (N).");
    }
    return plan.batchSize();
  }

  /**
   * The functions that a run makes small: those of these names, or {@code loss} (or the only possible one) for none.
   */
  public static List<Function> objectives(Model model, List<String> names) {
    return Roles.objectives(model, names);
  }

  /** Trains from fresh parameters. */
  public TrainingResult run() {
    return run(() -> { });
  }

  /** Trains from the weights in a file, those of another data set perhaps; everything else is fresh. */
  public TrainingResult runFrom(Path weights, Renaming renaming) {
    return run(() -> Weights.load(model, weights, renaming));
  }

  private TrainingResult run(Runnable weights) {
    model.initialize(plan.seed());
    weights.run();
    objectives.forEach(o -> o.optimizer().prepare(model.parameters.length));
    if (average != null) {
      average.add(true);
    }
    return run(new Checkpoint(0, 0, 0, plan.seed(), plan.batchSize(), plan.optimizer(), Double.NaN, Double.NaN));
  }

  /** Goes on from a checkpoint, as if the run had never stopped. */
  public TrainingResult resume(Path file) {
    Checkpoint position = Checkpoint.restore(file, model, Objective.states(objectives),
        average == null ? null : average.values());
    Checkpoint.requireSameModel(file, roles.objectives().stream().map(Roles.Measured::function).toList());
    DataDescription.requireSame(file.toString(), position.data(), description);
    swap();
    if (rate != null) {
      rate.restore(position.rate());
    }
    if (position.seed() != plan.seed() || position.batchSize() != plan.batchSize()
        || position.batch() >= batchesPerEpoch) {
      throw new InputProblem(file + ": was written with seed " + position.seed() + " and batch " + position.batchSize()
          + "; the plan has seed " + plan.seed() + " and batch " + plan.batchSize(),
          "Resume with the same seed and batch.");
    }
    if (position.epoch() >= plan.epochs() || isEnough(position.step())) {
      throw new InputProblem(file + ": its run has finished " + position.epoch() + " epochs, and " + plan.epochs()
          + " are asked for" + (plan.steps() > 0 ? "; " + position.step() + " steps of " + plan.steps() : ""),
          "Ask for more with --epochs" + (plan.steps() > 0 ? " or --steps." : "."));
    }
    standing.restore(position);
    if (standing.isOutOfPatience()) {
      throw new InputProblem(file + ": its run has ended because none of its last " + standing.waited()
          + " epochs was better",
          "Ask for more with --patience, or go on from the best: name the file with .best in its name.");
    }
    checkpointWritten = file.toAbsolutePath().equals(plan.checkpoint().toAbsolutePath());
    return run(position);
  }

  private TrainingResult run(Checkpoint from) {
    long begin = System.nanoTime();
    try (Claim claim = Claim.of(plan.checkpoint())) {
      progress.step = from.step();
      progress.startClock();
      listener.started(start.after(from.epoch()));
      int epoch = from.epoch();
      int batch = from.batch();
      while (epoch < plan.epochs() && !stopAsked && !isEnough(progress.step) && !standing.isOutOfPatience()) {
        batch = epoch(epoch, batch);
        if (epoch == from.epoch()) {
          labels.warning().ifPresent(listener::warning);
        }
        if (batch == batchesPerEpoch) {
          batch = 0;
          finishEpoch(++epoch, 0);
        } else if (isEnough(progress.step)) {
          finishEpoch(epoch, batch);
        } else {
          write(epoch, batch);
        }
      }
      swap();
      boolean ended = epoch == plan.epochs() || isEnough(progress.step);
      boolean stopped = !ended && !standing.isOutOfPatience();
      Optional<Score> last = testing == evaluation ? standing.latest()
          : standing.latest().filter(_ -> !stopped).map(_ -> testing.score());
      return new TrainingResult(stopped, !ended && !stopped, epoch, progress.step,
          (System.nanoTime() - begin) * 1e-9, last, plan.checkpoint(),
          standing.best().isPresent() ? plan.bestFile() : null);
    } finally {
      batches.close();
      evaluation.close();
      testing.close();
      done.countDown();
    }
  }

  private boolean isEnough(long steps) {
    return plan.steps() > 0 && steps >= plan.steps();
  }

  /** Makes the steps of an epoch from a batch on; returns the batch that comes next. A step is never left half done. */
  private int epoch(int epoch, int firstBatch) {
    progress.startEpoch(epoch + 1);
    batches.start(PassOrder.shuffled(plan.seed(), epoch), firstBatch);
    int batch = firstBatch;
    while (batch < batchesPerEpoch && !stopAsked && !isEnough(progress.step)) {
      int begin = batch;
      int last = Math.min(batchesPerEpoch, batch + plan.accumulate());
      for (; batch < last; batch++) {
        next(batch, batch > begin && objectives.size() > 1);
        gradient(0, epoch, batch);
        progress.batch = batch + 1;
        if (batch + 1 < last) {
          listener.step(progress);
        }
      }
      step(epoch, begin, last);
      progress.rate = hasRate ? first.get(ParameterGroup.RATE) : Double.NaN;
      listener.step(progress);
      if (plan.saveSteps() > 0 && progress.step % plan.saveSteps() == 0 && batch < batchesPerEpoch) {
        write(epoch, batch);
      }
    }
    progress.endEpoch();
    return batch;
  }

  /** The next batch, and the accuracy on it; those before it in the same step may be wanted again. */
  private void next(int batch, boolean hold) {
    if (hold) {
      batches.nextToo();
    } else {
      batches.next();
    }
    int size = batches.size(batch);
    labels.see(batches, size);
    progress.addExamples(size);
    if (metricInputs.isPresent() && batch % METRIC_EVERY == 0) {
      Program metric = roles.metric().orElseThrow().inference();
      metric.bind(metricInputs.get().tensors());
      metric.run();
      progress.addMetric(metric.scalar(0), size);
    }
  }

  /** The gradient of an objective on the present batch. */
  private void gradient(int number, int epoch, int batch) {
    Objective objective = objectives.get(number);
    long draw = ((long) epoch * batchesPerEpoch + batch) * objectives.size() + number + 1;
    float loss = objective.gradient(plan.seed(), draw);
    if (!Float.isFinite(loss)) {
      throw diverged("the " + (objectives.size() > 1 ? "objective " + objective.name() : "loss") + " is " + loss
          + " at step " + (progress.step + 1) + " (batch " + (batch + 1) + ")" + objective.notFinite(batches));
    }
    int size = batches.size(batch);
    progress.addLoss(number, loss, size);
    limits.add(size);
  }

  /** A step of each objective in turn: by the gradients of some batches, of which the first has its own already. */
  private void step(int epoch, int firstBatch, int end) {
    for (int i = 0; i < objectives.size(); i++) {
      for (int batch = firstBatch; i > 0 && batch < end; batch++) {
        batches.again(batch - firstBatch);
        gradient(i, epoch, batch);
      }
      Optional<String> wrong = limits.apply();
      if (wrong.isPresent()) {
        throw diverged(wrong.get() + " at step " + (progress.step + 1));
      }
      if (rate != null) {
        objectives.get(i).optimizer().set(ParameterGroup.RATE, rateOfStep());
      }
      objectives.get(i).update(progress.step + 1);
    }
    progress.step++;
    if (average != null) {
      average.add(progress.step == 1);
    }
  }

  private double rateOfStep() {
    double next = rate.rate(progress.step + 1, allSteps(), epochSteps());
    if (!Double.isFinite(next)) {
      throw new InputProblem("the learning rate is " + next + " at step " + (progress.step + 1) + " of " + allSteps(),
          "Look at the schedule: does it divide by 0 there, or end before the run does?");
    }
    return next;
  }

  private long epochSteps() {
    return Math.ceilDiv(batchesPerEpoch, plan.accumulate());
  }

  private long allSteps() {
    long steps = plan.epochs() * epochSteps();
    return plan.steps() > 0 ? Math.min(steps, plan.steps()) : steps;
  }

  /** The model computes with the averaged weights, or again with those that are trained. */
  private void swap() {
    if (average != null) {
      average.swap();
    }
  }

  /** {@code batch}: those of the next epoch that are done already, where steps end the run in its middle. */
  private void finishEpoch(int epoch, int batch) {
    if (!allFinite(model.parameters) || !allFinite(model.buffers)) {
      throw diverged("parameters are no longer finite after step " + progress.step);
    }
    swap();
    Score latest = evaluation.score();
    swap();
    if (rate != null) {
      rate.tested(latest.loss());
    }
    boolean better = standing.isBest(latest);
    write(epoch, batch);
    if (better) {
      write(epoch, batch, plan.bestFile());
    }
    listener.epoch(new EpochReport(epoch + (batch > 0 ? 1 : 0), plan.epochs(), progress.step,
        progress.trainingSeconds(), progress.rate, progress.loss(), parts(), progress.accuracy(), start.part(),
        latest, better, plan.checkpoint()));
  }

  private Map<String, Double> parts() {
    Map<String, Double> parts = new LinkedHashMap<>();
    progress.parts().forEach(name -> parts.put(name, progress.loss(name)));
    return parts;
  }

  private void write(int epoch, int batch) {
    if (!allFinite(model.parameters)) {
      throw diverged("parameters are no longer finite after step " + progress.step);
    }
    write(epoch, batch, plan.checkpoint());
    checkpointWritten = true;
  }

  private void write(int epoch, int batch, Path file) {
    Optional<Score> best = standing.best();
    swap();
    new Checkpoint(epoch, batch, progress.step, plan.seed(), plan.batchSize(), plan.optimizer(),
        best.map(Score::loss).orElse(Double.NaN), best.map(Score::accuracy).orElse(Double.NaN),
        best.map(Score::metrics).orElse(Map.of()), standing.waited(), rate == null ? Map.of() : rate.state(),
        plan.settings(), description).write(file, model, Objective.states(objectives),
            average == null ? null : average.values());
    swap();
  }

  private InputProblem diverged(String what) {
    String saved = checkpointWritten ? "; the last good checkpoint is " + plan.checkpoint()
        : "; no checkpoint was written yet";
    return new InputProblem("training stopped in epoch " + progress.epoch + ": " + what + saved,
        "A smaller learning rate is the usual cure (--optimizer \"Adam(lr=1e-4)\"), or --clip-norm 1; else"
            + " look for log, sqrt or division of 0 in the model, and for huge values in the data.");
  }

  private static boolean allFinite(float[] data) {
    float sum = 0;
    for (float value : data) {
      // 0 times NaN or infinity is NaN, anything else 0: one addition instead of a test for each element.
      sum += value * 0;
    }
    return sum == 0;
  }

  /** Asks the run to write a checkpoint after the present step and end; any thread may call it. */
  public void stop() {
    stopAsked = true;
  }

  /** Waits for the run to end; false when it did not within the time. */
  public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    return done.await(time, unit);
  }
}
