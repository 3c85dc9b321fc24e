package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The meaning of the ops and of the prelude against PyTorch, before any code is generated: where this holds, the oracle is right. */
class InterpretedGoldenTest {
  @TestFactory
  List<DynamicContainer> tables() {
    return GoldenFiles.tables().stream()
        .map(t -> dynamicContainer(t, GoldenFiles.table(t).stream().map(InterpretedGoldenTest::test).toList())).toList();
  }

  /** The full widths are left to generated code: the interpreter is clear, not fast. */
  @TestFactory
  List<DynamicTest> models() {
    return GoldenFiles.models().stream().map(GoldenFiles::model).filter(m -> m.hashed().isEmpty())
        .map(InterpretedGoldenTest::test).toList();
  }

  private static DynamicTest test(GoldenCase of) {
    return dynamicTest(of.name(), () -> GoldenCheck.check(of, new InterpretedEngine(of, Compiled.check(of).models().getFirst())));
  }
}
