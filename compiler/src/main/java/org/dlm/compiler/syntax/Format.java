package org.dlm.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.grammar.DlmLexer;

/**
 * A file in the usual form, its comments kept. The tree is printed by {@link Print}; then each comment is put back at
 * the token that it stood before or behind.
 */
public final class Format {
  /** How many tokens the printed text may differ in at one place, such as a comma at the end of a list. */
  private static final int LONGEST_DIFFERENCE = 12;

  private static final String INDENT = "  ";

  private final List<Token> written;
  private final List<Token> printed;
  private final String[] lines;
  private final List<List<String>> before = new ArrayList<>();
  private final List<List<String>> behind = new ArrayList<>();

  private Format(List<Token> written, String text) {
    this.written = written;

    printed = tokens(text).stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL).toList();
    lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      before.add(new ArrayList<>());
      behind.add(new ArrayList<>());
    }
  }

  /** The formatted text; empty where the file has errors, which then are among the diagnostics. */
  public static Optional<String> text(SourceFile file, Diagnostics diagnostics) {
    Syntax.File tree = Parse.file(file, diagnostics);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    String printed = Print.text(tree);
    List<Token> written = tokens(file.text());
    String formatted = new Format(written, printed).withComments();
    Diagnostics again = new Diagnostics();
    Syntax.File same = Parse.file(new SourceFile(file.name(), formatted), again);
    boolean kept = !again.hasErrors() && plain(Print.text(same)).equals(plain(printed))
        && comments(tokens(formatted)).equals(comments(written));
    // What cannot be put back safely is left as its author wrote it.
    return Optional.of(kept ? formatted : file.text());
  }

  /** Line breaks may fall elsewhere once comments are among the tokens. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<String> comments(List<Token> tokens) {
    return tokens.stream().filter(Format::isComment).map(t -> t.getText().strip()).sorted().toList();
  }

  private static boolean isComment(Token token) {
    return token.getType() == DlmLexer.COMMENT || token.getType() == DlmLexer.DOC;
  }

  private static List<Token> tokens(String text) {
    DlmLexer lexer = new DlmLexer(new TextStream("", text));
    lexer.removeErrorListeners();
    CommonTokenStream stream = new CommonTokenStream(lexer);
    stream.fill();
    return stream.getTokens().stream().filter(t -> t.getType() != DlmLexer.WS && t.getType() != Token.EOF).toList();
  }

  private String withComments() {
    int at = 0;
    for (int i = 0; i < written.size(); i++) {
      Token token = written.get(i);
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        at = match(i, at);
      } else if (token.getType() == DlmLexer.COMMENT) {
        place(i, at);
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      before.get(i).forEach(line -> out.append(line).append('\n'));
      out.append(lines[i]);
      behind.get(i).forEach(comment -> out.append(INDENT).append(comment));
      if (i + 1 < lines.length) {
        out.append('\n');
      }
    }
    return out.toString().stripTrailing() + "\n";
  }

  /** The printed token behind the one that is the {@code i}-th written; {@code at} is where it is looked for. */
  private int match(int i, int at) {
    for (int skipped = 0; skipped < LONGEST_DIFFERENCE && at + skipped < printed.size(); skipped++) {
      if (same(written.get(i), printed.get(at + skipped))) {
        return at + skipped + 1;
      }
    }
    return at;
  }

  /** A text may be quoted otherwise. */
  private static boolean same(Token one, Token two) {
    return one.getType() == two.getType()
        && (one.getType() == DlmLexer.STRING || one.getText().equals(two.getText()));
  }

  /** {@code at}: the printed token behind the last one that was matched. */
  private void place(int i, int at) {
    Token comment = written.get(i);
    Token previous = i == 0 ? null : written.get(i - 1);
    boolean trailing = previous != null && lastLine(previous) == comment.getLine() && at > 0;
    if (trailing && previous.getChannel() == Token.DEFAULT_CHANNEL && !comment.getText().contains("\n")) {
      behind.get(printed.get(at - 1).getLine() - 1).add(comment.getText().stripTrailing());
      return;
    }
    int line = at < printed.size() ? printed.get(at).getLine() - 1 : lines.length - 1;
    String indent = lines[line].substring(0, lines[line].length() - lines[line].stripLeading().length());
    boolean closes = at < printed.size() && List.of("}", "]", ")").contains(printed.get(at).getText());
    boolean blank = previous != null && comment.getLine() - lastLine(previous) > 1;
    int top = aboveDocumentation(i, line);
    List<String> there = before.get(top);
    boolean blankBefore = top > 0 && lines[top - 1].isBlank() || top > 0 && lines[top - 1].endsWith("{");
    if (blank && !(there.isEmpty() && (blankBefore || top == 0))) {
      there.add("");
    }
    there.add(indent + (closes ? INDENT : "") + comment.getText().stripTrailing());
    Token next = i + 1 < written.size() ? written.get(i + 1) : null;
    if (next != null && next.getType() != DlmLexer.COMMENT && next.getLine() - lastLine(comment) > 1) {
      there.add("");
    }
  }

  /** A comment that stood before the documentation of a declaration stays there. */
  private int aboveDocumentation(int i, int line) {
    int top = line;
    int next = i + 1;
    while (next < written.size() && written.get(next).getType() == DlmLexer.COMMENT) {
      next++;
    }
    if (next < written.size() && written.get(next).getType() == DlmLexer.DOC) {
      while (top > 0 && lines[top - 1].strip().startsWith("///")) {
        top--;
      }
    }
    return top;
  }

  private static int lastLine(Token token) {
    return token.getLine() + (int) token.getText().chars().filter(c -> c == '\n').count();
  }
}
