package org.dlm.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pointwise function at its sample points, kinks included. */
class ScalarFnTests {
  static List<ScalarFn> functions() {
    return ScalarFn.ALL;
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAgreeWithCentralDifferences(ScalarFn function) {
    assertThat(function.samples()).isNotEmpty();
    boolean logic = function.typing() == ScalarFn.Typing.LOGIC;
    for (double[] point : function.samples()) {
      assertThat(point).hasSize(function.arity());
      List<Sample.Input> inputs = new ArrayList<>();
      for (double x : point) {
        inputs.add(new Sample.Input(new TensorType(logic ? DType.BOOL : DType.F32, Shape.SCALAR), new double[] {x}));
      }
      Sample sample = new Sample(function.name(), Map.of(), inputs, (g, x) -> g.add(new Pointwise(function), x));
      Graph forward = sample.graph();
      assertThat(sample.evaluate(forward, Map.of()).get("value")[0]).isEqualTo(function.apply(point));
      if (logic || function.typing() == ScalarFn.Typing.COMPARISON) {
        continue;
      }
      Map<String, double[]> results = sample.evaluate(Backward.of(forward, 0, List.of(), true), Map.of());
      for (int i = 0; i < point.length; i++) {
        OpSamplesTests.assertClose(results.get("grad.x" + i), OpSamplesTests.centralDifferences(sample, forward, i),
            function + " at " + java.util.Arrays.toString(point));
      }
    }
  }

  /** Values of the error function to 15 digits (Abramowitz and Stegun, table 7.1, and beyond). */
  @Test
  void errorFunction() {
    assertThat(ErrorFunction.erf(0.5)).isCloseTo(0.520499877813047, org.assertj.core.data.Offset.offset(1e-14));
    assertThat(ErrorFunction.erf(-1)).isCloseTo(-0.842700792949715, org.assertj.core.data.Offset.offset(1e-14));
    assertThat(ErrorFunction.erf(2.5)).isCloseTo(0.999593047982555, org.assertj.core.data.Offset.offset(1e-14));
    assertThat(ErrorFunction.erf(4)).isCloseTo(0.999999984582742, org.assertj.core.data.Offset.offset(1e-14));
    assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
  }
}
