package org.dlm.runtime.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions on stretches of memory give the bits of the scalar ones, at any place and of any length, and leave alone
 * what lies behind their last vector.
 */
@Tag("lanes")
class LineMathTest {
  /** A function on a stretch. */
  interface OnLine {
    void apply(float[] line, int at, int count);
  }

  record Case(String name, LaneMathTest.OnFloat scalar, OnLine line) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("exp", ScalarMath::exp, LineMath::exp),
        new Case("expm1", ScalarMath::expm1, LineMath::expm1),
        new Case("log", ScalarMath::log, LineMath::log),
        new Case("log1p", ScalarMath::log1p, LineMath::log1p),
        new Case("tanh", ScalarMath::tanh, LineMath::tanh),
        new Case("sigmoid", ScalarMath::sigmoid, LineMath::sigmoid),
        new Case("erf", ScalarMath::erf, LineMath::erf));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheBitsOfTheScalarFunction(Case c) {
    float[] points = LaneMathTest.points();
    for (int[] stretch : new int[][] {{0, points.length}, {3, 1}, {7, 40}, {5, Lines.LENGTH + 21}}) {
      float[] found = Arrays.copyOf(points, points.length + Lanes.width());
      c.line().apply(found, stretch[0], stretch[1]);
      int end = stretch[0] + stretch[1];
      for (int i = 0; i < points.length; i++) {
        boolean inside = i >= stretch[0] && i < end;
        boolean anything = i >= end && i < end + Lanes.width() - 1;
        float expected = inside ? c.scalar().apply(points[i]) : anything ? found[i] : points[i];
        assertThat(Float.floatToIntBits(found[i])).as("%s(%s)", c, points[i]).isEqualTo(Float.floatToIntBits(expected));
      }
    }
  }

  /** HotSpot's FreqInlineSize: longer methods stay calls, however often they run. */
  @Test
  void loopsAreTooLongToBeTakenIntoKernels() throws IOException {
    List<String> loops = List.of("exp", "sigmoid", "tanh", "expm1", "log", "erf");
    try (InputStream file = LineMath.class.getResourceAsStream("LineMath.class")) {
      ClassModel model = ClassFile.of().parse(file.readAllBytes());
      assertThat(model.methods().stream().filter(m -> loops.contains(m.methodName().stringValue())))
          .hasSize(loops.size())
          .allMatch(m -> ((CodeAttribute) m.code().orElseThrow()).codeLength() > 325);
    }
  }
}
