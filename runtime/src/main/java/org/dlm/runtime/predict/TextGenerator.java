package org.dlm.runtime.predict;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Port;
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.store.RandomStream;

/**
 * Text that goes on, token by token: the model gives a score for each token that may come next, one of the likely ones
 * is drawn. The model is called {@code forward(ids: i32[N, T]) -> [N, T, vocabulary]}, where a position knows only
 * those before it, or {@code -> [N, vocabulary]} for what comes after the window.
 */
public final class TextGenerator {
  private final Predictor predictor;
  private final Vocabulary vocabulary;
  private final int window;
  private final boolean everywhere;
  private double temperature = 1;
  private int most = Integer.MAX_VALUE;

  /**
   * A generator with the vocabulary of the checkpoint.
   *
   * @param window how many tokens the model looks back; not used where its input has a fixed length
   */
  public TextGenerator(Predictor predictor, Port input, Port output, int window) {
    this.predictor = predictor;
    vocabulary = Vocabulary.of(predictor.facts()).orElseThrow(() -> new InputProblem(
        "the weights know no vocabulary", "Train with --data text:FILE; the checkpoint then keeps the vocabulary."));
    boolean fits = input.type() == ElementType.I32 && input.dims().size() == 2 && output.type() == ElementType.F32
        && (output.dims().size() == 2 || output.dims().size() == 3);
    if (!fits) {
      throw new InputProblem("`forward` takes " + input + " and gives " + output + ", which makes no text",
          "It should take i32[N, T] and give [N, T, vocabulary] or [N, vocabulary].");
    }
    everywhere = output.dims().size() == 3;
    String length = input.dims().get(1);
    this.window = length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : window;
  }

  /** Below 1 likely tokens become more likely; 0 always takes the likeliest. */
  public TextGenerator temperature(double value) {
    if (!(value >= 0)) {
      throw new InputProblem("temperature = " + value + ": it is 0 or more", "");
    }
    temperature = value;
    return this;
  }

  /** Only so many of the likeliest tokens are drawn from. */
  public TextGenerator top(int tokens) {
    if (tokens < 1) {
      throw new InputProblem("top = " + tokens + ": at least one token is needed", "");
    }
    most = tokens;
    return this;
  }

  /** Goes on from a text by so many tokens, handing out each as it comes; the seed decides which are drawn. */
  public void generate(String prompt, int count, long seed, Consumer<String> out) {
    int[] start = vocabulary.encode(prompt.isEmpty() ? vocabulary.decode(0) : prompt);
    int[] tokens = Arrays.copyOf(start, start.length + count);
    RandomStream random = new RandomStream(seed);
    for (int at = start.length; at < tokens.length; at++) {
      tokens[at] = draw(scores(tokens, at), random);
      out.accept(vocabulary.decode(tokens[at]));
    }
  }

  /** The text that follows. */
  public String generate(String prompt, int count, long seed) {
    StringBuilder text = new StringBuilder();
    generate(prompt, count, seed, text::append);
    return text.toString();
  }

  /** Of what may follow after the first {@code known} tokens. */
  private float[] scores(int[] tokens, int known) {
    int[] ids = new int[window];
    int seen = Math.min(window, known);
    // Where each position answers, what comes behind the last known one does not matter: the window keeps its length.
    System.arraycopy(tokens, known - seen, ids, everywhere ? 0 : window - seen, seen);
    FloatTensor all = predictor.forward(IntTensor.of(ids, 1, window));
    int size = all.shape()[all.shape().length - 1];
    int from = everywhere ? (seen - 1) * size : 0;
    return Arrays.copyOfRange(all.data(), from, from + Math.min(size, vocabulary.size()));
  }

  private int draw(float[] scores, RandomStream random) {
    List<Integer> likely = IntStream.range(0, scores.length).boxed()
        .sorted((a, b) -> Float.compare(scores[b], scores[a])).limit(temperature == 0 ? 1 : most).toList();
    double[] shares = new double[likely.size()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      double above = scores[likely.get(i)] - scores[likely.getFirst()];
      shares[i] = temperature == 0 ? 1 : Math.exp(above / temperature);
      sum += shares[i];
    }
    double left = random.uniform() * sum;
    for (int i = 0; i < shares.length; i++) {
      left -= shares[i];
      if (left < 0) {
        return likely.get(i);
      }
    }
    return likely.getLast();
  }
}
