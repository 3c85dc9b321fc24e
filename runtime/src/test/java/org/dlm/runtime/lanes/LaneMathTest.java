package org.dlm.runtime.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own exp, tanh and so on: near the true value, right at the edges, and the same bits in lanes and alone. */
@Tag("lanes")
class LaneMathTest {
  /** A function on single floats. */
  interface OnFloat {
    float apply(float x);
  }

  record Case(String name, OnFloat scalar, UnaryOperator<FloatVector> lanes, DoubleUnaryOperator exact, double units) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("exp", ScalarMath::exp, LaneMath::exp, Math::exp, 1.5),
        new Case("expm1", ScalarMath::expm1, LaneMath::expm1, Math::expm1, 3),
        new Case("log", ScalarMath::log, LaneMath::log, Math::log, 1.5),
        new Case("log1p", ScalarMath::log1p, LaneMath::log1p, Math::log1p, 4),
        new Case("tanh", ScalarMath::tanh, LaneMath::tanh, Math::tanh, 3),
        new Case("sigmoid", ScalarMath::sigmoid, LaneMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), 3),
        new Case("erf", ScalarMath::erf, LaneMath::erf, LaneMathTest::erf, 2));
  }

  private static final List<Float> EDGES = List.of(0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL,
      1e-8f, -1e-8f, 88.7f, 88.73f, 89f, 100f, -87f, -88f, -90f, -100f, -103.9f, -104f, -110f, 1e30f, -1e30f, Float.MAX_VALUE,
      -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);

  @ParameterizedTest
  @MethodSource("cases")
  void isNearTheTrueValue(Case c) {
    double worst = 0;
    float worstAt = 0;
    for (float x : points()) {
      float exact = (float) c.exact().applyAsDouble(x);
      float found = c.scalar().apply(x);
      if (Float.isNaN(exact) || Float.isInfinite(exact)) {
        assertThat((Float) found).as("%s(%s)", c, x).isEqualTo((Float) exact);
      } else {
        double unit = Math.max(Math.ulp(exact), Float.MIN_NORMAL * 1e-6);
        double error = Math.abs(found - c.exact().applyAsDouble(x)) / unit;
        if (!(error <= worst)) {
          worst = error;
          worstAt = x;
        }
      }
    }
    assertThat(worst).as("%s at %s", c, worstAt).isLessThanOrEqualTo(c.units());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lanesGiveTheBitsOfOneAlone(Case c) {
    float[] points = points();
    int width = Lanes.width();
    for (int i = 0; i + width <= points.length; i += width) {
      float[] found = c.lanes().apply(FloatVector.fromArray(Lanes.FLOATS, points, i)).toArray();
      for (int k = 0; k < width; k++) {
        float alone = c.scalar().apply(points[i + k]);
        assertThat(Float.floatToIntBits(found[k])).as("%s(%s): %s, %s alone", c, points[i + k], found[k], alone)
            .isEqualTo(Float.floatToIntBits(alone));
      }
    }
  }

  /** In double precision: the series near 0, a continued fraction of what is left to 1 elsewhere. */
  private static double erf(double x) {
    double z = Math.abs(x);
    if (Double.isNaN(x) || z > 7) {
      return Math.signum(x);
    }
    if (z < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 60; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
    double rest = z;
    for (int n = 60; n > 0; n--) {
      rest = z + n / 2.0 / rest;
    }
    return Math.copySign(1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / rest, x);
  }

  @org.junit.jupiter.api.Test
  void erfIsNeverMoreThanOne() {
    for (float x = 3; x < 4.5f; x += 1e-5f) {
      assertThat(ScalarMath.erf(x)).isLessThanOrEqualTo(1f).isGreaterThan(0.99997f);
      assertThat(ScalarMath.erf(-x)).isEqualTo(-ScalarMath.erf(x));
    }
    assertThat(ScalarMath.erf(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Float.floatToIntBits(ScalarMath.erf(-0f))).isEqualTo(Float.floatToIntBits(-0f));
  }

  static float[] points() {
    int random = 20_000;
    float[] points = new float[EDGES.size() + random + 16];
    for (int i = 0; i < EDGES.size(); i++) {
      points[i] = EDGES.get(i);
    }
    java.util.Random numbers = new java.util.Random(5);
    for (int i = EDGES.size(); i < points.length; i++) {
      float scale = (float) Math.pow(10, numbers.nextInt(7) - 4);
      points[i] = numbers.nextFloat(-1, 1) * scale;
    }
    return points;
  }
}
