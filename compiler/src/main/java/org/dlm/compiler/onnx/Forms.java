package org.dlm.compiler.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Again;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.Cast;
import org.dlm.compiler.op.Concat;
import org.dlm.compiler.op.Conv;
import org.dlm.compiler.op.ConvDataGradient;
import org.dlm.compiler.op.CumSum;
import org.dlm.compiler.op.CustomGradient;
import org.dlm.compiler.op.DimSize;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.FirstAt;
import org.dlm.compiler.op.Flip;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Iota;
import org.dlm.compiler.op.JointResult;
import org.dlm.compiler.op.MaxPool;
import org.dlm.compiler.op.Pad;
import org.dlm.compiler.op.Permute;
import org.dlm.compiler.op.Pick;
import org.dlm.compiler.op.Pointwise;
import org.dlm.compiler.op.Recast;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.Reshape;
import org.dlm.compiler.op.Scan;
import org.dlm.compiler.op.ScatterAdd;
import org.dlm.compiler.op.Select;
import org.dlm.compiler.op.Slice;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.op.SumPool;
import org.dlm.compiler.op.SumUnpool;
import org.dlm.compiler.op.Take;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** What each op is in ONNX: the one table. Windows are in {@link WindowForms}, functions in {@link ScalarForms}. */
final class Forms {
  /** How a value of one op is written; returns what its result is called. */
  interface Form<O extends Op> {
    String write(ExportOnnx w, O op, Value v);
  }

  private static final Map<Class<? extends Op>, Form<?>> ALL = new HashMap<>();

  static {
    put(Pointwise.class, (w, op, v) -> ScalarForms.write(w, op.function().name(),
        IntStream.range(0, v.inputs().size()).mapToObj(i -> w.in(v, i)).toList(), v.input(0).type().element()));
    put(Einsum.class, (w, op, v) -> w.node("Einsum", List.of(w.in(v, 0), w.in(v, 1)),
        Attribute.of("equation", op.left() + "," + op.right() + "->" + op.result())));
    put(Conv.class, (w, op, v) -> WindowForms.convolution(w, op.window(), op.grouped(), v));
    put(ConvDataGradient.class, (w, op, v) -> WindowForms.transposed(w, op.window(), op.grouped(), v));
    put(MaxPool.class, (w, op, v) -> WindowForms.maximum(w, op.window(), v));
    put(SumPool.class, (w, op, v) -> WindowForms.sum(w, op.window(), v));
    put(SumUnpool.class, (w, op, v) -> WindowForms.spread(w, op.window(), v));
    put(Reduce.class, Forms::reduce);
    put(Broadcast.class, (w, op, v) -> w.node("Expand", List.of(w.in(v, 0), w.sizes(op.shape().dims()))));
    put(Reshape.class, (w, op, v) -> w.node("Reshape", List.of(w.in(v, 0), w.sizes(op.shape().dims())),
        Attribute.of("allowzero", 1)));
    put(Permute.class, (w, op, v) -> w.node("Transpose", List.of(w.in(v, 0)), Attribute.of("perm", op.order())));
    put(Concat.class, (w, op, v) -> w.node("Concat",
        IntStream.range(0, v.inputs().size()).mapToObj(i -> w.in(v, i)).toList(), Attribute.of("axis", op.axis())));
    put(Slice.class, Forms::slice);
    put(Pad.class, Forms::pad);
    put(Flip.class, Forms::flip);
    put(Select.class, (w, op, v) -> w.node("Where", List.of(w.in(v, 0), w.in(v, 1), w.in(v, 2))));
    put(Take.class, (w, op, v) -> w.node("Gather", List.of(w.in(v, 0), w.in(v, 1)), Attribute.of("axis", 0)));
    put(Pick.class, Forms::pick);
    put(ScatterAdd.class, Forms::scatter);
    put(Full.class, Forms::full);
    put(Iota.class, Forms::iota);
    put(Cast.class, (w, op, v) -> cast(w, w.in(v, 0), OnnxGraph.type(op.to())));
    put(CumSum.class, (w, op, v) -> w.node("CumSum", List.of(w.in(v, 0),
        w.graph().constant(DType.I32, op.axis(), List.of()))));
    put(FirstAt.class, (w, op, v) -> cast(w, w.node(op.smallest() ? "ArgMin" : "ArgMax", List.of(w.in(v, 0)),
        Attribute.of("axis", op.axis()), Attribute.of("keepdims", 0)), OnnxGraph.INT32));
    put(DimSize.class, (w, op, v) -> cast(w, squeezed(w, w.size(op.value()), 0), OnnxGraph.type(op.element())));
    put(Scan.class, LoopForm::write);
    put(Part.class, (w, op, v) -> w.part(v.input(0), op.index()));
    // These matter to gradients and checks only.
    put(Stop.class, (w, op, v) -> w.in(v, 0));
    put(Again.class, (w, op, v) -> w.in(v, 0));
    put(Recast.class, (w, op, v) -> w.in(v, 0));
    put(JointResult.class, (w, op, v) -> w.in(v, 0));
    put(CustomGradient.class, (w, op, v) -> w.in(v, 0));
  }

  private Forms() {}

  private static <O extends Op> void put(Class<O> op, Form<O> form) {
    ALL.put(op, form);
  }

  @SuppressWarnings("unchecked")
  static String write(ExportOnnx w, Value value) {
    Form<Op> form = (Form<Op>) ALL.get(value.op().getClass());
    if (form == null) {
      throw new NotInOnnx("`" + value.op().name() + "` has no form in ONNX", value.origin().span());
    }
    try {
      return form.write(w, value.op(), value);
    } catch (NotInOnnx problem) {
      throw problem.span() != null ? problem : new NotInOnnx(problem.getMessage(), value.origin().span());
    }
  }

  static String cast(ExportOnnx w, String value, int type) {
    return w.node("Cast", List.of(value), Attribute.of("to", type));
  }

  static String squeezed(ExportOnnx w, String value, long axis) {
    return w.node("Squeeze", List.of(value, w.graph().longs(List.of(axis))));
  }

  private static String reduce(ExportOnnx w, Reduce op, Value v) {
    if (op.axes().isEmpty()) {
      return w.in(v, 0);
    }
    DType element = v.input(0).type().element();
    // ONNX adds no truth values.
    String x = element == DType.BOOL ? cast(w, w.in(v, 0), OnnxGraph.INT32) : w.in(v, 0);
    Attribute keep = Attribute.of("keepdims", op.keep() ? 1 : 0);
    List<Long> axes = op.axes().stream().map(Integer::longValue).toList();
    String result = switch (op.combiner()) {
      case SUM -> w.node("ReduceSum", List.of(x, w.graph().longs(axes)), keep);
      case PRODUCT -> w.node("ReduceProd", List.of(x), Attribute.of("axes", axes), keep);
      case MAXIMUM -> w.node("ReduceMax", List.of(x), Attribute.of("axes", axes), keep);
      case MINIMUM -> w.node("ReduceMin", List.of(x), Attribute.of("axes", axes), keep);
    };
    return element == DType.BOOL ? cast(w, result, OnnxGraph.BOOL) : result;
  }

  private static String slice(ExportOnnx w, Slice op, Value v) {
    List<Long> axes = LongStream.range(0, op.start().size()).boxed().toList();
    return w.node("Slice", List.of(w.in(v, 0), w.sizes(op.start()), w.sizes(op.stop()), w.graph().longs(axes),
        w.graph().longs(op.step())));
  }

  private static String pad(ExportOnnx w, Pad op, Value v) {
    if (op.between().stream().anyMatch(b -> b != 0)) {
      throw new NotInOnnx("padding between neighbours has no form in ONNX", null);
    }
    List<Dim> pads = new ArrayList<>(op.low());
    pads.addAll(op.high());
    return w.node("Pad", List.of(w.in(v, 0), w.sizes(pads),
        w.graph().constant(v.type().element(), op.value(), List.of())));
  }

  private static String flip(ExportOnnx w, Flip op, Value v) {
    int count = op.axes().size();
    return w.node("Slice", List.of(w.in(v, 0), w.graph().longs(Collections.nCopies(count, -1L)),
        w.graph().longs(Collections.nCopies(count, Long.MIN_VALUE + 1)),
        w.graph().longs(op.axes().stream().map(Integer::longValue).toList()),
        w.graph().longs(Collections.nCopies(count, -1L))));
  }

  private static String pick(ExportOnnx w, Pick op, Value v) {
    long last = v.shape().rank();
    String ids = w.node("Unsqueeze", List.of(w.in(v, 1), w.graph().longs(List.of(last))));
    return squeezed(w, w.node("GatherElements", List.of(w.in(v, 0), ids), Attribute.of("axis", last)), last);
  }

  private static String scatter(ExportOnnx w, ScatterAdd op, Value v) {
    long last = v.input(0).shape().rank();
    String ids = cast(w, w.node("Unsqueeze", List.of(w.in(v, 0), w.graph().longs(List.of(last)))), OnnxGraph.INT64);
    String table = w.node("Expand", List.of(w.graph().constant(DType.F32, 0, List.of()), w.sizes(v.shape().dims())));
    return w.node("ScatterND", List.of(table, ids, w.in(v, 1)), Attribute.of("reduction", "add"));
  }

  private static String full(ExportOnnx w, Full op, Value v) {
    String one = w.graph().constant(op.element(), op.value(), List.of());
    return v.shape().rank() == 0 ? one : w.node("Expand", List.of(one, w.sizes(op.shape().dims())));
  }

  private static String iota(ExportOnnx w, Iota op, Value v) {
    String count = cast(w, squeezed(w, w.size(op.shape().dim(op.axis())), 0), OnnxGraph.INT32);
    String line = w.node("Range", List.of(w.graph().constant(DType.I32, 0, List.of()), count,
        w.graph().constant(DType.I32, 1, List.of())));
    List<Dim> along = new ArrayList<>(Collections.nCopies(op.shape().rank(), Dim.ONE));
    along.set(op.axis(), op.shape().dim(op.axis()));
    return w.node("Expand", List.of(w.node("Reshape", List.of(line, w.sizes(along))), w.sizes(op.shape().dims())));
  }
}
