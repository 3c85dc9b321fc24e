package org.dlm.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.dlm.grammar.DlmParser;

/**
 * What happens at a syntax error: one message, then on to the next declaration. Inside a declaration nothing is guessed
 * and nothing skipped, because what follows a wrong guess is noise.
 */
final class Recovery extends DefaultErrorStrategy {
  private final Places places;
  private final SyntaxMessages messages;
  private final List<Token> lostNames = new ArrayList<>();
  private RecognitionException reported;

  Recovery(Places places) {
    this.places = places;
    this.messages = new SyntaxMessages(places);
  }

  /** The names of declarations whose first word is none: {@code Net} of {@code layr Net(...)}. */
  List<Token> lostNames() {
    return lostNames;
  }

  @Override
  public void reportError(Parser parser, RecognitionException problem) {
    if (problem != reported) {
      reported = problem;
      places.report(messages.message((DlmParser) parser, problem));
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  /** Unwinds to the declaration, and there skips to the next. */
  @Override
  public void recover(Parser parser, RecognitionException problem) {
    switch (parser.getContext()) {
      case DlmParser.TopDeclContext declaration ->
          skip(parser, declaration.getStart(), places.file().column(places.of(declaration.getStart()).start()));
      case DlmParser.ImportDeclContext declaration -> skip(parser, declaration.getStart(), 1);
      case DlmParser.PackageDeclContext declaration -> skip(parser, declaration.getStart(), 1);
      case DlmParser.FileContext _ -> skip(parser, null, 1);
      default -> throw problem;
    }
  }

  /** Between declarations: what starts none is reported and skipped, so that the rest of the file is still read. */
  @Override
  public void sync(Parser parser) {
    if (!(parser.getContext() instanceof DlmParser.FileContext file)) {
      return;
    }
    while (!mayStandHere(file, parser.getCurrentToken())) {
      Token word = parser.getCurrentToken();
      Token name = places.after(word);
      if (word.getType() == DlmParser.ID && name.getType() == DlmParser.ID && places.line(word) == places.line(name)) {
        lostNames.add(name);
      }
      places.report(messages.betweenDeclarations(word));
      skip(parser, word, 1);
    }
  }

  private boolean mayStandHere(DlmParser.FileContext file, Token token) {
    return switch (token.getType()) {
      case Token.EOF -> true;
      case DlmParser.PACKAGE -> file.getChildCount() == 0;
      case DlmParser.IMPORT -> file.topDecl().isEmpty();
      default -> startsDeclaration(token);
    };
  }

  private static boolean startsDeclaration(Token token) {
    return switch (token.getType()) {
      case DlmParser.LAYER, DlmParser.MODEL, DlmParser.FN, DlmParser.PRIM, DlmParser.CONST, DlmParser.OPTIMIZER,
          DlmParser.TRAIN, DlmParser.HASH -> true;
      default -> false;
    };
  }

  /** Goes on, by at least one token if the broken declaration starts here, to what looks like the next declaration. */
  private void skip(Parser parser, Token start, int column) {
    if (parser.getCurrentToken() == start && start.getType() != Token.EOF) {
      parser.consume();
    }
    while (parser.getCurrentToken().getType() != Token.EOF && !looksLikeNext(parser.getCurrentToken(), column)) {
      if (parser.getCurrentToken().getType() == DlmParser.OPEN_COMMENT) {
        // it hides the whole rest of the file, whatever else is wrong
        places.report(messages.unclosedComment(parser.getCurrentToken()));
      }
      parser.consume();
    }
  }

  /** Brackets cannot be trusted behind a mistake, so it goes by lines: members are indented, declarations are not. */
  private boolean looksLikeNext(Token token, int column) {
    return places.firstOnItsLine(token)
        && (token.getType() == DlmParser.IMPORT
            || startsDeclaration(token) && places.file().column(token.getStartIndex()) <= column);
  }
}
