package org.dlm.runtime;

import java.util.List;
import org.dlm.runtime.lanes.LaneChoice;

/**
 * A compiled model: its parameters and buffers in flat arrays, and its functions. Generated classes extend it and add a
 * typed method per function. One instance serves one thread; instances may share a {@link #parameters} array.
 */
public abstract class Model {
  /** All parameters, one after the other, each at its {@link Variable#offset}; gaps between them are zero. */
  public final float[] parameters;

  /** What the last gradient call gave, laid out as {@link #parameters}. */
  public final float[] gradients;

  /** All buffers (such as running means), laid out by {@link #bufferList}. */
  public final float[] buffers;

  private final List<Variable> parameterList;
  private final List<Variable> bufferList;

  protected Model(List<Variable> parameterList, int parameterSize, List<Variable> bufferList, int bufferSize) {
    this.parameterList = List.copyOf(parameterList);
    this.bufferList = List.copyOf(bufferList);
    parameters = new float[parameterSize];
    gradients = new float[parameterSize];
    buffers = new float[bufferSize];
    LaneChoice.tellOnce(text -> System.getLogger(Model.class.getName()).log(System.Logger.Level.WARNING, text));
    initialize(0);
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

  /** Fills parameters and buffers anew from their initialisers. */
  public final void initialize(long seed) {
    fill(parameterList, parameters, seed);
    fill(bufferList, buffers, seed + 1);
  }

  private static void fill(List<Variable> variables, float[] data, long seed) {
    for (int i = 0; i < variables.size(); i++) {
      Variable v = variables.get(i);
      v.initial().fill(data, v.offset(), v.shape(), seed * 0x9E3779B97F4A7C15L + i);
    }
  }
}
