package org.dlm.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One model of the suite.
 *
 * @param name what the peers' scripts call it
 * @param file its file in the zoo
 * @param model the exported model in that file
 * @param dims open dims of a training step, as {@code dlm bench} takes them
 * @param optimizer the update rule the peers use for it
 */
record SuiteModel(String name, String file, String model, String dims, String optimizer) {
  /** All models, in the order of {@code suite.txt}. */
  static List<SuiteModel> all() {
    try (InputStream in = SuiteModel.class.getResourceAsStream("suite.txt");
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(SuiteModel::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SuiteModel parse(String line) {
    String[] words = line.trim().split("\\s+", 5);
    return new SuiteModel(words[0], words[1], words[2], words[3], words[4]);
  }
}
