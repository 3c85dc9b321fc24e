package org.dlm.runtime.predict;

import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Port;

/**
 * Scores of {@code forward(ids: i32[N, T]) -> [N, T, vocabulary]}, where a position knows only those before it, or
 * {@code -> [N, vocabulary]} for what comes after the window: the whole window is looked at for each token.
 */
final class WindowScores implements NextScores {
  private final Predictor predictor;
  private final int window;
  private final boolean everywhere;

  /** @param window how many tokens are looked at, where the input has no fixed length */
  WindowScores(Predictor predictor, Function forward, int window) {
    this.predictor = predictor;
    Port input = forward.inputs().getFirst();
    Port output = forward.outputs().getFirst();
    List<String> dims = input.dims();
    boolean fits = forward.inputs().size() == 1 && input.type() == ElementType.I32 && dims.size() == 2
        && output.type() == ElementType.F32 && (output.dims().size() == 2 || output.dims().size() == 3);
    if (!fits) {
      throw new InputProblem("`forward` takes " + input + " and gives " + output + ", which makes no text",
          "It should take i32[N, T] and give [N, T, vocabulary] or [N, vocabulary].");
    }
    everywhere = output.dims().size() == 3;
    this.window = dims.get(1).matches("[0-9]{1,9}") ? Integer.parseInt(dims.get(1)) : window;
  }

  @Override
  public float[] after(int[] tokens, int known) {
    int[] ids = new int[window];
    int seen = Math.min(window, known);
    // Where each position answers, what comes behind the last known one does not matter: the window keeps its length.
    System.arraycopy(tokens, known - seen, ids, everywhere ? 0 : window - seen, seen);
    FloatTensor all = predictor.forward(IntTensor.of(ids, 1, window));
    int size = all.shape()[all.shape().length - 1];
    int from = everywhere ? (seen - 1) * size : 0;
    return Arrays.copyOfRange(all.data(), from, from + size);
  }
}
