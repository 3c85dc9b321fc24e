package org.dlm.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmLexer;

/** Where tokens and rules of one file lie, and what documentation stands before them. */
record Places(SourceFile file, CommonTokenStream tokens, Diagnostics diagnostics) {

  Span of(ParserRuleContext rule) {
    int start = rule.getStart().getStartIndex();
    int end = rule.getStop() == null ? start : rule.getStop().getStopIndex() + 1;
    return new Span(file, start, Math.max(start, end));
  }

  Span of(Token token) {
    return token.getType() == Token.EOF
        ? new Span(file, file.text().length(), file.text().length())
        : new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
  }

  /** The empty span behind a token: where something is missing. */
  Span behind(Token token) {
    int end = of(token).end();
    return new Span(file, end, end);
  }

  int line(Token token) {
    return file.line(of(token).start());
  }

  int endLine(Token token) {
    return file.line(Math.max(of(token).start(), of(token).end() - 1));
  }

  void report(Diagnostic.Builder diagnostic) {
    diagnostics.add(diagnostic);
  }

  Diagnostic.Builder error(Span at, String message, String label) {
    return Diagnostic.of(Code.E0101, at, message).label(label);
  }

  Diagnostic.Builder noValueBehind(Token before) {
    return error(behind(before), "expected an expression behind " + ExpectedTokens.found(before),
        "the expression is missing here");
  }

  /** The nearest visible token before this one, or null. */
  Token before(Token token) {
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
        return tokens.get(i);
      }
    }
    return null;
  }

  /** The nearest visible token behind this one; the end of the file has none behind it and gives itself. */
  Token after(Token token) {
    for (int i = token.getTokenIndex() + 1; i < tokens.size(); i++) {
      if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
        return tokens.get(i);
      }
    }
    return token;
  }

  boolean firstOnItsLine(Token token) {
    Token before = before(token);
    return before == null || endLine(before) < line(token);
  }

  /** The text of the {@code ///} lines that stand before a token, the block nearest to it; "" if there is none. */
  String documentation(Token first) {
    List<Token> hidden = tokens.getHiddenTokensToLeft(first.getTokenIndex());
    if (hidden == null) {
      return "";
    }
    Token before = before(first);
    List<String> lines = new ArrayList<>();
    int lastLine = -1;
    for (Token token : hidden) {
      // a comment behind code on its line speaks of that code
      if (token.getType() == DlmLexer.DOC && (before == null || line(token) > endLine(before))) {
        if (line(token) != lastLine + 1) {
          lines.clear();
        }
        lastLine = line(token);
        String text = token.getText().substring(3);
        lines.add((text.startsWith(" ") ? text.substring(1) : text).stripTrailing());
      }
    }
    return String.join("\n", lines);
  }
}
