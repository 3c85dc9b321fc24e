package org.dlm.compiler.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Print;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;

/** A model as understood: its instances, parameters and functions with their types, one a line. */
final class PrintTyped {
  private PrintTyped() {}

  static String model(ModelSpec model) {
    StringBuilder text = new StringBuilder("model " + (model.packageName().isEmpty() ? "" : model.packageName() + ".")
        + model.name() + "\n");
    for (ModelSpec.Instance i : model.instances()) {
      text.append("  instance ").append(i.path()).append(": ").append(i.layer()).append("  ").append(i.input())
          .append(" -> ")
          .append(i.output()).append("  ").append(i.parameters()).append(" parameters  @ ")
          .append(i.span().fileAndLine()).append('\n');
    }
    model.parameters().forEach(v -> text.append(variable("param ", v)));
    model.buffers().forEach(v -> text.append(variable("buffer", v)));
    for (ModelSpec.Function f : model.functions()) {
      text.append("  fn ").append(signature(f)).append("  @ ").append(f.span().fileAndLine()).append('\n');
      f.inference().requirements().forEach(r -> text.append("    require ").append(r.message()).append('\n'));
      f.training().updates().forEach(u -> text.append("    updates ").append(u.path()).append(" when training\n"));
    }
    return text.toString();
  }

  private static String variable(String kind, ModelSpec.Variable v) {
    String args = v.initial().args().isEmpty() ? ""
        : v.initial().args().stream().map(a -> String.format(java.util.Locale.ROOT, "%.6g", a))
        .collect(Collectors.joining(", ", "(", ")"));
    return "  " + kind + " " + v.path() + ": " + v.shape() + " = " + v.initial().kind() + args
        + (v.frozen() ? "  frozen" : "") + "\n";
  }

  static String signature(ModelSpec.Function f) {
    String inputs = f.inference().inputs().stream().map(v -> ((Given) v.op()).path() + ": " + v.type())
        .collect(Collectors.joining(", "));
    List<Graph.Result> results = f.inference().results();
    String outputs = results.size() == 1 ? results.getFirst().value().type().toString()
        : results.stream().map(r -> r.name() + ": " + r.value().type()).collect(Collectors.joining(", ", "(", ")"));
    return f.name() + "(" + inputs + ") -> " + outputs;
  }

  /** One f32 scalar as result. */
  static boolean isDifferentiable(Graph graph) {
    return !graph.results().isEmpty() && graph.results().getFirst().value().shape().rank() == 0
        && graph.results().getFirst().value().type().element() == DType.F32;
  }

  static String gradient(ModelSpec.Function function) {
    return Print.graph(Backward.of(function.training(), 0, function.trainable(), false));
  }
}
