package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.Model;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated code against the interpreter on expressions written at random, with their gradients. The same ones every time;
 * {@code -Ddlm.random=SEED} tries others.
 */
@OnEveryWidth
class RandomExpressionTest {
  private static final long SEED = Long.getLong("dlm.random", 1);
  private static final int[][] SIZES = {{3, 70}, {1, 64}, {5, 17}, {67, 2}, {16, 16}, {2, 130}};

  @TestFactory
  List<DynamicTest> expressions() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < SIZES.length; i++) {
      long seed = SEED + i;
      String text = RandomExpressions.model(seed, 12, SIZES[i][0], SIZES[i][1]);
      tests.add(dynamicTest("seed " + seed + ", rows and columns " + SIZES[i][0] + " and " + SIZES[i][1], () -> {
        try {
          check(text);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + "\n" + text, e);
        }
      }));
    }
    return tests;
  }

  private static void check(String text) {
    GoldenCase bare = new GoldenCase("random", "random.dlm", "", "", text, Map.of(), Map.of());
    Result result = Compiled.java(bare, List.of());
    ModelSpec spec = result.models().getFirst();
    Model model = GeneratedCode.compile(result.files()).model(spec.packageName() + "." + spec.name());
    for (long n : new long[] {1, 7, 18}) {
      DifferentialTest.check(bare, spec, model, Map.of("N", n), 2, false);
    }
  }
}
