package org.dlm.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.dlm.grammar.DlmParser;

/** The tokens that could have gone on, in words: kinds of things before single signs. */
final class ExpectedTokens {
  private static final IntervalSet NAME = new IntervalSet(DlmParser.ID, DlmParser.IN, DlmParser.AS, DlmParser.GRAD,
      DlmParser.WITH, DlmParser.TRAIN, DlmParser.OPTIMIZER, DlmParser.PRIM);
  private static final IntervalSet EXPRESSION =
      NAME.or(new IntervalSet(DlmParser.INT, DlmParser.FLOAT, DlmParser.STRING, DlmParser.TRUE, DlmParser.FALSE,
          DlmParser.MINUS, DlmParser.NOT, DlmParser.IF, DlmParser.FOR, DlmParser.LBRACKET,
      DlmParser.LPAREN, DlmParser.UNDERLINE));
  private static final IntervalSet TYPE =
      NAME.or(new IntervalSet(DlmParser.FN, DlmParser.LBRACKET, DlmParser.LPAREN, DlmParser.UNDERLINE));
  private static final IntervalSet OPERATOR = new IntervalSet(DlmParser.DOT, DlmParser.LPAREN, DlmParser.LBRACKET,
      DlmParser.POWER, DlmParser.STAR, DlmParser.SLASH, DlmParser.PERCENT, DlmParser.AT, DlmParser.PLUS,
      DlmParser.MINUS, DlmParser.RANGE, DlmParser.LESS, DlmParser.LESSEQ, DlmParser.GREATER, DlmParser.GREATEREQ,
      DlmParser.EQUAL, DlmParser.UNEQUAL, DlmParser.AND, DlmParser.OR, DlmParser.PIPE);

  private ExpectedTokens() {}

  static boolean startsExpression(Token token) {
    return EXPRESSION.contains(token.getType());
  }

  static boolean isName(Token token) {
    return NAME.contains(token.getType());
  }

  static boolean isOperator(Token token) {
    return OPERATOR.contains(token.getType()) || token.getType() == DlmParser.NOT;
  }

  /** A word that the grammar keeps for itself, and that therefore cannot be a name. */
  static boolean isReserved(Token token) {
    int type = token.getType();
    return type >= DlmParser.PACKAGE && type <= DlmParser.FALSE && !NAME.contains(type);
  }

  /** "an expression", "a name or `{`", "`=` or `:`"; "something else" for the empty set. */
  static String words(IntervalSet expected) {
    IntervalSet rest = new IntervalSet(expected);
    List<String> words = new ArrayList<>();
    if (holds(rest, OPERATOR)) {
      rest = rest.subtract(OPERATOR);
    }
    if (holds(rest, EXPRESSION)) {
      words.add("an expression");
      rest = rest.subtract(EXPRESSION);
      rest.remove(DlmParser.DOTS);
    } else if (holds(rest, TYPE)) {
      words.add("a type");
      rest = rest.subtract(TYPE);
    } else if (holds(rest, NAME)) {
      words.add("a name");
      rest = rest.subtract(NAME);
    }
    for (int type : rest.toList()) {
      words.add(word(type));
    }
    return switch (words.size()) {
      case 0 -> "something else";
      case 1 -> words.getFirst();
      default -> String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    };
  }

  private static boolean holds(IntervalSet set, IntervalSet part) {
    return part.subtract(set).isNil();
  }

  private static String word(int type) {
    String literal = DlmParser.VOCABULARY.getLiteralName(type);
    return switch (type) {
      case Token.EOF -> "the end of the file";
      case DlmParser.INT -> "a whole number";
      case DlmParser.FLOAT -> "a number";
      case DlmParser.STRING -> "a text";
      case DlmParser.ID -> "a name";
      default -> literal == null ? "something else" : "`" + literal.substring(1, literal.length() - 1) + "`";
    };
  }

  /** A token as it is called in a message: "`x`", "the end of the file". */
  static String found(Token token) {
    if (token.getType() == Token.EOF) {
      return "the end of the file";
    }
    String text = token.getText();
    return text.length() > 40 ? "`" + text.substring(0, 40) + "…`" : "`" + text + "`";
  }
}
