package org.dlm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dlm.runtime.predict.Prediction;

/** What predictions of many examples have in common: how sure they are, and how they spread over the classes. */
final class PredictionSummary {
  private PredictionSummary() {}

  static List<String> lines(List<Prediction> predictions) {
    List<String> names = predictions.getFirst().classNames();
    int classes = predictions.getFirst().probabilities().length;
    int[] counts = new int[classes];
    double[] mean = new double[classes];
    double sure = 0;
    for (Prediction p : predictions) {
      counts[p.best()]++;
      sure += p.probability() / predictions.size();
      for (int c = 0; c < classes; c++) {
        mean[c] += p.probabilities()[c] / predictions.size();
      }
    }
    double spread = 0;
    for (double share : mean) {
      spread -= share > 0 ? share * Math.log(share) : 0;
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%,d examples: the likeliest class has a share of %.2f %% on the mean",
        predictions.size(), 100 * sure));
    lines.add(String.format(Locale.ROOT, "spread over the classes: %.3f (entropy of the mean shares; %.3f where all are"
        + " alike)", spread, Math.log(classes)));
    for (int c = 0; c < classes; c++) {
      lines.add(String.format(Locale.ROOT, "  %-12s %,6d  %5.1f %%", names.get(c), counts[c],
          100.0 * counts[c] / predictions.size()));
    }
    return lines;
  }
}
