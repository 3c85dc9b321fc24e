package org.dlm.runtime.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.text.TextKind;
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.store.RandomStream;

/**
 * Text that goes on, token by token: the model gives a score for each token that may come next, one of the likely ones
 * is drawn. Where the model has a {@code step} that carries what it knows from call to call, only the new token is
 * looked at (see {@link CarriedScores}), else {@code forward} is called with all of a window.
 */
public final class TextGenerator {
  private final Vocabulary vocabulary;
  private final boolean linesApart;
  private final Supplier<NextScores> model;
  private double temperature = 1;
  private int most = Integer.MAX_VALUE;

  /**
   * A generator with the vocabulary of the checkpoint.
   *
   * @param window how many tokens the model looks back, where it leaves that open
   */
  public TextGenerator(Predictor predictor, int window) {
    linesApart = predictor.facts().containsKey(TextKind.LINES);
    vocabulary = Vocabulary.of(predictor.facts()).orElseThrow(() -> new InputProblem(
        "the weights know no vocabulary", "Train with --data text:FILE; the checkpoint then keeps the vocabulary."));
    Optional<Function> step = predictor.find("step");
    if (step.isPresent() && CarriedScores.of(predictor, step.get(), window).isPresent()) {
      model = () -> CarriedScores.of(predictor, step.get(), window).orElseThrow();
      return;
    }
    Function forward = predictor.find("forward").orElseThrow(() -> new InputProblem("the model has no `forward`",
        "Text is made by fn forward(ids: i32[N, T]) -> [N, T, vocabulary]."));
    NextScores scores = new WindowScores(predictor, forward, window);
    model = () -> scores;
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

  /** What a text begins with where nobody says it: a new line, if the vocabulary has one. */
  public String usualPrompt() {
    try {
      vocabulary.encode("\n");
      return "\n";
    } catch (InputProblem none) {
      return "";
    }
  }

  /** Goes on from a text by so many tokens, handing out each as it comes; the seed decides which are drawn. */
  public void generate(String prompt, int count, long seed, Consumer<String> out) {
    boolean begins = linesApart && !prompt.startsWith(vocabulary.decode(0));
    int[] start = vocabulary.encode(prompt.isEmpty() || begins ? vocabulary.decode(0) + prompt : prompt);
    int[] tokens = Arrays.copyOf(start, start.length + count);
    RandomStream random = new RandomStream(seed);
    NextScores scores = model.get();
    int[] line = tokens;
    int from = 0;
    for (int at = start.length; at < tokens.length; at++) {
      if (linesApart && tokens[at - 1] == 0 && at - 1 > from) {
        // In training each line stood for itself: what came before it is forgotten.
        from = at - 1;
        line = Arrays.copyOfRange(tokens, from, tokens.length);
        scores = model.get();
      }
      tokens[at] = draw(scores.after(line, at - from), random);
      line[at - from] = tokens[at];
      out.accept(vocabulary.decode(tokens[at]));
    }
  }

  /** The text that follows. */
  public String generate(String prompt, int count, long seed) {
    StringBuilder text = new StringBuilder();
    generate(prompt, count, seed, text::append);
    return text.toString();
  }

  private int draw(float[] scores, RandomStream random) {
    List<Integer> likely = IntStream.range(0, Math.min(scores.length, vocabulary.size())).boxed()
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
