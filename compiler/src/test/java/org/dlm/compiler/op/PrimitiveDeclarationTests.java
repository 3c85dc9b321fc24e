package org.dlm.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;
import org.junit.jupiter.api.Test;

/** The prelude declares exactly the primitives there are, each with a sentence. */
class PrimitiveDeclarationTests {
  @Test
  void preludeAndTableAgree() throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Syntax.File file;
    try (InputStream in = Primitives.class.getResourceAsStream("/org/dlm/prelude/prim.dlm")) {
      file = Parse.file(new SourceFile("prim.dlm", new String(in.readAllBytes(), StandardCharsets.UTF_8)), diagnostics);
    }
    assertThat(diagnostics.all()).isEmpty();
    TreeSet<String> declared = new TreeSet<>();
    for (Syntax.Top top : file.declarations()) {
      assertThat(top).isInstanceOf(Syntax.Fn.class);
      assertThat(((Syntax.Fn) top).primitive()).as("%s is a prim fn", top.name().name()).isTrue();
      assertThat(top.doc()).as("%s has a sentence", top.name().name()).isNotBlank();
      assertThat(declared.add(top.name().name())).as("%s is declared once", top.name().name()).isTrue();
    }
    assertThat(declared).isEqualTo(new TreeSet<>(Primitives.ALL.keySet()));
  }
}
