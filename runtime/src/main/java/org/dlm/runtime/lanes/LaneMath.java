package org.dlm.runtime.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The transcendental functions of generated code, a vector at a time. */
public final class LaneMath {
  private LaneMath() {}

  public static FloatVector exp(FloatVector x) {
    return x.lanewise(VectorOperators.EXP);
  }

  public static FloatVector log(FloatVector x) {
    return x.lanewise(VectorOperators.LOG);
  }

  public static FloatVector sin(FloatVector x) {
    return x.lanewise(VectorOperators.SIN);
  }

  public static FloatVector cos(FloatVector x) {
    return x.lanewise(VectorOperators.COS);
  }

  public static FloatVector tanh(FloatVector x) {
    return x.lanewise(VectorOperators.TANH);
  }

  public static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(Lanes.FLOATS, 1f);
    return one.div(x.neg().lanewise(VectorOperators.EXP).add(one));
  }

  public static FloatVector expm1(FloatVector x) {
    return x.lanewise(VectorOperators.EXPM1);
  }

  public static FloatVector log1p(FloatVector x) {
    return x.lanewise(VectorOperators.LOG1P);
  }

  public static FloatVector rsqrt(FloatVector x) {
    return FloatVector.broadcast(Lanes.FLOATS, 1f).div(x.sqrt());
  }

  public static FloatVector sign(FloatVector x) {
    FloatVector zero = FloatVector.zero(Lanes.FLOATS);
    return x.blend(1f, x.compare(VectorOperators.GT, zero)).blend(-1f, x.compare(VectorOperators.LT, zero));
  }
}
