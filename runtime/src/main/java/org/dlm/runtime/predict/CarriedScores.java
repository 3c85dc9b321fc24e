package org.dlm.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Port;
import org.dlm.runtime.Tensor;

/**
 * Scores of a model that need not look at what it has seen already:
 * {@code step(ids: i32[N, T], state...) -> (scores: [N, T, vocabulary], state...)}. States begin with zeros, and each
 * call gets those that the call before gave under the same names. A state with an open size of its own holds so many
 * tokens: when it is full, the model begins anew with the later half of them.
 */
final class CarriedScores implements NextScores {
  private final Predictor predictor;
  private final Function step;
  private final int capacity;
  private final boolean oneByOne;
  private List<Tensor> states;
  private int from;
  private int fed;

  private CarriedScores(Predictor predictor, Function step, int window) {
    this.predictor = predictor;
    this.step = step;
    List<String> ids = step.inputs().getFirst().dims();
    oneByOne = ids.get(1).equals("1");
    boolean bounded = states(step).stream().flatMap(s -> s.dims().stream())
        .anyMatch(d -> !isNumber(d) && !d.equals(ids.get(0)));
    capacity = bounded ? window : Integer.MAX_VALUE;
    states = zeros(window);
  }

  /** Where the function is such a step. */
  static Optional<NextScores> of(Predictor predictor, Function step, int window) {
    Port ids = step.inputs().getFirst();
    List<Port> results = step.outputs();
    boolean scores = ids.type() == ElementType.I32 && ids.dims().size() == 2
        && (!isNumber(ids.dims().get(1)) || ids.dims().get(1).equals("1"))
        && results.getFirst().type() == ElementType.F32 && results.getFirst().dims().size() == 3;
    boolean carried = states(step).equals(results.subList(1, results.size()))
        && states(step).stream().allMatch(s -> s.type() != ElementType.BOOL
            && s.dims().stream().allMatch(d -> d.matches("[A-Z]\\w*|[0-9]{1,9}")));
    return scores && carried && !states(step).isEmpty() ? Optional.of(new CarriedScores(predictor, step, window))
        : Optional.empty();
  }

  private static List<Port> states(Function step) {
    return step.inputs().subList(1, step.inputs().size());
  }

  private static boolean isNumber(String dim) {
    return Character.isDigit(dim.charAt(0));
  }

  private List<Tensor> zeros(int window) {
    String batch = step.inputs().getFirst().dims().getFirst();
    return states(step).stream().map(state -> {
      int[] shape = state.dims().stream()
          .mapToInt(d -> isNumber(d) ? Integer.parseInt(d) : d.equals(batch) ? 1 : window).toArray();
      return state.type() == ElementType.F32 ? (Tensor) new FloatTensor(new float[Tensor.size(shape)], shape)
          : IntTensor.of(new int[Tensor.size(shape)], shape);
    }).toList();
  }

  @Override
  public float[] after(int[] tokens, int known) {
    if (known - from > capacity) {
      from = known - (capacity + 1) / 2;
      fed = from;
      states = zeros(capacity);
    }
    FloatTensor scores = null;
    while (fed < known) {
      scores = feed(tokens, oneByOne ? fed + 1 : known);
    }
    int size = scores.shape()[2];
    return Arrays.copyOfRange(scores.data(), scores.data().length - size, scores.data().length);
  }

  private FloatTensor feed(int[] tokens, int until) {
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(IntTensor.of(Arrays.copyOfRange(tokens, fed, until), 1, until - fed));
    inputs.addAll(states);
    List<Tensor> results = predictor.call(step.name(), inputs.toArray(Tensor[]::new));
    states = IntStream.range(1, results.size()).mapToObj(results::get).toList();
    fed = until;
    return (FloatTensor) results.getFirst();
  }
}
