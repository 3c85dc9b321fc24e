package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.TokenStream;
import org.dlm.grammar.DlmParser;

/** The generated parser, which recurses with the text's nesting, kept from running out of stack. */
final class DepthLimitedParser extends DlmParser {
  /** An expression level takes up to three rules. */
  private static final int MAX_RULES = 3 * Parse.MAX_DEPTH;

  private int rules;

  DepthLimitedParser(TokenStream tokens) {
    super(tokens);
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int ruleIndex) {
    enter();
    super.enterRule(context, state, ruleIndex);
  }

  @Override
  public void exitRule() {
    rules--;
    super.exitRule();
  }

  @Override
  public void enterRecursionRule(ParserRuleContext context, int state, int ruleIndex, int precedence) {
    enter();
    super.enterRecursionRule(context, state, ruleIndex, precedence);
  }

  @Override
  public void unrollRecursionContexts(ParserRuleContext parent) {
    rules--;
    super.unrollRecursionContexts(parent);
  }

  @Override
  public void reset() {
    super.reset();
    rules = 0;
  }

  /** Thrown before the rule is entered, so that the rules around it unwind as after any other mismatch. */
  private void enter() {
    if (rules >= MAX_RULES) {
      throw new NestedTooDeeply(this);
    }
    rules++;
  }

  /** What {@link Recovery} sees when the text nests too deeply. */
  static final class NestedTooDeeply extends RecognitionException {
    NestedTooDeeply(DlmParser parser) {
      super(parser, parser.getInputStream(), parser.getContext());
      setOffendingToken(parser.getCurrentToken());
    }
  }
}
