package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.grammar.DlmParser;

/** The call or index whose bracket stands on a later line than what it would apply to: most often a forgotten comma. */
final class LineRule {
  private LineRule() {}

  static Diagnostic.Builder broken(Places places, Token end, Token bracket) {
    String what = bracket.getType() == DlmParser.LPAREN ? "a call" : "an index";
    return Diagnostic.of(Code.E0107, places.of(bracket), what + " must start on the line of what it applies to")
        .label("this would be read as %s of what ends on line %d".formatted(what, places.endLine(end)))
        .also(places.of(end), "it ends here")
        .fix("if two things are meant, put a comma between them", places.behind(end), ",")
        .help("if %s is meant, move the `%s` up behind it".formatted(what, bracket.getText()));
  }
}
