package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A number that is looked up and is not there ends the run with its place, its value and the line of the model. */
@OnEveryWidth
class LookupTest {
  private static final String TEXT = """
      package lookups
      layer Words {
        param table: [5, 70] = normal(0.0, 1.0)
        fn rows(ids: i32[N]) -> _ = take(table, ids)
        fn next(ids: i32[N]) -> _ = take(table, ids + 1)
        fn corner(ids: i32[N, 2]) -> _ = take(table, reshape(ids, [N * 2]))
        fn loss(ids: i32[N], label: i32[N]) -> [] = cross_entropy(take(table, ids), label)
        fn computed(ids: i32[N], label: i32[N]) -> [] = cross_entropy(take(table, ids), label - 1)
        fn sums(ids: i32[N], x: [N, 70]) -> _ = scatter_add(ids - 1, x, 4)
        fn parted(ids: i32[N], by: i32[N]) -> i32[N] = ids % by
        fn walked(ids: i32[N, T]) -> _ {
          last = zeros([N, 70])
          for id in ids along T { last = tanh(last) + take(table, id + 1) }
          return last
        }
      }
      model Lookups = Words()
      """;

  private static Engine generated;
  private static Engine interpreted;

  @BeforeAll
  static void compile() {
    GoldenCase bare = new GoldenCase("lookups", "lookups.dlm", "", "", TEXT, Map.of(), Map.of());
    Result result = Compiled.java(bare, List.of());
    ModelSpec spec = result.models().getFirst();
    float[] table = new float[5 * 70];
    for (int i = 0; i < table.length; i++) {
      table[i] = i;
    }
    Map<String, Tensor> numbers = Map.of("param.table", new FloatTensor(table, 5, 70));
    GoldenCase of = new GoldenCase("lookups", "lookups.dlm", "", "", TEXT, numbers, Map.of());
    generated = new GeneratedEngine(of,
        GeneratedCode.compile(result.files()).model(spec.packageName() + "." + spec.name()));
    interpreted = new InterpretedEngine(of, spec);
  }

  @Test
  void idsFromOutside() {
    refused("rows", false, Map.of("ids", ids(0, 4, 5)),
        "input `ids` of `rows`: element 2 is 5, which is outside 0 .. 4 (`take`, lookups.dlm:4)");
    refused("rows", false, Map.of("ids", ids(0, -1)), "element 1 is -1, which is outside 0 .. 4");
    refused("corner", false, Map.of("ids", new IntTensor(ElementType.I32, new int[] {0, 1, 2, 7}, 2, 2)),
        "input `ids` of `corner`: element 3 is 7, which is outside 0 .. 4 (`take`, lookups.dlm:6)");
    assertThat(call("rows", false, Map.of("ids", ids(4))).get("out")).isEqualTo(70f * 4);
  }

  @Test
  void labels() {
    refused("loss", true, Map.of("ids", ids(0, 1), "label", ids(69, 70)),
        "input `label` of `loss`: element 1 is 70, which is outside 0 .. 69 (`pick`, lookups.dlm:7)");
    refused("loss", false, Map.of("ids", ids(0, 9), "label", ids(69, 0)),
        "input `ids` of `loss`: element 1 is 9, which is outside 0 .. 4 (`take`, lookups.dlm:7)");
    assertThat(call("loss", true, Map.of("ids", ids(0, 1), "label", ids(69, 69))).get("out")).isLessThan(0.5f);
  }

  @Test
  void computedOnes() {
    refused("next", false, Map.of("ids", ids(0, 1, 2, 4)),
        "index 5 at position 3 is outside 0 .. 4 (`take`, lookups.dlm:5)");
    refused("next", false, Map.of("ids", ids(3, -2)),
        "index -1 at position 1 is outside 0 .. 4 (`take`, lookups.dlm:5)");
    refused("computed", true, Map.of("ids", ids(0, 1), "label", ids(1, 0)),
        "index -1 at position 1 is outside 0 .. 69 (`pick`, lookups.dlm:8)");
    refused("computed", false, Map.of("ids", ids(0, 1), "label", ids(1, 71)),
        "index 70 at position 1 is outside 0 .. 69 (`pick`, lookups.dlm:8)");
  }

  @Test
  void placesToAddTo() {
    Tensor x = new FloatTensor(new float[140], 2, 70);
    refused("sums", false, Map.of("ids", ids(1, 5), "x", x),
        "index 4 at position 1 is outside 0 .. 3 (`scatter_add`, lookups.dlm:9)");
  }

  /** Not a place, but the same: a number that whole numbers cannot be divided by. */
  @Test
  void remaindersByZero() {
    assertThatThrownBy(() -> call("parted", false, Map.of("ids", ids(7, 9), "by", ids(3, 0))))
        .isInstanceOf(InputProblem.class).hasMessageContaining("a whole number is divided by 0", "Parted");
  }

  /** The position is that in the element of the step. */
  @Test
  void inALoopOverTime() {
    refused("walked", false, Map.of("ids", new IntTensor(ElementType.I32, new int[] {0, 1, 2, 3, 3, 4}, 2, 3)),
        "index 5 at position 1 is outside 0 .. 4 (`take`, lookups.dlm:13)");
    assertThat(call("walked", false, Map.of("ids", new IntTensor(ElementType.I32, new int[] {0, 3}, 1, 2))).get("out"))
        .isEqualTo(70f * 4 + 1);
  }

  private static void refused(String function, boolean gradient, Map<String, Tensor> inputs, String message) {
    assertThatThrownBy(() -> call(function, gradient, inputs)).isInstanceOf(InputProblem.class)
        .hasMessageContaining(message);
    String range = message.substring(message.indexOf("is outside"));
    assertThatThrownBy(() -> interpreted.call(function, false, gradient, new LinkedHashMap<>(inputs)))
        .isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining(range);
  }

  /** The first number of each result. */
  private static Map<String, Float> call(String function, boolean gradient, Map<String, Tensor> inputs) {
    Map<String, Float> first = new LinkedHashMap<>();
    generated.call(function, false, gradient, new LinkedHashMap<>(inputs)).outputs()
        .forEach((name, tensor) -> first.put(name, ((FloatTensor) tensor).data()[0]));
    return first;
  }

  private static IntTensor ids(int... ids) {
    return IntTensor.of(ids, ids.length);
  }
}
