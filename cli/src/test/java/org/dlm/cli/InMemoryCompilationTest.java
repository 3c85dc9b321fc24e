package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.junit.jupiter.api.Test;

class InMemoryCompilationTest {
  @Test
  void sourcesSeeEachOtherAndTheRuntime() {
    var classes = InMemoryCompilation.compile(List.of(
        new GeneratedFile("a/One.java", "package a; public class One { org.dlm.runtime.FloatTensor t = b.Two.T; class In {} }"),
        new GeneratedFile("b/Two.java", "package b; public class Two { public static org.dlm.runtime.FloatTensor T; }")));
    assertThat(classes).containsOnlyKeys("a.One", "a.One$In", "b.Two");
  }

  @Test
  void whatJavacRefusesIsADefectOfOurs() {
    assertThatThrownBy(() -> InMemoryCompilation.compile(List.of(new GeneratedFile("A.java", "class A { int x = y; }"))))
        .isInstanceOf(IllegalStateException.class).hasMessageContainingAll("A.java", "cannot find symbol");
  }

  @Test
  void aMethodThatHotSpotWouldNotCompileIsNamed() {
    String body = "x = x * 31 + x / 7;\n".repeat(900);
    assertThatThrownBy(() -> InMemoryCompilation.compile(List.of(
        new GeneratedFile("A.java", "class A { int fits(int x) { return x; } int huge(int x) {\n" + body + "return x; } }"))))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("A.huge (").hasMessageNotContaining("fits");
  }
}
