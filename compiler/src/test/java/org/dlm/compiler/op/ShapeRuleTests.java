package org.dlm.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;
import org.junit.jupiter.api.Test;

/** What shape rules give, and what they say where the inputs do not fit. */
class ShapeRuleTests {
  private static TensorType f32(Object... dims) {
    return new TensorType(DType.F32, Sample.shape(dims));
  }

  private static TensorType i32(Object... dims) {
    return new TensorType(DType.I32, Sample.shape(dims));
  }

  private static Value call(String primitive, Map<String, Object> attributes, TensorType... types) {
    GraphBuilder g = new GraphBuilder();
    List<Value> tensors = new ArrayList<>();
    for (TensorType type : types) {
      tensors.add(g.add(new Given(Given.Kind.INPUT, "x" + tensors.size(), type)));
    }
    return Primitives.ALL.get(primitive).apply(g, tensors, new Attributes(new HashMap<>(attributes)));
  }

  private static Shape shape(String primitive, Map<String, Object> attributes, TensorType... types) {
    return call(primitive, attributes, types).shape();
  }

  private static ShapeProblem problem(String primitive, Map<String, Object> attributes, TensorType... types) {
    ShapeProblem problem = catchThrowableOfType(ShapeProblem.class, () -> call(primitive, attributes, types));
    assertThat(problem).as("`%s` should refuse", primitive).isNotNull();
    return problem;
  }

  private static void refuses(Code code, int input, String words, ShapeProblem problem) {
    assertThat(problem.code()).as(problem.getMessage()).isEqualTo(code);
    assertThat(problem.input()).as(problem.getMessage()).isEqualTo(input);
    assertThat(problem.getMessage()).contains(words);
  }

  @Test
  void broadcastingIsOneSided() {
    assertThat(shape("add", Map.of(), f32("N", 4), f32(4))).isEqualTo(Sample.shape("N", 4));
    assertThat(shape("add", Map.of(), f32(1, 4), f32("N", 4))).isEqualTo(Sample.shape("N", 4));
    assertThat(shape("mul", Map.of(), f32(), f32("N", 4))).isEqualTo(Sample.shape("N", 4));
    refuses(Code.E0304, -1, "[N] and [N, 1]", problem("add", Map.of(), f32("N"), f32("N", 1)));
    refuses(Code.E0304, -1, "[3, 1] and [1, 4]", problem("add", Map.of(), f32(3, 1), f32(1, 4)));
    refuses(Code.E0304, -1, "[N, 3] and [N, 4]", problem("add", Map.of(), f32("N", 3), f32("N", 4)));
    refuses(Code.E0303, 0, "cannot prove", problem("add", Map.of(), f32("T", 4), f32("S", 4)));
  }

  @Test
  void elementTypes() {
    refuses(Code.E0307, 0, "`exp` needs f32, not i32", problem("exp", Map.of(), i32(3)));
    refuses(Code.E0307, 1, "two of one element type, not f32 and i32", problem("add", Map.of(), f32(3), i32(3)));
    refuses(Code.E0307, 0, "bool", problem("select", Map.of(), f32(3), f32(3), f32(3)));
    refuses(Code.E0307, 1, "i32", problem("take", Map.of(), f32(3, 2), f32(4)));
  }

  @Test
  void reshapeComparesProducts() {
    assertThat(shape("reshape", Map.of("shape", List.of(Dim.symbol("N"), Attributes.INFERRED)), f32("N", 6, "T")))
        .isEqualTo(new Shape(List.of(Dim.symbol("N"), Dim.symbol("T").times(6))));
    refuses(Code.E0301, 0, "12 elements are not 10", problem("reshape", Map.of("shape", List.of(5L, 2L)), f32(3, 4)));
    refuses(Code.E0310, 0, "12 / 5", problem("reshape", Map.of("shape", List.of(5L, Attributes.INFERRED)), f32(3, 4)));
    refuses(Code.E0301, -1, "only one", problem("reshape",
        Map.of("shape", List.of(Attributes.INFERRED, Attributes.INFERRED)), f32(3, 4)));
    refuses(Code.E0303, 0, "4*N == 8", problem("reshape", Map.of("shape", List.of(4L, 2L)), f32("N", 4)));
  }

  @Test
  void windows() {
    Map<String, Object> two = Map.of("stride", 2L, "padding", 1L);
    assertThat(shape("conv2d", two, f32("N", 3, "H", 9), f32(8, 3, 3, 3)).toString())
        .isEqualTo("[N, 8, floor((H + 1) / 2), 5]".replace("floor((H + 1) / 2)",
            Dim.symbol("H").minus(1).floorDividedBy(Dim.of(2)).plus(1).toString()));
    assertThat(shape("conv_transpose2d", Map.of("stride", 2L), f32("N", 3, 4, 4), f32(3, 8, 2, 2)))
        .isEqualTo(Sample.shape("N", 8, 8, 8));
    refuses(Code.E0311, 0, "reaches over 5 elements does not fit into 4",
        problem("conv2d", Map.of(), f32("N", 3, 4, 4), f32(8, 3, 5, 5)));
    refuses(Code.E0301, 0, "input channels", problem("conv2d", Map.of(), f32("N", 3, 4, 4), f32(8, 4, 3, 3)));
    refuses(Code.E0302, 0, "4 axes", problem("conv2d", Map.of(), f32("N", 3, 4), f32(8, 3, 3, 3)));
    refuses(Code.E0310, 0, "3 input channels do not divide into 2 groups",
        problem("conv2d", Map.of("groups", 2L), f32("N", 3, 4, 4), f32(8, 3, 3, 3)));
    refuses(Code.E0311, -1, "at least 1", problem("max_pool2d", Map.of("kernel", 0L), f32(1, 4, 4)));
    refuses(Code.E0311, 0, "padding alone", problem("max_pool2d", Map.of("kernel", 2L, "padding", 2L), f32(1, 4, 4)));
    refuses(Code.E0311, -1, "one for each axis (2)", problem("max_pool2d", Map.of("kernel", List.of(1L, 2L, 3L)),
        f32(1, 4, 4)));
    refuses(Code.E0306, 1, "must be a number, not K", problem("conv1d", Map.of(), f32("N", 3, 4), f32(8, 3, "K")));
  }

  @Test
  void whetherAWindowFitsAnOpenDimIsAskedOnEntry() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.add(new Given(Given.Kind.INPUT, "x", f32("N", "H", "W")));
    Value y = Primitives.ALL.get("max_pool2d").apply(g, List.of(x),
        new Attributes(Map.of("kernel", List.of(4L, 3L), "padding",
        List.of(1L, 1L), "dilation", List.of(2L, 1L))));
    Graph graph = g.build("f", List.of(x), List.of(new Graph.Result("out", y)), List.of(), List.of());
    assertThat(graph.requirements()).hasSize(1);
    Graph.Requirement requirement = graph.requirements().getFirst();
    assertThat(requirement.relation()).isEqualTo(Graph.Relation.AT_MOST);
    assertThat(requirement.left()).isEqualTo(Dim.of(5));
    assertThat(requirement.right()).isEqualTo(Dim.symbol("H"));
  }

  @Test
  void axes() {
    assertThat(shape("sum", Map.of("axes", -1L), f32("N", 3))).isEqualTo(Sample.shape("N"));
    assertThat(shape("sum", Map.of(), f32("N", 3))).isEqualTo(Shape.SCALAR);
    refuses(Code.E0308, 0, "axis 2 of a tensor with 2 axes", problem("sum", Map.of("axes", List.of(2L)), f32("N", 3)));
    refuses(Code.E0308, 0, "named twice", problem("sum", Map.of("axes", List.of(1L, -1L)), f32("N", 3)));
    refuses(Code.E0308, 0, "each of its axes once", problem("permute", Map.of("axes", List.of(0L, 0L)), f32("N", 3)));
    refuses(Code.E0308, 0, "ends after", problem("slice", Map.of("start", List.of(0L, 1L), "stop", List.of(2L, 5L)),
        f32(3, 4)));
    refuses(Code.E0301, 1, "axis 0 differs", problem("concat", Map.of("axis", 1L), f32(3, 4), f32(2, 4)));
  }

  @Test
  void aSliceOfAWholeAxisNeedsNoProof() {
    Dim involved = Dim.symbol("N").minus(3).remainderBy(Dim.of(2)).plus(Dim.symbol("N").floorDividedBy(Dim.of(2))).minus(1);
    GraphBuilder g = new GraphBuilder();
    Value x = g.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, new Shape(List.of(involved, Dim.of(4))))));
    Value half = g.add(new Slice(List.of(Dim.ZERO, Dim.ZERO), List.of(involved, Dim.of(2)), List.of(1L, 1L)), x);
    assertThat(half.shape()).isEqualTo(new Shape(List.of(involved, Dim.of(2))));
  }

  @Test
  void einsumPatternsPointIntoTheText() {
    refusesText("n i, o i", 0, 8, problem("einsum", Map.of("pattern", "n i, o i"), f32(2, 3), f32(4, 3)));
    refusesText("n i, o i -> n x", 14, 15, problem("einsum", Map.of("pattern", "n i, o i -> n x"), f32(2, 3),
        f32(4, 3)));
    refusesText("ni, oi -> no", 0, 2, problem("einsum", Map.of("pattern", "ni, oi -> no"), f32(2, 3), f32(4, 3)));
    refusesText("n i, i i -> n", 7, 8, problem("einsum", Map.of("pattern", "n i, i i -> n"), f32(2, 3), f32(3, 3)));
    refusesText("n ?, o i -> n", 2, 3, problem("einsum", Map.of("pattern", "n ?, o i -> n"), f32(2, 3), f32(3, 3)));
    refuses(Code.E0301, 1, "must be 3 long", problem("einsum", Map.of("pattern", "n i, o i -> n o"), f32(2, 3),
        f32(4, 5)));
    refuses(Code.E0301, 1, "3 columns", problem("matmul", Map.of(), f32(2, 3), f32(4, 5)));
    refuses(Code.E0303, 1, "cannot prove", problem("matmul", Map.of(), f32(2, "T"), f32("S", 5)));
  }

  @Test
  void rearrangePatterns() {
    assertThat(shape("rearrange", Map.of("pattern", "n t (h c) -> n h t c", "h", 4L), f32("N", "T", 12)))
        .isEqualTo(Sample.shape("N", 4, "T", 3));
    assertThat(shape("rearrange", Map.of("pattern", "n c ... -> n (... c)".replace("(... c)", "... c")),
        f32("N", 2, 3, 4)))
        .isEqualTo(Sample.shape("N", 3, 4, 2));
    refuses(Code.E0310, 0, "does not split",
        problem("rearrange", Map.of("pattern", "n (h c) -> n h c", "h", 5L), f32("N", 12)));
    refusesText("n (h c) -> n h c", 2, 7, problem("rearrange", Map.of("pattern", "n (h c) -> n h c"), f32("N", 12)));
    refusesText("n c -> n", 2, 3, problem("rearrange", Map.of("pattern", "n c -> n"), f32("N", 12)));
    refusesText("n c -> n c c", 11, 12, problem("rearrange", Map.of("pattern", "n c -> n c c"), f32("N", 12)));
    refusesText("n (c -> n c", 2, 3, problem("rearrange", Map.of("pattern", "n (c -> n c"), f32("N", 12)));
  }

  private static void refusesText(String pattern, int from, int to, ShapeProblem problem) {
    assertThat(problem.code()).as(problem.getMessage()).isEqualTo(Code.E0309);
    assertThat(problem.attribute()).isEqualTo("pattern");
    assertThat(pattern.substring(problem.from(),
        problem.to())).as(problem.getMessage()).isEqualTo(pattern.substring(from, to));
  }
}
