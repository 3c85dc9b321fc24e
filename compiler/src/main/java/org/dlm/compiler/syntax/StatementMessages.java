package org.dlm.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.grammar.DlmParser;

/** Statements and members that are none, and reserved words in the place of names. */
final class StatementMessages {
  private static final List<String> MEMBER_WORDS = List.of("param", "buffer", "const", "require", "fn", "if");
  private static final List<String> STATEMENT_WORDS = List.of("return", "yield", "require", "if", "for", "else");

  private final Places places;

  StatementMessages(Places places) {
    this.places = places;
  }

  Diagnostic.Builder reservedWord(SyntaxStop stop) {
    Token found = stop.found();
    boolean nameExpected = stop.exact() && stop.expected().contains(DlmParser.ID) && !places.firstOnItsLine(found)
        || stop.rule() instanceof DlmParser.ParamsContext;
    boolean usedAsName = switch (places.after(found).getType()) {
      case DlmParser.ASSIGN, DlmParser.COLON, DlmParser.UPDATE, DlmParser.COMMA, DlmParser.DOT -> true;
      case DlmParser.LPAREN, DlmParser.LBRACE, DlmParser.RPAREN ->
          !stop.expectsValue() && !places.firstOnItsLine(found);
      default -> false;
    };
    if (!ExpectedTokens.isReserved(found) || !nameExpected && !stop.inBody() || !usedAsName) {
      return null;
    }
    return places.error(places.of(found),
        "`%s` is a word of the language and cannot be a name".formatted(found.getText()), "choose another name");
  }

  /** {@code retrun x}: read as the name of a binding, it is one letter from a word. */
  Diagnostic.Builder misspelledWord(SyntaxStop stop) {
    List<String> words = switch (stop.rule()) {
      case DlmParser.FieldDeclContext _ -> MEMBER_WORDS;
      case DlmParser.StmtContext _ -> STATEMENT_WORDS;
      default -> List.of();
    };
    Token word = stop.before();
    if (words.isEmpty() || word.getType() != DlmParser.ID || ForeignHabits.aboutWord(word.getText()) != null
        || !ExpectedTokens.startsExpression(stop.found()) || stop.found().getType() == DlmParser.LPAREN
        || places.line(word) != places.line(stop.found())) {
      return null;
    }
    List<String> near = Suggest.closest(word.getText(), words);
    return near.isEmpty()
        ? null
        : places.error(places.of(word), "`%s` is no word of this language".formatted(word.getText()),
                Suggest.didYouMean(word.getText(), words))
            .fix("write `" + near.getFirst() + "`", places.of(word), near.getFirst());
  }

  /** Where a statement, a member or a setting is expected, or one has begun with a name. */
  Diagnostic.Builder statement(SyntaxStop stop) {
    if (!stop.inBody()) {
      return null;
    }
    Token found = stop.found();
    boolean inFunction = stop.rule() instanceof DlmParser.BlockContext || stop.rule() instanceof DlmParser.StmtContext;
    Diagnostic.Builder missing = valueOnNextLine(stop);
    if (missing != null) {
      return missing;
    }
    Token first = stop.exact() && !(stop.rule() instanceof DlmParser.TrainDeclContext) ? found : stop.before();
    String habit = ForeignHabits.aboutWord(first.getText());
    if (habit == null && stop.before() != null && places.line(stop.before()) == places.line(found)) {
      habit = ForeignHabits.aboutWord(stop.before().getText());
      first = habit == null ? first : stop.before();
    }
    if (habit != null) {
      return places.error(places.of(first), "`%s` is no word of this language".formatted(first.getText()),
          "not known here")
          .help(habit);
    }
    return inFunction ? inFunction(stop) : inDeclaration(stop);
  }

  private Diagnostic.Builder inFunction(SyntaxStop stop) {
    Token found = stop.found();
    String text = found.getText();
    switch (found.getType()) {
      case DlmParser.PARAM, DlmParser.BUFFER, DlmParser.CONST, DlmParser.LAYER, DlmParser.MODEL, DlmParser.FN -> {
        return places.error(places.of(found), "`%s` cannot be declared inside a fn".formatted(text),
                "this is the body of a fn")
            .help(found.getType() == DlmParser.CONST
                ? "bind a name: `name = value`"
                : "move the declaration out, into the layer or the file");
      }
      default -> { }
    }
    boolean compound = ExpectedTokens.isOperator(found) && places.after(found).getType() == DlmParser.ASSIGN
        && places.after(found).getStartIndex() == places.of(found).end();
    if (compound && !stop.exact()) {
      String name = stop.before().getText();
      return places.error(places.of(found).to(places.of(places.after(found))), "there is no `%s=`".formatted(text),
              "a name is bound with `=` alone")
          .help("write `%s = %s %s ...`, which binds the name anew".formatted(name, name, text));
    }
    if (ExpectedTokens.isOperator(found) && !stop.exact() || startsOnlyExpression(found)) {
      Token start = stop.exact() ? found : stop.before();
      return places.error(places.of(start), "an expression alone does nothing",
          "its value is neither bound nor returned")
          .help("write `name = ...` to keep the value, or `return ...` to give it back");
    }
    return stop.exact()
        ? places.error(places.of(found), "expected a statement or `}`, found " + ExpectedTokens.found(found),
                "no statement starts so")
            .help("a statement is `name = value`, `return`, `yield`, `if`, `for`, `require` or `buffer := value`")
        : noAssignment(found);
  }

  private Diagnostic.Builder noAssignment(Token found) {
    return places.error(places.of(found), "expected `=` behind the name, found " + ExpectedTokens.found(found),
        "`=` is missing here");
  }

  private static boolean startsOnlyExpression(Token found) {
    return ExpectedTokens.startsExpression(found) && !ExpectedTokens.isName(found)
        && found.getType() != DlmParser.UNDERLINE;
  }

  private Diagnostic.Builder inDeclaration(SyntaxStop stop) {
    Token found = stop.found();
    if (stop.rule() instanceof DlmParser.TrainDeclContext) {
      return stop.expected().contains(DlmParser.RBRACE)
          ? places.error(places.of(found), "expected a setting or `}`, found " + ExpectedTokens.found(found),
                  "no setting starts so")
              .help("a setting is `name = value`")
          : null;
    }
    return switch (found.getType()) {
      case DlmParser.RETURN, DlmParser.YIELD, DlmParser.FOR, DlmParser.UPDATE ->
          places.error(places.of(found), "`%s` belongs in the body of a fn".formatted(found.getText()),
              "this is the body of a declaration, not of a fn");
      case DlmParser.LAYER, DlmParser.MODEL -> places.error(places.of(found),
          "a %s cannot be declared inside another declaration".formatted(found.getText()),
          "move it to the top of the file");
      default -> stop.exact()
          ? places.error(places.of(found), "expected a member or `}`, found " + ExpectedTokens.found(found),
                  "no member starts so")
              .help("a member is `name = value`, `param`, `buffer`, `const`, `fn`, `if` or `require`")
          : noAssignment(found);
    };
  }

  /** {@code a =} and {@code b = 1} on the next line is read as {@code a = b}, and then nothing fits. */
  private Diagnostic.Builder valueOnNextLine(SyntaxStop stop) {
    boolean binds = switch (stop.found().getType()) {
      case DlmParser.ASSIGN, DlmParser.UPDATE, DlmParser.COLON -> true;
      default -> false;
    };
    Token name = stop.before();
    if (!binds || name == null || !places.firstOnItsLine(name)) {
      return null;
    }
    Token operator = places.before(name);
    boolean open = operator != null && (operator.getType() == DlmParser.ASSIGN || operator.getType() == DlmParser.UPDATE
        || ExpectedTokens.isOperator(operator) || operator.getType() == DlmParser.COMMA);
    return open ? places.noValueBehind(operator) : null;
  }
}
