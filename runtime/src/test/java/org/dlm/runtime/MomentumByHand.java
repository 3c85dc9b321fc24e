package org.dlm.runtime;

import java.util.List;

/** Gradient descent with momentum, written by hand as the compiler would. */
public final class MomentumByHand extends Optimizer {
  private float lr = 0.1f;
  private float momentum = 0.9f;
  private float[] velocity;

  @Override
  public List<String> hyperParameters() {
    return List.of("lr", "momentum");
  }

  @Override
  public double get(String hyperParameter) {
    return hyperParameter.equals("lr") ? lr : momentum;
  }

  @Override
  public void set(String hyperParameter, double value) {
    switch (hyperParameter) {
      case "lr" -> lr = (float) value;
      case "momentum" -> momentum = (float) value;
      default -> throw new IllegalArgumentException(hyperParameter);
    }
  }

  @Override
  public List<String> stateNames() {
    return List.of("velocity");
  }

  @Override
  public float[] state(String name) {
    return velocity;
  }

  @Override
  public void prepare(int size) {
    velocity = new float[size];
  }

  @Override
  public void update(float[] parameters, float[] gradients, int from, int to, int step) {
    for (int i = from; i < to; i++) {
      velocity[i] = momentum * velocity[i] + gradients[i];
      parameters[i] -= lr * velocity[i];
    }
  }
}
