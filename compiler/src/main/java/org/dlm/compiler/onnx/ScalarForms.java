package org.dlm.compiler.onnx;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.shape.DType;

/** What each pointwise function is in ONNX. */
final class ScalarForms {
  /** Those that are one node. */
  private static final Map<String, String> SAME = Map.ofEntries(Map.entry("neg", "Neg"), Map.entry("abs", "Abs"),
      Map.entry("sign", "Sign"), Map.entry("floor", "Floor"), Map.entry("round", "Round"), Map.entry("exp", "Exp"),
      Map.entry("log", "Log"), Map.entry("sqrt", "Sqrt"), Map.entry("sin", "Sin"), Map.entry("cos", "Cos"),
      Map.entry("tanh", "Tanh"), Map.entry("sigmoid", "Sigmoid"), Map.entry("erf", "Erf"), Map.entry("add", "Add"),
      Map.entry("sub", "Sub"), Map.entry("mul", "Mul"), Map.entry("div", "Div"), Map.entry("pow", "Pow"),
      Map.entry("max", "Max"), Map.entry("min", "Min"), Map.entry("lt", "Less"), Map.entry("le", "LessOrEqual"),
      Map.entry("eq", "Equal"), Map.entry("not", "Not"), Map.entry("and", "And"), Map.entry("or", "Or"));

  private ScalarForms() {}

  static String write(ExportOnnx w, String function, List<String> x, DType element) {
    if (SAME.containsKey(function)) {
      return w.node(SAME.get(function), x);
    }
    return switch (function) {
      case "expm1" -> expm1(w, x.getFirst());
      case "log1p" -> log1p(w, x.getFirst());
      case "rsqrt" -> w.node("Reciprocal", List.of(w.node("Sqrt", x)));
      case "rem" -> element == DType.I32 ? w.node("Mod", x) : remainder(w, x.get(0), x.get(1));
      default -> throw new NotInOnnx("`" + function + "` has no form in ONNX", null);
    };
  }

  private static String number(ExportOnnx w, double value) {
    return w.graph().constant(DType.F32, value, List.of());
  }

  /** {@code tanh(x / 2) * (exp(x) + 1)}, which is exact near 0. */
  private static String expm1(ExportOnnx w, String x) {
    String half = w.node("Tanh", List.of(w.node("Mul", List.of(x, number(w, 0.5)))));
    return w.node("Mul", List.of(half, w.node("Add", List.of(w.node("Exp", List.of(x)), number(w, 1)))));
  }

  /** {@code 2 * atanh(x / (x + 2))} near 0, where {@code log(1 + x)} would lose what x adds. */
  private static String log1p(ExportOnnx w, String x) {
    String ratio = w.node("Div", List.of(x, w.node("Add", List.of(x, number(w, 2)))));
    String near = w.node("Mul", List.of(w.node("Atanh", List.of(ratio)), number(w, 2)));
    String far = w.node("Log", List.of(w.node("Add", List.of(x, number(w, 1)))));
    return w.node("Where", List.of(w.node("Less", List.of(w.node("Abs", List.of(x)), number(w, 0.5))), near, far));
  }

  /** With the sign of {@code b}; for real numbers ONNX has it with the sign of {@code a} only. */
  private static String remainder(ExportOnnx w, String a, String b) {
    String rest = w.node("Mod", List.of(a, b), Attribute.of("fmod", 1));
    String otherSign = w.node("Xor", List.of(w.node("Less", List.of(rest, number(w, 0))),
        w.node("Less", List.of(b, number(w, 0)))));
    String none = w.node("Equal", List.of(rest, number(w, 0)));
    String wrong = w.node("And", List.of(otherSign, w.node("Not", List.of(none))));
    return w.node("Where", List.of(wrong, w.node("Add", List.of(rest, b)), rest));
  }
}
