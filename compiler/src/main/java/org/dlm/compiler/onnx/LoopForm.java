package org.dlm.compiler.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Scan;
import org.dlm.compiler.shape.DType;

/** A loop over time as the Scan of ONNX: what it carries, then what it walks, whose last one is the step's number. */
final class LoopForm {
  private LoopForm() {}

  static String write(ExportOnnx w, Scan scan, Value v) {
    Graph body = scan.body();
    OnnxGraph inner = new OnnxGraph(w.graph());
    List<String> given = new ArrayList<>(Collections.nCopies(body.inputs().size(), null));
    List<String> from = new ArrayList<>();
    for (int i = scan.walked(); i < scan.walked() + scan.carries(); i++) {
      from.add(input(w, inner, body, v, i, given));
    }
    for (int i = 0; i < scan.walked(); i++) {
      from.add(input(w, inner, body, v, i, given));
    }
    for (int i = scan.walked() + scan.carries(); i < given.size(); i++) {
      given.set(i, w.in(v, i));
    }
    from.add(numbers(w, scan));
    String number = inner.fresh();
    inner.counter(number);
    String counter = inner.node("Unsqueeze", List.of(number, inner.longs(List.of(0L))));
    w.body(inner, body, given, scan.counter(), counter);
    int walked = scan.walked() + 1;
    int stacked = body.results().size() - scan.carries();
    long direction = scan.backwards() ? 1 : 0;
    return w.several(v, w.graph().nodes("Scan", from, body.results().size(),
        Attribute.graph("body", inner.message(body.name().isEmpty() ? "step" : body.name())),
        Attribute.of("num_scan_inputs", walked),
        Attribute.of("scan_input_directions", Collections.nCopies(walked, direction)),
        Attribute.of("scan_output_directions", Collections.nCopies(stacked, direction))));
  }

  private static String input(ExportOnnx w, OnnxGraph inner, Graph body, Value v, int i, List<String> given) {
    String name = inner.fresh();
    inner.input(name, body.inputs().get(i).type());
    given.set(i, name);
    return w.in(v, i);
  }

  /** 0, 1, 2 and so on. */
  private static String numbers(ExportOnnx w, Scan scan) {
    String extent = Forms.squeezed(w, w.size(scan.extent()), 0);
    String none = Forms.cast(w, w.graph().constant(DType.I32, 0, List.of()), OnnxGraph.INT64);
    String one = Forms.cast(w, w.graph().constant(DType.I32, 1, List.of()), OnnxGraph.INT64);
    return w.node("Range", List.of(none, extent, one));
  }
}
