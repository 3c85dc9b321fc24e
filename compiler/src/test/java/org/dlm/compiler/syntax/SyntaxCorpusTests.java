package org.dlm.compiler.syntax;

import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SyntaxCorpusTests {
  @TestFactory
  Stream<DynamicTest> corpus() {
    return Corpus.tests("syntax", file -> {
      Diagnostics diagnostics = new Diagnostics();
      Parse.file(file, diagnostics);
      return diagnostics;
    });
  }
}
