package org.dlm.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.dlm.runtime.lanes.LaneChoice;

/**
 * A compiled model: its parameters and buffers in flat arrays, and its functions. Generated classes extend it and add a
 * typed method per function. One instance serves one thread; {@link #sharing} makes others that compute with the same
 * weights.
 */
public abstract class Model {
  /** All parameters, one after the other, each at its {@link Variable#offset}; gaps between them are zero. */
  public final float[] parameters;

  /** What the last gradient call gave, laid out as {@link #parameters}. */
  public final float[] gradients;

  /** All buffers (such as running means), laid out by {@link #bufferList}. */
  public final float[] buffers;

  /** Whose arrays the instances take that are made meanwhile. */
  private static final ScopedValue<Model> OWNER = ScopedValue.newInstance();

  private final List<Variable> parameterList;
  private final List<Variable> bufferList;
  private final Standing standing;

  protected Model(List<Variable> parameterList, int parameterSize, List<Variable> bufferList, int bufferSize) {
    if (LaneChoice.DETERMINISTIC && !LaneChoice.VECTOR) {
      throw new InputProblem("the same bits on every machine (dlm.deterministic) need vectors, but "
          + LaneChoice.REASON,
          "Switch vectors on, or do without that option.");
    }
    this.parameterList = List.copyOf(parameterList);
    this.bufferList = List.copyOf(bufferList);
    LaneChoice.tellOnce(text -> System.getLogger(Model.class.getName()).log(System.Logger.Level.WARNING, text));
    if (OWNER.isBound() && OWNER.get().getClass() == getClass()) {
      parameters = OWNER.get().parameters;
      gradients = OWNER.get().gradients;
      buffers = OWNER.get().buffers;
      standing = OWNER.get().standing;
      return;
    }
    parameters = new float[parameterSize];
    gradients = new float[parameterSize];
    buffers = new float[bufferSize];
    standing = new Standing();
    initialize(0);
  }

  /**
   * Another instance with the parameters, gradients and buffers of this one: {@code first.sharing(LeNet5::new)}. Each
   * has memory of its own for what it computes, so that one thread each may call functions for inference at the same
   * time; while one of them trains, the others wait.
   */
  public final <M extends Model> M sharing(Supplier<M> maker) {
    M other = ScopedValue.where(OWNER, this).call(maker::get);
    if (other.parameters != parameters) {
      throw new IllegalArgumentException(other.getClass().getName() + " cannot share the weights of a "
          + getClass().getName());
    }
    return other;
  }

  /** The functions of the model, in the order of its source. */
  public abstract List<Function> functions();

  public final List<Variable> parameterList() {
    return parameterList;
  }

  public final List<Variable> bufferList() {
    return bufferList;
  }

  /** The function of that name. */
  public final Function function(String name) {
    return functions().stream().filter(f -> f.name().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function `" + name + "`; there are "
            + functions().stream().map(Function::name).toList()));
  }

  /**
   * Says that the weights stay as they are: from its next call on, each function for inference keeps them in the order
   * in which its products read them, in place of ordering them anew in every call. Results have the same bits as
   * before.
   *
   * <p>Loading, {@link #initialize} and training steps are noticed by themselves: the next call orders the weights once
   * more. Who writes into {@link #parameters} otherwise calls {@code freeze} again, or {@link #weightsChanged}, before
   * the next call. It holds for all instances with these weights ({@link #sharing}); no thread may be in a call while
   * weights change, frozen or not. What is kept is about as large as the weights that gain by it, for each order in
   * which the last few shapes of inputs need them, until the first call after {@link #unfreeze}.
   */
  public final void freeze() {
    standing.start();
  }

  /** Takes {@link #freeze} back: each call reads the weights where they lie, and what was kept is let go. */
  public final void unfreeze() {
    standing.end();
  }

  /** Whether the weights were said to stay. */
  public final boolean frozen() {
    return standing.since() != Standing.NEVER;
  }

  /** Tells a frozen model that its weights are others now; it stays frozen. */
  public final void weightsChanged() {
    standing.changed();
  }

  /** A number that is another one whenever weights are, or {@link Standing#NEVER} where they are not said to stay. */
  final long weightsSince() {
    return standing.since();
  }

  /** Fills parameters and buffers anew from their initialisers. */
  public final void initialize(long seed) {
    fill(parameterList, parameters, seed);
    fill(bufferList, buffers, seed + 1);
    weightsChanged();
  }

  private static void fill(List<Variable> variables, float[] data, long seed) {
    for (int i = 0; i < variables.size(); i++) {
      Variable v = variables.get(i);
      v.initial().fill(data, v.offset(), v.shape(), seed * 0x9E3779B97F4A7C15L + i);
    }
  }
}
