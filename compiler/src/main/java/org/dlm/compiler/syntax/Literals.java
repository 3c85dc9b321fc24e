package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** Numbers and texts: what their characters mean. */
final class Literals {
  private final Places places;

  Literals(Places places) {
    this.places = places;
  }

  Expr literal(DlmParser.LiteralContext literal) {
    Token token = literal.getStart();
    Span span = places.of(token);
    return switch (token.getType()) {
      case DlmParser.INT -> integer(token);
      case DlmParser.FLOAT -> real(token);
      case DlmParser.STRING -> new StringLit(span, string(token));
      default -> new BoolLit(span, token.getType() == DlmParser.TRUE);
    };
  }

  Expr integer(Token token) {
    Span span = places.of(token);
    try {
      return new IntLit(span, Long.parseLong(token.getText().replace("_", "")));
    } catch (NumberFormatException tooLarge) {
      places.report(Diagnostic.of(Code.E0101, span, "this whole number is too large")
          .label("the largest is " + Long.MAX_VALUE)
          .help("write it as a real number: " + token.getText() + ".0"));
      return new Broken(span);
    }
  }

  private Expr real(Token token) {
    Span span = places.of(token);
    double value = Double.parseDouble(token.getText().replace("_", ""));
    if (Double.isInfinite(value)) {
      places.report(Diagnostic.of(Code.E0101, span, "this number is too large")
          .label("the largest is about 1.8e308")
          .help("infinity is written `inf`"));
      return new Broken(span);
    }
    return new FloatLit(span, value);
  }

  /** The text of a string token, without its quotes and with its escapes replaced. */
  String string(Token token) {
    String inner = token.getText().substring(1, token.getText().length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < inner.length()) {
      char c = inner.charAt(i);
      if (c != '\\') {
        text.append(c);
        i++;
      } else {
        i += escape(inner, i, token, text);
      }
    }
    return text.toString();
  }

  /** Appends what the escape at {@code at} stands for; gives its length. */
  private int escape(String inner, int at, Token token, StringBuilder text) {
    char kind = inner.charAt(at + 1);
    if (kind == 'u' && inner.substring(at + 2).matches("(?s)[0-9a-fA-F]{4}.*")) {
      text.append((char) Integer.parseInt(inner.substring(at + 2, at + 6), 16));
      return 6;
    }
    int found = "nt\"\\".indexOf(kind);
    if (found >= 0) {
      text.append("\n\t\"\\".charAt(found));
    } else {
      int start = token.getStartIndex() + 1 + at;
      places.report(Diagnostic.of(Code.E0101, new Span(places.file(), start, start + 2), "unknown escape in a text")
          .label("`\\" + kind + "` means nothing")
          .help("the escapes are \\n, \\t, \\\", \\\\ and \\u followed by four hexadecimal digits"));
    }
    return 2;
  }
}
