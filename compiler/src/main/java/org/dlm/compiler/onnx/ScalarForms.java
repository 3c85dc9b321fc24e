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
      case "expm1" -> w.node("Sub", List.of(w.node("Exp", x), number(w, 1)));
      case "log1p" -> w.node("Log", List.of(w.node("Add", List.of(x.getFirst(), number(w, 1)))));
      case "rsqrt" -> w.node("Reciprocal", List.of(w.node("Sqrt", x)));
      case "rem" -> element == DType.I32 ? w.node("Mod", x) : remainder(w, x.get(0), x.get(1));
      default -> throw new NotInOnnx("`" + function + "` has no form in ONNX", null);
    };
  }

  private static String number(ExportOnnx w, double value) {
    return w.graph().constant(DType.F32, value, List.of());
  }

  /** With the sign of {@code b}, which ONNX has for whole numbers only. */
  private static String remainder(ExportOnnx w, String a, String b) {
    String whole = w.node("Mul", List.of(b, w.node("Floor", List.of(w.node("Div", List.of(a, b))))));
    return w.node("Sub", List.of(a, whole));
  }
}
