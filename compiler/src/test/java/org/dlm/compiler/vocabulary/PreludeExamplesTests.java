package org.dlm.compiler.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every entry of the library says what it is, names its equal in PyTorch, and has examples that give what they say. */
class PreludeExamplesTests {
  @TestFactory
  List<DynamicTest> everyEntryIsDocumentedAndItsExamplesRun() {
    return Vocabulary.all().stream().map(entry -> dynamicTest(entry.name(), () -> {
      assertThat(entry.sentence()).as("a sentence").matches(".+[.?]");
      assertThat(entry.torch()).as("a line `/// torch NAME` (or none)").isNotEmpty();
      assertThat(entry.examples()).as("a line `/// run EXPRESSION -> RESULT with NAME = VALUE`").isNotEmpty();
      entry.examples().forEach(example -> RunExample.check(entry, example));
    })).toList();
  }
}
