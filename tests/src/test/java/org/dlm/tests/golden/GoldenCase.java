package org.dlm.tests.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/**
 * A model text and the numbers that PyTorch gave for it.
 *
 * @param name as in the table or the file's name
 * @param source the file to look at when it fails
 * @param model simple name of the model in {@code text}
 * @param numbers by the keys that generate.py explains
 */
record GoldenCase(String name, String source, String packageName, String model, String text, Map<String, Tensor> numbers,
    Map<String, String> metadata) {

  /** Numbers under a prefix, by what follows it, in the file's order. */
  Map<String, Tensor> under(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    numbers.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }

  Map<String, Tensor> inputs() {
    Map<String, Tensor> inputs = under("input.");
    under("shape.").forEach((name, shape) -> {
      int[] sizes = ((IntTensor) shape).data();
      inputs.put(name, new FloatTensor(Filled.input(name, sizes), sizes));
    });
    return inputs;
  }

  /** Whether parameters that are not stored are computed from their paths. */
  boolean isFilled() {
    return metadata.containsKey("filled");
  }

  /** Bounds of the numbers that are computed instead of stored: of parameters and of x. */
  Optional<double[]> hashed() {
    return Optional.ofNullable(metadata.get("hashed")).map(text -> {
      String[] words = text.split("[ ,]+");
      return new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[3])};
    });
  }

  String className() {
    return packageName + "." + model;
  }

  @Override
  public String toString() {
    return name;
  }
}
