package org.dlm.compiler.build;

import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is said about models that are wrong, and that nothing is said about those that are right. */
class ModelCorpusTests {
  @TestFactory
  Stream<DynamicTest> corpus() {
    return Corpus.tests("model", ModelCorpusTests::check);
  }

  private static Diagnostics check(SourceFile file) {
    Diagnostics diagnostics = new Diagnostics();
    Compiler.checkSources(List.of(file), Options.DEFAULT).diagnostics().forEach(diagnostics::add);
    return diagnostics;
  }
}
