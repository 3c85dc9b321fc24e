package org.dlm.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodSizesTest {
  @Test
  void readsEveryMethodOfThisClass() throws IOException {
    List<MethodSizes.Method> methods;
    try (InputStream in = MethodSizesTest.class.getResourceAsStream("MethodSizesTest.class")) {
      methods = MethodSizes.of(in.readAllBytes());
    }
    assertThat(methods).extracting(MethodSizes.Method::name)
        .contains("readsEveryMethodOfThisClass", "three", "constants");
    MethodSizes.Method three = methods.stream().filter(m -> m.name().equals("three")).findFirst().orElseThrow();
    // iconst_3, ireturn
    assertThat(three.bytes()).isEqualTo(2);
    assertThat(three.line()).isPositive();
  }

  static int three() {
    return 3;
  }

  /** Fills the constant pool with every kind of number. */
  static Object constants(int i) {
    Runnable handle = MethodSizesTest::three;
    return i == 0 ? 123456789012L : i == 1 ? (Object) 1.5e300 : i == 2 ? "text" + i : i == 3 ? 1.5f : handle;
  }
}
