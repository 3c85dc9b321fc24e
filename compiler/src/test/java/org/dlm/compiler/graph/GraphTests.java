package org.dlm.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.op.Conv;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.op.Window;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;

/** Graphs as text, and what the verifier and the interpreter refuse. */
class GraphTests {
  private final GraphBuilder g = new GraphBuilder();
  private final Operators o = new Operators(g);

  private Value input(String name, Dim... dims) {
    return g.add(new Given(Given.Kind.INPUT, name, new TensorType(DType.F32, Shape.of(dims))));
  }

  @Test
  void text() {
    Value x = input("x", Dim.symbol("N"), Dim.ONE, Dim.of(6), Dim.of(5));
    Value w = g.add(new Given(Given.Kind.PARAMETER, "net.0.weight", new TensorType(DType.F32, Shape.of(4, 1, 3, 2))));
    Window window = new Window(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 0L), List.of(1L, 1L), List.of(1L, 1L));
    Value y = o.add(g.add(new Conv(window, false), x, w), 0.5);
    Value mean = o.div(o.sum(y, List.of(0, 2), true), o.size(Dim.symbol("N").times(3)));
    Graph graph = g.build("f", List.of(x), List.of(new Graph.Result("out", mean)),
        List.of(new Graph.Update("net.1.running_mean", mean)),
        List.of(new Graph.Requirement(Graph.Relation.AT_MOST, Dim.symbol("N"), Dim.of(64), "too many", Origin.NONE)));
    assertThat(Print.graph(graph)).isEqualTo("""
        graph f(%0)
          require N <= 64  "too many"  @ -
          %0 = input[x]                                                        : [N, 1, 6, 5]  @ -
          %1 = parameter[net.0.weight]                                         : [4, 1, 3, 2]  @ -
          %2 = conv[window=3x2 stride 2x1 padding 1x0:1, grouped=false] %0, %1 : [N, 4, 3, 5]  @ -
          %3 = full[0.5]                                                       : []  @ -
          %4 = full[0.5]                                                       : [N, 4, 3, 5]  @ -
          %5 = add %2, %4                                                      : [N, 4, 3, 5]  @ -
          %6 = sum[axes=[0, 2], keep] %5                                       : [1, 4, 1, 5]  @ -
          %7 = size[element=F32, value=3*N]                                    : []  @ -
          %8 = broadcast %7                                                    : [1, 4, 1, 5]  @ -
          %9 = div %6, %8                                                      : [1, 4, 1, 5]  @ -
          update net.1.running_mean = %9
          result out = %9
        """);
  }

  /** An op whose meaning can be wrong in any way a test needs. */
  private record Wrong(TensorType type, Lowering meaning) implements Op {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public TensorType infer(List<Value> inputs) {
      return type;
    }

    @Override
    public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
      return List.of();
    }

    @Override
    public Lowering lower(Value self) {
      return meaning;
    }
  }

  private Graph wrong(Dim length, Lowering meaning) {
    GraphBuilder own = new GraphBuilder();
    Value x = own.add(new Given(Given.Kind.INPUT, "x", new TensorType(DType.F32, Shape.of(4))));
    Value y = own.add(new Wrong(new TensorType(DType.F32, Shape.of(length)), meaning), x);
    return own.build("f", List.of(x), List.of(new Graph.Result("out", y)), List.of(), List.of());
  }

  private static Expr element(int operand, boolean guarded, Index... at) {
    return new Expr.Element(operand, DType.F32, List.of(at), guarded);
  }

  @Test
  void theVerifierSeesWhatDoesNotFit() {
    Axis i = new Axis("i", Dim.of(4));
    Index exact = Index.of(i).exactlyDividedBy(Dim.of(2));
    refuses("loops over [4]", wrong(Dim.of(5), new Lowering.Map(List.of(i), element(0, false, Index.of(i)))));
    refuses("reads operand 1", wrong(Dim.of(4), new Lowering.Map(List.of(i), element(1, false, Index.of(i)))));
    refuses("at 2 indices", wrong(Dim.of(4), new Lowering.Map(List.of(i), element(0, false, Index.of(i), Index.of(i)))));
    refuses("exact quotient", wrong(Dim.of(4), new Lowering.Map(List.of(i), element(0, false, exact))));
    refuses("not the same memory", wrong(Dim.of(5), new Lowering.SameMemory()));
    refuses("is given, but has inputs", wrong(Dim.of(4), new Lowering.Given()));
    assertThat(Verify.problems(wrong(Dim.of(4), new Lowering.Map(List.of(i), element(0, true, exact))))).isEmpty();
  }

  @Test
  void theVerifierSeesWhatIsMissing() {
    Value x = input("x", Dim.of(4));
    Value y = g.add(new Stop(), x);
    Graph graph = new Graph("f", List.of(y), List.of(), List.of(new Graph.Result("out", y)), List.of(), List.of());
    refuses("before it is made", graph);
    Graph lost = new Graph("f", List.of(x), List.of(x), List.of(new Graph.Result("out", y)), List.of(), List.of());
    refuses("is a result, but not among the values", lost);
  }

  private static void refuses(String words, Graph graph) {
    assertThat(Verify.problems(graph)).anySatisfy(problem -> assertThat(problem).contains(words));
    assertThatThrownBy(() -> Verify.check(graph)).hasMessageContaining(words);
  }

  @Test
  void theInterpreterRefusesToReadOutside() {
    Axis i = new Axis("i", Dim.of(4));
    Graph graph = wrong(Dim.of(4), new Lowering.Map(List.of(i), element(0, false, Index.of(i).plus(1))));
    assertThatThrownBy(() -> Interpret.run(graph, Interpret.Environment.of(Map.of(), v -> new double[4])))
        .isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("reads 4 of axis 0");
    assertThatThrownBy(() -> Interpret.run(graph, Interpret.Environment.of(Map.of(), v -> new double[3])))
        .hasMessageContaining("needs 4 numbers, not 3");
  }

  @Test
  void randomNumbersAreThoseOfTheirDistribution() {
    Interpret.RandomNumbers random = MixedRandomNumbers.of(7);
    double sum = 0;
    double squares = 0;
    double uniform = 0;
    int count = 20000;
    for (int i = 0; i < count; i++) {
      double x = random.next(Expr.Distribution.NORMAL, 3, i);
      sum += x;
      squares += x * x;
      uniform += random.next(Expr.Distribution.UNIFORM, 3, i);
    }
    assertThat(sum / count).isBetween(-0.03, 0.03);
    assertThat(squares / count).isBetween(0.97, 1.03);
    assertThat(uniform / count).isBetween(0.49, 0.51);
  }
}
