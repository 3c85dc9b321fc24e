package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** What there is to say about characters and numbers that are none of the language. */
final class LexicalMessages {
  private final Places places;

  LexicalMessages(Places places) {
    this.places = places;
  }

  /** Null where the token is a token of the language. */
  Diagnostic.Builder unreadable(Token found) {
    Span at = places.of(found);
    return switch (found.getType()) {
      case DlmParser.OPEN_STRING -> Diagnostic.of(Code.E0102, at, "this text is not closed")
          .label("the closing `\"` is missing on this line")
          .note("a text ends on the line it starts on; write \\n for a new line inside it");
      case DlmParser.OPEN_COMMENT ->
          Diagnostic.of(Code.E0102, new Span(at.file(), at.start(), at.start() + 2), "this comment is not closed")
              .label("the closing `*/` is missing");
      case DlmParser.UNKNOWN -> unknownCharacter(at);
      default -> null;
    };
  }

  private Diagnostic.Builder unknownCharacter(Span at) {
    int point = at.file().text().codePointAt(at.start());
    String character = Character.toString(point);
    Span whole = new Span(at.file(), at.start(), at.start() + character.length());
    boolean visible = Character.isDefined(point) && !Character.isISOControl(point) && !Character.isWhitespace(point)
        && !Character.isSpaceChar(point) && Character.getType(point) != Character.SURROGATE;
    String name = visible ? "`" + character + "`" : "U+%04X".formatted(point);
    Diagnostic.Builder message = Diagnostic.of(Code.E0103, whole, "the character " + name + " means nothing here")
        .label("not part of the language");
    String habit = ForeignHabits.aboutCharacter(character);
    if (habit != null) {
      message.help(habit);
    } else if (Character.isLetter(point)) {
      message.note("names are made of the letters a to z and A to Z, digits and `_`");
    }
    return message;
  }

  /** {@code 3x}, {@code 1.}, {@code .5} */
  Diagnostic.Builder number(Token found, Token before) {
    boolean touching = before != null && places.of(before).end() == places.of(found).start();
    if (touching && isNumber(before) && (ExpectedTokens.isName(found) || ExpectedTokens.isReserved(found))) {
      String text = before.getText() + found.getText();
      return places.error(places.of(before).to(places.of(found)), "`%s` is neither a number nor a name".formatted(text),
          "names start with a letter");
    }
    if (found.getType() == DlmParser.DOT && places.after(found).getType() == DlmParser.INT) {
      String digits = places.after(found).getText();
      return places.error(places.of(found), "a number starts with a digit", "write 0." + digits)
          .fix("write 0." + digits, places.of(found), "0.");
    }
    Token number = before == null || before.getType() != DlmParser.DOT ? null : places.before(before);
    if (number != null && number.getType() == DlmParser.INT) {
      return places.error(places.of(number).to(places.of(before)), "a number does not end with a dot",
              "write " + number.getText() + ".0")
          .fix("write " + number.getText() + ".0", places.of(before), ".0");
    }
    return null;
  }

  private static boolean isNumber(Token token) {
    return token.getType() == DlmParser.INT || token.getType() == DlmParser.FLOAT;
  }
}
