package org.dlm.runtime.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Variable;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Task;

/**
 * One optimizer step over the parameters, cut into pieces for the threads. Parameters of one group follow each other;
 * those that the trained function leaves alone are left alone here, too, whatever decay or momentum would make of them.
 */
public final class ParallelUpdate implements Task {
  /** Large enough that handing a piece to a thread costs little, small enough that LeNet's 60,000 use two. */
  private static final int GRAIN = 1 << 14;

  private final Model model;
  private final Optimizer optimizer;
  private final List<Section> sections = new ArrayList<>();
  private Section current;
  private int step;

  /** Pieces that are updated with the same hyper-parameters. */
  private static final class Section {
    private final ParameterGroup group;
    private final String[] names;
    private final double[] values;
    private final double[] kept;
    private double keptRate;
    private final List<Piece> pieces = new ArrayList<>();
    private int[] bounds = new int[0];

    Section(ParameterGroup group) {
      this.group = group;
      names = group == null ? new String[0] : group.hyperParameters().keySet().toArray(String[]::new);
      values = new double[names.length];
      kept = new double[names.length];
      for (int i = 0; i < names.length; i++) {
        values[i] = group.hyperParameters().get(names[i]);
      }
    }

    /** The parameter from {@code from} to {@code to}, whole or in pieces. */
    void add(int from, int to, boolean whole) {
      int grain = whole ? to - from : GRAIN;
      for (int at = from; at < to; at += grain) {
        pieces.add(new Piece(at, Math.min(to, at + grain), (at - from) / (double) (to - from)));
      }
    }

    /**
     * First the beginnings of all parameters, last their ends: a thread then updates the same part of each, which are
     * the rows whose gradient it computed and which it multiplies with in the next step.
     */
    void order() {
      pieces.sort(Comparator.comparingDouble(Piece::begins));
      bounds = pieces.stream().flatMapToInt(p -> IntStream.of(p.from(), p.to())).toArray();
    }
  }

  /** A part of a parameter, and where in it that begins, as a fraction. */
  private record Piece(int from, int to, double begins) {}

  /** All parameters alike. */
  public ParallelUpdate(Model model, Optimizer optimizer) {
    this(model, optimizer, Optional.empty(), List.of(), List.of());
  }

  /** The parameters that a function trains, alike. */
  public ParallelUpdate(Model model, Optimizer optimizer, Function trained) {
    this(model, optimizer, Optional.of(trained), List.of(), List.of());
  }

  /**
   * The parameters that a function trains.
   *
   * @param groups the first that selects a parameter decides about it
   * @param decay patterns of the parameters that get weight decay; none: all
   */
  public ParallelUpdate(Model model, Optimizer optimizer, Function trained, List<ParameterGroup> groups,
      List<String> decay) {
    this(model, optimizer, Optional.of(trained), groups, decay);
  }

  private ParallelUpdate(Model model, Optimizer optimizer, Optional<Function> trained, List<ParameterGroup> groups,
      List<String> decay) {
    this.model = model;
    this.optimizer = optimizer;
    groups.forEach(g -> g.check(optimizer));
    if (!decay.isEmpty()) {
      ParameterGroup.require(optimizer, ParameterGroup.DECAY);
    }
    checkPatterns(model, groups.stream().map(ParameterGroup::pattern).toList());
    checkPatterns(model, decay);
    Map<Optional<ParameterGroup>, Section> byGroup = new LinkedHashMap<>();
    for (Variable v : model.parameterList()) {
      if (v.size() > 0 && (trained.isEmpty() || trained.get().trains(v.path()))) {
        Optional<ParameterGroup> group = group(v.path(), groups, decay);
        byGroup.computeIfAbsent(group, g -> new Section(g.orElse(null)))
            .add(v.offset(), v.offset() + v.size(), optimizer.wholeTensors());
      }
    }
    byGroup.values().forEach(Section::order);
    sections.addAll(byGroup.values());
  }

  private static Optional<ParameterGroup> group(String path, List<ParameterGroup> groups, List<String> decay) {
    Optional<ParameterGroup> group = groups.stream().filter(g -> g.selects(path)).findFirst();
    boolean decays = decay.isEmpty() || decay.stream().anyMatch(pattern -> ParameterGroup.matches(pattern, path))
        || group.isPresent() && group.get().hyperParameters().containsKey(ParameterGroup.DECAY);
    return decays ? group : Optional.of(group.orElse(ParameterGroup.rate("", 1)).and(ParameterGroup.DECAY, 0));
  }

  /** Refuses a pattern that selects no parameter: it is a mistake in writing. */
  private static void checkPatterns(Model model, List<String> patterns) {
    for (String pattern : patterns) {
      if (model.parameterList().stream().noneMatch(v -> ParameterGroup.matches(pattern, v.path()))) {
        throw new InputProblem("no parameter of the model is selected by `" + pattern + "`", "Paths are such as "
            + model.parameterList().stream().limit(3).map(Variable::path).toList() + "; `*` stands for any text.");
      }
    }
  }

  /** @param step counts from 1 */
  public void apply(int step) {
    this.step = step;
    for (int i = 0; i < sections.size(); i++) {
      current = sections.get(i);
      change();
      optimizer.check();
      Pool.run(this, current.bounds.length / 2, 1);
      restore();
    }
    model.weightsChanged();
  }

  private void change() {
    if (current.group == null) {
      return;
    }
    for (int i = 0; i < current.names.length; i++) {
      current.kept[i] = optimizer.get(current.names[i]);
      optimizer.set(current.names[i], current.values[i]);
    }
    if (current.group.rate() != 1) {
      current.keptRate = optimizer.get(ParameterGroup.RATE);
      optimizer.set(ParameterGroup.RATE, current.keptRate * current.group.rate());
    }
  }

  private void restore() {
    if (current.group == null) {
      return;
    }
    if (current.group.rate() != 1) {
      optimizer.set(ParameterGroup.RATE, current.keptRate);
    }
    for (int i = 0; i < current.names.length; i++) {
      optimizer.set(current.names[i], current.kept[i]);
    }
  }

  @Override
  public void run(int from, int to) {
    for (int piece = from; piece < to; piece++) {
      optimizer.update(model.parameters, model.gradients, current.bounds[2 * piece], current.bounds[2 * piece + 1],
          step);
    }
  }
}
