package org.dlm.tests.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.runtime.Tensor;

/**
 * Makes the model of a line of a table. {@code fn NAME EXPRESSION} is an expression over the golden's tensors,
 * behind statements that end in {@code ;} where it needs some;
 * {@code layer NAME STAGE} puts a stage under {@code net} and gives it {@code x}, or calls it as said behind
 * {@code =>}; {@code model NAME FILE STAGE} exports a layer of a file, and {@code layer NAME FILE STAGE} has
 * a stage of it. What PyTorch has a gradient for becomes a
 * parameter, so that gradients by all operands are compared; the loss is the result weighted with a cotangent.
 */
final class TableCase {
  private TableCase() {}

  static GoldenCase of(String table, String source, String[] words, Map<String, Tensor> all, Map<String, String> metadata) {
    String kind = words[0];
    String name = words[1];
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    all.forEach((key, value) -> {
      if (key.startsWith(name + "/")) {
        numbers.put(key.substring(name.length() + 1), value);
      }
    });
    if (numbers.isEmpty()) {
      throw new IllegalStateException(source + ": no golden numbers for `" + name + "`; run generate.py " + table);
    }
    String model = upperCamel(name) + "Golden";
    String[] file = words[2].split("\\s+", 2);
    boolean inFile = file[0].endsWith(".dlm");
    String lead = inFile ? GoldenFiles.text(file[0]) : "package golden." + table + "\n\n";
    String packageName = inFile ? file[0].substring(0, file[0].indexOf('/')) : "golden." + table;
    String stage = inFile ? file[1] : words[2];
    GoldenCase bare = new GoldenCase(name, source, packageName, model, "", numbers, metadata);
    String text = lead + switch (kind) {
      case "fn" -> text(bare, "", stage);
      case "layer" -> {
        String[] parts = stage.split(" => ");
        yield text(bare, "  net = " + parts[0].strip() + "\n", parts.length == 1 ? "net(x)" : parts[1].strip());
      }
      case "model" -> "model " + model + " = " + stage + "\n";
      default -> throw new IllegalStateException(source + ": a line starts with fn, layer or model, not `" + kind + "`");
    };
    return new GoldenCase(name, source, packageName, model, text, numbers, metadata);
  }

  private static String text(GoldenCase of, String fields, String expression) {
    StringBuilder text = new StringBuilder("layer " + of.model() + "Layer() {\n");
    of.under("param.").forEach((path, tensor) -> {
      if (!path.contains(".")) {
        text.append("  param ").append(path).append(": ").append(GoldenFiles.type(tensor)).append(" = zeros\n");
      }
    });
    text.append(fields);
    Map<String, Tensor> inputs = new LinkedHashMap<>(of.inputs());
    Tensor cotangent = inputs.remove("cotangent");
    String parameters = inputs.entrySet().stream().map(e -> e.getKey() + ": " + GoldenFiles.type(e.getValue()))
        .collect(Collectors.joining(", "));
    String type = GoldenFiles.type(of.numbers().get("eval.out.forward.out"));
    text.append("  fn forward(").append(parameters).append(") -> ").append(type).append(body(expression)).append('\n');
    if (cotangent != null) {
      String call = "forward(" + String.join(", ", inputs.keySet()) + ") * cotangent";
      text.append("  fn loss(").append(parameters).append(parameters.isEmpty() ? "" : ", ").append("cotangent: ").append(type)
          .append(") -> [] = ").append(cotangent.shape().length == 0 ? call : "sum(" + call + ")").append('\n');
    }
    return text.append("}\n\nmodel ").append(of.model()).append(" = ").append(of.model()).append("Layer()\n").toString();
  }

  private static String body(String expression) {
    int last = expression.lastIndexOf("; ");
    return last < 0 ? " = " + expression
        : " {\n    " + expression.substring(0, last).replace("; ", "\n    ") + "\n    return "
            + expression.substring(last + 2) + "\n  }";
  }

  /** {@code conv2d_layer} becomes {@code Conv2dLayer}. */
  static String upperCamel(String name) {
    return java.util.Arrays.stream(name.split("_")).map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1))
        .collect(Collectors.joining());
  }
}
