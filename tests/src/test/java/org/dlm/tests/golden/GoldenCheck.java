package org.dlm.tests.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Tensor;

/** Runs whatever calls a case has golden numbers of, and compares. */
final class GoldenCheck {
  private static final Pattern EXPECTED = Pattern.compile("(eval|train)\\.(out|grad|buffer)\\.(\\w+)\\.([^@]+)(?:@(\\d+))?");

  private record Call(String function, boolean training, boolean gradient) {}

  private record Expectation(String kind, String path, int every, Tensor value) {}

  private GoldenCheck() {}

  /** Gives the largest errors. */
  static ParityErrors.Errors check(GoldenCase of, Engine engine) {
    Map<String, Tensor> inputs = inputs(of);
    Map<Call, Map<String, Expectation>> calls = new LinkedHashMap<>();
    of.numbers().forEach((key, value) -> {
      Matcher m = EXPECTED.matcher(key);
      if (m.matches()) {
        Call call = new Call(m.group(3), m.group(1).equals("train"), m.group(2).equals("grad"));
        int every = m.group(5) == null ? 1 : Integer.parseInt(m.group(5));
        calls.computeIfAbsent(call, c -> new LinkedHashMap<>())
            .put(key, new Expectation(m.group(2), m.group(4), every, value));
      }
    });
    if (calls.isEmpty()) {
      throw new AssertionError(of.source() + ": nothing to compare");
    }
    double[] errors = {Double.NaN, Double.NaN};
    calls.forEach((call, expected) -> {
      Engine.Outcome outcome = engine.call(call.function(), call.training(), call.gradient(), inputs);
      double scale = expected.values().stream().mapToDouble(e -> largest(e.value())).max().orElse(0);
      expected.forEach((key, e) -> {
        double error = check(of.source() + " " + key, outcome, e, scale);
        int kind = e.kind().equals("grad") ? 1 : 0;
        errors[kind] = Double.isNaN(errors[kind]) ? error : Math.max(errors[kind], error);
      });
    });
    return new ParityErrors.Errors(errors[0], errors[1]);
  }

  private static double check(String what, Engine.Outcome outcome, Expectation expected, double scale) {
    return switch (expected.kind()) {
      case "out" -> Closeness.check(what, present(what, outcome.outputs().get(expected.path())), expected.value(),
          expected.every(), Closeness.FORWARD, 0);
      case "grad" -> Closeness.check(what, present(what, outcome.gradients().get(expected.path())), floats(expected.value()),
          expected.every(), Closeness.GRADIENT, scale);
      default -> Closeness.check(what, present(what, outcome.buffers().get(expected.path())), floats(expected.value()),
          expected.every(), Closeness.FORWARD, 0);
    };
  }

  private static <T> T present(String what, T value) {
    if (value == null) {
      throw new AssertionError(what + ": the model gave no such result");
    }
    return value;
  }

  private static double largest(Tensor tensor) {
    return tensor instanceof FloatTensor f ? Closeness.largest(f.data()) : 0;
  }

  static float[] floats(Tensor tensor) {
    return ((FloatTensor) tensor).data();
  }

  /** The stored inputs, and x where it is computed. */
  static Map<String, Tensor> inputs(GoldenCase of) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(of.inputs());
    of.hashed().ifPresent(bounds -> {
      int n = inputs.get("label").shape()[0];
      int[] shape = of.text().contains("28, 28") ? new int[] {n, 1, 28, 28} : new int[] {n, 784};
      inputs.put("x", new FloatTensor(Hashed.numbers(99, shape, bounds[1]), shape));
    });
    return inputs;
  }
}
