package org.dlm.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.predict.CtcDecoder;
import org.dlm.runtime.predict.Prediction;
import org.dlm.runtime.predict.Predictor;

/** What a function of a trained model says of each example, in words. */
final class Answers {
  private Answers() {}

  /** Whether a function gives rows of letters. */
  static boolean isText(Function function) {
    return function.outputs().size() == 1 && function.outputs().getFirst().type() == ElementType.I32
        && function.outputs().getFirst().dims().size() == 2;
  }

  private static boolean isScores(Function function) {
    return function.outputs().getFirst().type() == ElementType.F32 && function.outputs().getFirst().dims().size() == 2;
  }

  /** The text of each example of scores {@code [N, steps, letters]}, by a search that follows so many beginnings. */
  static List<String> spelled(Function function, Predictor predictor, List<Tensor> results, int beam) {
    Vocabulary vocabulary = Vocabulary.of(predictor.facts()).orElseThrow(() -> new InputProblem(
        "the weights know no vocabulary", "Train with --data audio:DIR,target=letters; the checkpoint then keeps it."));
    int[] shape = results.getFirst().shape();
    if (!(results.getFirst() instanceof FloatTensor scores) || shape.length != 3 || shape[2] != vocabulary.size()) {
      throw new InputProblem("`" + function.name() + "` gives " + function.outputs().getFirst()
          + ", no score for each of " + vocabulary.size() + " letters at each step",
          "--beam is for models that are trained with ctc.");
    }
    return IntStream.range(0, shape[0]).mapToObj(n -> vocabulary.decode(CtcDecoder.decode(scores.data(),
        n * shape[1] * shape[2], shape[1], shape[2], beam).letters())).toList();
  }

  /** A line for each example; none where the results are neither text nor scores of classes, also for each pixel. */
  static List<String> of(Function function, Predictor predictor, List<Tensor> results, int top) {
    if (isText(function) && predictor.facts().containsKey(Vocabulary.TOKENS)) {
      return predictor.texts((IntTensor) results.getFirst());
    }
    if (ClassMap.isGivenBy(function)) {
      return ClassMap.of((FloatTensor) results.getFirst()).stream().map(m -> m.text(predictor.classNames(), top))
          .toList();
    }
    return isScores(function) ? predictor.predictions((FloatTensor) results.getFirst()).stream()
        .map(p -> text(p, top)).toList() : List.of();
  }

  private static String text(Prediction prediction, int top) {
    return prediction.ranking(top).stream().map(c -> String.format(Locale.ROOT, "%s %.2f %%",
        prediction.classNames().get(c), 100 * prediction.probabilities()[c])).collect(Collectors.joining(", "));
  }
}
