package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.grammar.DlmParser;

/** The words for a syntax error. */
final class SyntaxMessages {
  private final Places places;

  SyntaxMessages(Places places) {
    this.places = places;
  }

  Diagnostic.Builder message(DlmParser parser, RecognitionException problem) {
    Token found = problem.getOffendingToken();
    return Diagnostic.of(Code.E0101, places.of(found), "unexpected " + found.getText());
  }

  Diagnostic.Builder betweenDeclarations(Token found) {
    return Diagnostic.of(Code.E0101, places.of(found), "expected a declaration");
  }
}
