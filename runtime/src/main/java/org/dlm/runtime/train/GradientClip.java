package org.dlm.runtime.train;

import org.dlm.runtime.Model;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Task;

/**
 * Keeps the gradients of a model within bounds, as PyTorch's {@code clip_grad_norm_} and {@code clip_grad_value_} do.
 */
public final class GradientClip {
  private static final int GRAIN = 1 << 14;

  /** What PyTorch adds to the norm before it divides by it. */
  private static final double EPSILON = 1e-6;

  private final float[] gradients;
  private final double[] partial;
  private final Task squares = this::squares;
  private final Task scale = this::scale;
  private final Task clamp = this::clamp;
  private float bound;

  public GradientClip(Model model) {
    gradients = model.gradients;
    partial = new double[Math.ceilDiv(gradients.length, GRAIN)];
  }

  /** The square root of the sum of the squares of all gradients. */
  public double norm() {
    Pool.run(squares, partial.length, 1);
    double sum = 0;
    for (double part : partial) {
      sum += part;
    }
    return Math.sqrt(sum);
  }

  /** Scales all gradients alike so that their norm is at most {@code most}; returns the norm from before. */
  public double toNorm(double most) {
    double norm = norm();
    double factor = most / (norm + EPSILON);
    if (factor < 1) {
      bound = (float) factor;
      Pool.run(scale, gradients.length, GRAIN);
    }
    return norm;
  }

  /** Brings every gradient between {@code -most} and {@code most}. */
  public void toValue(double most) {
    bound = (float) most;
    Pool.run(clamp, gradients.length, GRAIN);
  }

  private void squares(int from, int to) {
    for (int block = from; block < to; block++) {
      int end = Math.min(gradients.length, (block + 1) * GRAIN);
      // Four sums: one alone waits for itself at every addition.
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int i = block * GRAIN;
      for (; i + 4 <= end; i += 4) {
        a += (double) gradients[i] * gradients[i];
        b += (double) gradients[i + 1] * gradients[i + 1];
        c += (double) gradients[i + 2] * gradients[i + 2];
        d += (double) gradients[i + 3] * gradients[i + 3];
      }
      for (; i < end; i++) {
        a += (double) gradients[i] * gradients[i];
      }
      partial[block] = a + b + (c + d);
    }
  }

  private void scale(int from, int to) {
    for (int i = from; i < to; i++) {
      gradients[i] *= bound;
    }
  }

  private void clamp(int from, int to) {
    for (int i = from; i < to; i++) {
      gradients[i] = Math.min(Math.max(gradients[i], -bound), bound);
    }
  }
}
