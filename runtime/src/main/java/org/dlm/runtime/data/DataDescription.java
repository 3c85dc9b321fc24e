package org.dlm.runtime.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.InputProblem;

/** What checkpoints keep of a data set: what is needed to use the model on other data, and to know the data again. */
public final class DataDescription {
  /** Names of the classes, a line each. */
  public static final String CLASSES = "classes";

  /** In words, how raw values became numbers. */
  public static final String SCALING = "scaling";

  private static final String NAME = "name";
  private static final String EXAMPLES = "examples";
  private static final String CONTENTS = "contents";

  /** Examples that are looked at. */
  private static final int SAMPLES = 32;

  private DataDescription() {}

  /** The data set's facts, and a number that says which data it was. */
  public static Map<String, String> of(DataSet data) {
    Map<String, String> all = new LinkedHashMap<>(data.facts());
    all.put(NAME, data.name());
    all.put(EXAMPLES, Integer.toString(data.train().count()));
    all.put(CONTENTS, Long.toHexString(contents(data.train())));
    all.put(SCALING, data.scaling());
    if (!data.classNames().isEmpty()) {
      all.put(CLASSES, String.join("\n", data.classNames()));
    }
    return all;
  }

  /** A problem where a checkpoint's description is there and tells of other data. */
  public static void requireSame(String checkpoint, Map<String, String> written, Map<String, String> now) {
    boolean known = written.containsKey(CONTENTS);
    boolean same = List.of(EXAMPLES, CONTENTS).stream().allMatch(k -> now.get(k).equals(written.get(k)));
    if (known && !same) {
      throw new InputProblem(checkpoint + ": its run trained on other data: " + text(written) + "; now they are "
          + text(now), "Resume with the same --data, unchanged; or begin a new run from these weights with --weights.");
    }
  }

  private static String text(Map<String, String> description) {
    return "`" + description.get(NAME) + "`, " + description.get(EXAMPLES) + " examples (contents "
        + description.get(CONTENTS) + ")";
  }

  /** Depends on every number of some examples: the first of a stream, else some from everywhere. */
  private static long contents(DataSource source) {
    Example example = new Example(source.columns());
    long hash = 0;
    int samples = Math.min(SAMPLES, source.count());
    try (DataSource.Pass pass = source.pass(PassOrder.AS_THEY_COME)) {
      for (int i = 0; i < samples; i++) {
        if (source instanceof IndexedSource indexed) {
          example.begin();
          indexed.read((int) ((long) i * (source.count() - 1) / Math.max(1, samples - 1)), example);
        } else {
          pass.next(example);
        }
        hash = hash * 31 + example.contents();
      }
    } catch (IOException e) {
      throw new InputProblem(source.origin() + ": cannot be read: " + e.getMessage(), "Check the file.", e);
    }
    return hash;
  }

  /** A number of at least {@code least} among what a checkpoint knows of its data. */
  public static double number(String name, Map<String, String> facts, double least) {
    try {
      double number = Double.parseDouble(facts.getOrDefault(name, ""));
      if (number >= least && number < Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It is told below.
    }
    throw damaged(name, facts);
  }

  /** What is said of a checkpoint that knows nonsense of its data. */
  public static InputProblem damaged(String name, Map<String, String> facts) {
    return new InputProblem("the weights are damaged: they say of their data that `" + name + "` is `"
        + facts.getOrDefault(name, "") + "`", "Copy the file again, or train anew.");
  }
}
