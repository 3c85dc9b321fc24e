package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** Brackets not closed, commas forgotten, lines that begin with a bracket. */
final class BracketMessages {
  private final Places places;

  BracketMessages(Places places) {
    this.places = places;
  }

  /** An index or call that began a line is a forgotten comma, even where its inside makes no sense as one. */
  Diagnostic.Builder lineRule(SyntaxStop stop) {
    if (stop.open() == null
        || !(stop.open().rule() instanceof DlmParser.IndexContext
            || stop.open().rule() instanceof DlmParser.CallContext)) {
      return null;
    }
    Token bracket = stop.open().token();
    Token target = places.before(bracket);
    return places.endLine(target) < places.line(bracket) ? LineRule.broken(places, target, bracket) : null;
  }

  /** Null where brackets and commas are not the trouble. */
  Diagnostic.Builder brackets(SyntaxStop stop) {
    Token found = stop.found();
    if (stop.open() == null) {
      return null;
    }
    boolean block = stop.open().isBlock();
    if (found.getType() == DlmParser.COMMA && !block
        && (stop.before() == stop.open().token() || stop.before().getType() == DlmParser.COMMA)) {
      return stop.before().getType() == DlmParser.COMMA
          ? places.error(places.of(found), "two commas in a row", "leave one out")
          : places.error(places.of(found), "nothing stands before this comma",
              "expected " + stop.open().item() + " before it");
    }
    if (stop.expectsValue() || !stop.exact() || !closerFits(stop)) {
      return null;
    }
    if (!block && missesComma(stop)) {
      return places.error(places.behind(stop.before()), "missing comma between " + stop.open().items(),
              "a comma belongs here")
          .also(places.of(found), "the next one starts here")
          .fix("put a comma between them", places.behind(stop.before()), ",");
    }
    return block ? blockNotClosed(stop) : bracketNotClosed(stop);
  }

  private Diagnostic.Builder blockNotClosed(SyntaxStop stop) {
    return switch (stop.found().getType()) {
      case Token.EOF, DlmParser.RPAREN, DlmParser.RBRACKET -> unclosed(stop);
      case DlmParser.COMMA -> places.error(places.of(stop.found()), "no comma stands here", "leave it out")
          .note("commas separate what stands in `(...)` and `[...]`; the parts of a body need none");
      default -> places.firstOnItsLine(stop.found()) && startsOuterPart(stop.found()) && !stop.startsDeeper()
          ? unclosed(stop)
          : null;
    };
  }

  private Diagnostic.Builder bracketNotClosed(SyntaxStop stop) {
    Token found = stop.found();
    boolean ends = switch (found.getType()) {
      case Token.EOF, DlmParser.RPAREN, DlmParser.RBRACKET, DlmParser.RBRACE, DlmParser.LBRACE, DlmParser.ARROW,
          DlmParser.THEN, DlmParser.ELSE -> true;
      default -> places.firstOnItsLine(found) && (ExpectedTokens.isReserved(found) || !stop.startsDeeper());
    };
    return ends ? unclosed(stop) : null;
  }

  private Diagnostic.Builder unclosed(SyntaxStop stop) {
    Token open = stop.open().token();
    int line = places.line(open);
    String far = line == places.endLine(stop.before()) ? "" : " opened at line " + line;
    return places.error(places.behind(stop.before()),
            "expected `%s` to close %s%s".formatted(stop.open().closer(), stop.open().content(), far),
            "`%s` is missing here".formatted(stop.open().closer()))
        .also(places.of(open), "opened here");
  }

  private static boolean closerFits(SyntaxStop stop) {
    int closer = switch (stop.open().closer()) {
      case ")" -> DlmParser.RPAREN;
      case "]" -> DlmParser.RBRACKET;
      default -> DlmParser.RBRACE;
    };
    return stop.expected().contains(closer) && stop.found().getType() != closer;
  }

  /**
   * Inside brackets with an item behind us, and what comes looks like another item, not like the next line's statement.
   */
  private boolean missesComma(SyntaxStop stop) {
    Token found = stop.found();
    boolean item = ExpectedTokens.startsExpression(found) || found.getType() == DlmParser.DOTS;
    boolean between = stop.before() != stop.open().token() && stop.before().getType() != DlmParser.COMMA;
    return item && between && !(stop.open().rule() instanceof DlmParser.ParensOrTupleContext)
        && !(places.firstOnItsLine(found) && !stop.startsDeeper());
  }

  /** What cannot stand in a block, but may stand behind it. */
  private static boolean startsOuterPart(Token found) {
    return switch (found.getType()) {
      case Token.EOF, DlmParser.LAYER, DlmParser.MODEL, DlmParser.FN, DlmParser.PRIM, DlmParser.HASH, DlmParser.IMPORT,
          DlmParser.PACKAGE, DlmParser.PARAM, DlmParser.BUFFER, DlmParser.OPTIMIZER, DlmParser.TRAIN -> true;
      default -> false;
    };
  }
}
