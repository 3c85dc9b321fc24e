package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.store.Checkpoint;

/**
 * Trains a model: mini-batches, gradient, optimizer step, again. After each epoch it is tested and written to disk; a
 * step allocates nothing. One trainer makes one run.
 */
public final class Trainer {
  /** The training metric costs a forward pass of its own, so only one batch in this many is measured. */
  private static final int METRIC_EVERY = 4;

  private final Model model;
  private final Optimizer optimizer;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final Roles roles;
  private final Batches batches;
  private final Batches.Inputs inputs;
  private final Optional<Batches.Inputs> metricInputs;
  private final Evaluation evaluation;
  private final ParallelUpdate update;
  private final TrainingProgress progress = new TrainingProgress();
  private final TrainingStart start;
  private final int batchesPerEpoch;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean stopAsked;
  private boolean checkpointWritten;
  private Score best;
  private Score latest;

  /** Everything that can be wrong with model, data and plan together is said here, before the first step. */
  public Trainer(Model model, Optimizer optimizer, DataSet data, TrainingPlan plan, TrainingListener listener) {
    this.model = model;
    this.optimizer = optimizer;
    this.plan = plan;
    this.listener = listener;
    roles = Roles.of(model, data, plan.objective());
    batches = new Batches(data.train(), batchSize(data));
    inputs = batches.inputs(roles.objectiveFeed());
    metricInputs = roles.metric().map(f -> batches.inputs(Feed.match(f, data)));
    evaluation = new Evaluation(roles, data, batches.size(0));
    update = new ParallelUpdate(model, optimizer);
    batchesPerEpoch = roles.objectiveFeed().fixedBatch() > 0 ? data.train().count() / batches.size(0) : batches.count();
    start = new TrainingStart(data.train().count(), data.test().count(), plan.epochs(), 0, batches.size(0),
        batchesPerEpoch, model.parameterList().stream().mapToInt(v -> v.size()).sum(), roles.objective().name(),
        roles.metric().isPresent() ? "accuracy" : null);
    progress.epochs = plan.epochs();
    progress.batches = batchesPerEpoch;
    AtomicFile.checkWritable(plan.checkpoint());
  }

  private int batchSize(DataSet data) {
    int fixed = roles.objectiveFeed().fixedBatch();
    if (fixed > 0 && (fixed != plan.batchSize() || fixed > Math.min(data.train().count(), data.test().count()))) {
      throw new InputProblem("the model fixes its batch to " + fixed + " examples, batch = " + plan.batchSize()
          + " was asked for, and there are " + data.train().count() + " to train and " + data.test().count()
          + " to test", "Use --batch " + fixed + ", or leave the batch open in the model (N).");
    }
    return plan.batchSize();
  }

  /** The function that a run makes small: the one of that name, or {@code loss} (or the only possible one) for null. */
  public static Function objective(Model model, String name) {
    return Roles.objective(model, name);
  }

  /** Trains from fresh parameters. */
  public TrainingResult run() {
    model.initialize(plan.seed());
    optimizer.prepare(model.parameters.length);
    return run(new Checkpoint(0, 0, 0, plan.seed(), plan.batchSize(), plan.optimizer(), Double.NaN, Double.NaN));
  }

  /** Goes on from a checkpoint, as if the run had never stopped. */
  public TrainingResult resume(Path file) {
    Checkpoint position = Checkpoint.restore(file, model, optimizer);
    if (position.seed() != plan.seed() || position.batchSize() != plan.batchSize()
        || position.batch() >= batchesPerEpoch) {
      throw new InputProblem(file + ": was written with seed " + position.seed() + " and batch " + position.batchSize()
          + "; the plan has seed " + plan.seed() + " and batch " + plan.batchSize(),
          "Resume with the same seed and batch.");
    }
    if (position.epoch() >= plan.epochs()) {
      throw new InputProblem(file + ": its run has finished " + position.epoch() + " epochs, and " + plan.epochs()
          + " are asked for", "Ask for more with --epochs.");
    }
    best = Double.isNaN(position.bestLoss()) ? null
        : new Score(position.bestLoss(), position.bestAccuracy(), Optional.empty());
    checkpointWritten = file.toAbsolutePath().equals(plan.checkpoint().toAbsolutePath());
    return run(position);
  }

  private TrainingResult run(Checkpoint from) {
    long begin = System.nanoTime();
    try {
      progress.step = from.step();
      progress.firstStep = from.step();
      progress.startClock();
      listener.started(new TrainingStart(start.trainCount(), start.testCount(), start.epochs(), from.epoch(),
          start.batchSize(), start.stepsPerEpoch(), start.parameters(), start.objective(), start.metric()));
      int epoch = from.epoch();
      int batch = from.batch();
      while (epoch < plan.epochs() && !stopAsked) {
        batch = epoch(epoch, batch);
        if (batch == batchesPerEpoch) {
          batch = 0;
          finishEpoch(++epoch);
        } else {
          write(epoch, batch);
        }
      }
      return new TrainingResult(epoch < plan.epochs(), epoch, progress.step, (System.nanoTime() - begin) * 1e-9,
          Optional.ofNullable(latest), plan.checkpoint(), best == null ? null : plan.best());
    } finally {
      done.countDown();
    }
  }

  /** Makes the steps of an epoch from a batch on; returns the batch that comes next. */
  private int epoch(int epoch, int firstBatch) {
    progress.startEpoch(epoch + 1);
    batches.shuffle(plan.seed(), epoch);
    int batch = firstBatch;
    while (batch < batchesPerEpoch && !stopAsked) {
      step(batch++);
      progress.batch = batch;
      listener.step(progress);
    }
    return batch;
  }

  private void step(int batch) {
    batches.fill(batch);
    int size = batches.size(batch);
    if (metricInputs.isPresent() && batch % METRIC_EVERY == 0) {
      Program metric = roles.metric().orElseThrow().inference();
      metric.bind(metricInputs.get().tensors());
      metric.run();
      progress.addMetric(metric.scalar(0), size);
    }
    Program gradient = roles.objective().gradient();
    gradient.random(plan.seed(), progress.step + 1);
    gradient.bind(inputs.tensors());
    gradient.run();
    float loss = gradient.scalar(0);
    if (!Float.isFinite(loss)) {
      throw diverged("the loss is " + loss + " at step " + (progress.step + 1) + " (batch " + (batch + 1) + ")");
    }
    progress.addLoss(loss, size);
    update.apply((int) ++progress.step);
  }

  private void finishEpoch(int epoch) {
    if (!allFinite(model.parameters) || !allFinite(model.buffers)) {
      throw diverged("parameters are no longer finite after step " + progress.step);
    }
    latest = evaluation.score();
    boolean better = best == null || latest.better(best);
    best = better ? latest : best;
    write(epoch, 0);
    if (better) {
      position(epoch, 0).write(plan.best(), model, optimizer);
    }
    listener.epoch(new EpochReport(epoch, plan.epochs(), progress.step, progress.loss(), progress.accuracy(), latest,
        better, plan.checkpoint()));
  }

  private void write(int epoch, int batch) {
    if (!allFinite(model.parameters)) {
      throw diverged("parameters are no longer finite after step " + progress.step);
    }
    position(epoch, batch).write(plan.checkpoint(), model, optimizer);
    checkpointWritten = true;
  }

  private Checkpoint position(int epoch, int batch) {
    return new Checkpoint(epoch, batch, progress.step, plan.seed(), plan.batchSize(), plan.optimizer(),
        best == null ? Double.NaN : best.loss(), best == null ? Double.NaN : best.accuracy());
  }

  private InputProblem diverged(String what) {
    String saved = checkpointWritten ? "; the last good checkpoint is " + plan.checkpoint()
        : "; no checkpoint was written yet";
    return new InputProblem("training stopped in epoch " + progress.epoch + ": " + what + saved,
        "A smaller learning rate is the usual cure (--optimizer \"Adam(lr=1e-4)\"); else look for log, sqrt or"
            + " division of 0"
            + " in the model, and for huge values in the data.");
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
