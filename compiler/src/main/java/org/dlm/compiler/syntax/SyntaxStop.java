package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/**
 * What is known where the text stopped making sense.
 *
 * @param found the token that does not fit
 * @param before the visible token before it, or null
 * @param rule the innermost rule that was being read
 * @param open the innermost open bracket, or null
 * @param expected what would have fitted; of the first of two tokens where {@code exact} is false
 * @param exact whether one token decided
 */
record SyntaxStop(Places places, Token found, Token before, ParserRuleContext rule, OpenBracket open,
                  IntervalSet expected, boolean exact) {

  static SyntaxStop of(Places places, DlmParser parser, RecognitionException problem) {
    Token found = problem.getOffendingToken();
    ParserRuleContext rule = parser.getContext() instanceof DlmParser.IdContext name
        ? name.getParent() : parser.getContext();
    boolean exact = !(problem instanceof NoViableAltException choice && choice.getStartToken() != found);
    OpenBracket open = OpenBracket.innermost(places, declarationStart(rule), found, rule);
    return new SyntaxStop(places, found, places.before(found), rule, open, problem.getExpectedTokens(), exact);
  }

  private static Token declarationStart(ParserRuleContext rule) {
    ParserRuleContext at = rule;
    while (at.getParent() != null && !(at.getParent() instanceof DlmParser.FileContext)) {
      at = at.getParent();
    }
    return at.getStart();
  }

  /** Whether an expression would have fitted. */
  boolean expectsValue() {
    return exact && expected.contains(DlmParser.INT) && expected.contains(DlmParser.LPAREN)
        && expected.contains(DlmParser.STRING);
  }

  /** Whether a statement, a member or a setting would have fitted, or has begun with a name. */
  boolean inBody() {
    return switch (rule) {
      case DlmParser.BlockContext _, DlmParser.BodyContext _, DlmParser.TrainDeclContext _ ->
          expected.contains(DlmParser.RBRACE);
      case DlmParser.StmtContext _, DlmParser.MemberContext _ -> true;
      default -> false;
    };
  }

  /** Whether the found token is indented deeper than the line on which the bracket was opened. */
  boolean startsDeeper() {
    Span bracket = places.of(open.token());
    String line = bracket.file().lineText(bracket.line());
    int indent = line.length() - line.stripLeading().length() + 1;
    return places.of(found).column() > indent;
  }
}
