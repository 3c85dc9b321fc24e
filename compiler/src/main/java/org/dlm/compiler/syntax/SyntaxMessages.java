package org.dlm.compiler.syntax;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** The words for a syntax error: which mistake a person most likely made where the text stopped making sense. */
final class SyntaxMessages {
  private static final List<String> DECLARATION_WORDS =
      List.of("package", "import", "layer", "model", "prim", "fn", "const", "optimizer", "train");

  private final Places places;
  private final LexicalMessages lexical;
  private final BracketMessages brackets;
  private final StatementMessages statements;

  SyntaxMessages(Places places) {
    this.places = places;
    this.lexical = new LexicalMessages(places);
    this.brackets = new BracketMessages(places);
    this.statements = new StatementMessages(places);
  }

  /** The order is that of certainty: what is surely meant comes first. */
  Diagnostic.Builder message(DlmParser parser, RecognitionException problem) {
    if (problem instanceof DepthLimitedParser.NestedTooDeeply) {
      return places.error(places.of(problem.getOffendingToken()), "this is nested too deeply",
          "the text around it nests too far").help("give parts of it names, and use those");
    }
    SyntaxStop stop = SyntaxStop.of(places, parser, problem);
    return firstOf(
        () -> lexical.unreadable(stop.found()),
        () -> brackets.lineRule(stop),
        () -> lexical.number(stop.found(), stop.before()),
        () -> stop.open() == null && OpenBracket.isCloser(stop.found()) && !stop.expectsValue()
            ? betweenDeclarations(stop.found()) : null,
        () -> brackets.brackets(stop),
        () -> statements.misspelledWord(stop),
        () -> statements.reservedWord(stop),
        () -> statements.statement(stop),
        () -> missingValue(stop),
        () -> unexpected(stop));
  }

  @SafeVarargs
  private static Diagnostic.Builder firstOf(Supplier<Diagnostic.Builder>... attempts) {
    return Stream.of(attempts).map(Supplier::get).filter(Objects::nonNull).findFirst().orElseThrow();
  }

  Diagnostic.Builder unclosedComment(Token comment) {
    return lexical.unreadable(comment);
  }

  /** For a token that starts no declaration where one is expected. */
  Diagnostic.Builder betweenDeclarations(Token found) {
    Diagnostic.Builder special = lexical.unreadable(found);
    special = special != null ? special : lexical.number(found, places.before(found));
    if (special != null) {
      return special;
    }
    if (OpenBracket.isCloser(found)) {
      return places.error(places.of(found), "this `%s` closes nothing".formatted(found.getText()),
          "no bracket is open here");
    }
    if (found.getType() == DlmParser.PACKAGE || found.getType() == DlmParser.IMPORT) {
      return places.error(places.of(found), "`%s` belongs at the top of the file".formatted(found.getText()),
          "declarations stand before it");
    }
    Diagnostic.Builder message = places.error(places.of(found),
        "expected a declaration, found " + ExpectedTokens.found(found), "this starts no declaration");
    String habit = ForeignHabits.aboutWord(found.getText());
    String near = Suggest.didYouMean(found.getText(), DECLARATION_WORDS);
    return message.help(habit != null ? habit : !near.isEmpty() ? near
        : "a file holds `layer`, `model`, `fn`, `const`, `optimizer` and `train` declarations, behind its imports");
  }

  private Diagnostic.Builder missingValue(SyntaxStop stop) {
    if (!stop.expectsValue() || stop.before() == null) {
      return null;
    }
    if (ExpectedTokens.isOperator(stop.found()) && ExpectedTokens.isOperator(stop.before())) {
      return places.error(places.of(stop.found()),
          "`%s` cannot stand behind `%s`".formatted(stop.found().getText(), stop.before().getText()),
          "an expression is missing between the two");
    }
    boolean nothing = OpenBracket.isCloser(stop.found()) || stop.found().getType() == Token.EOF
        || places.firstOnItsLine(stop.found()) || stop.found().getType() == DlmParser.COMMA;
    if (nothing) {
      return places.noValueBehind(stop.before());
    }
    return places.error(places.of(stop.found()),
        "expected an expression behind %s, found %s"
            .formatted(ExpectedTokens.found(stop.before()), ExpectedTokens.found(stop.found())),
        "no expression starts so");
  }

  private Diagnostic.Builder unexpected(SyntaxStop stop) {
    Token found = stop.found();
    boolean farAway = found.getType() == Token.EOF || places.firstOnItsLine(found);
    Span at = farAway && stop.before() != null ? places.behind(stop.before()) : places.of(found);
    String behind = stop.before() == null ? "" : " behind " + ExpectedTokens.found(stop.before());
    String expected = expected(stop);
    Diagnostic.Builder message = places.error(at,
        "expected %s%s, found %s".formatted(expected, behind, ExpectedTokens.found(found)), "expected " + expected);
    ParserRuleContext around = stop.rule().getParent();
    boolean condition = stop.rule() instanceof DlmParser.ConditionalContext
        || stop.rule() instanceof DlmParser.BodyContext && around instanceof DlmParser.MemberIfContext
        || stop.rule() instanceof DlmParser.BlockContext && around instanceof DlmParser.IfElseContext;
    if (condition && found.getType() == DlmParser.ASSIGN) {
      message.help("two values are compared with `==`");
    }
    String advice = advice(stop);
    return advice == null ? message : message.help(advice);
  }

  private static String advice(SyntaxStop stop) {
    int found = stop.found().getType();
    return switch (stop.rule()) {
      case DlmParser.FieldDeclContext _ when found == DlmParser.UPDATE -> "a buffer is updated in the body of a fn";
      case DlmParser.FieldDeclContext _ when found == DlmParser.COLON ->
          "a field has no type; what has one is a `param`, a `buffer` or a `const`";
      case DlmParser.ParamDeclContext _,
          DlmParser.BufferDeclContext _ when stop.expected().contains(DlmParser.ASSIGN) ->
          "say how it starts: `= zeros`";
      case DlmParser.MemberAccessContext _ when found == DlmParser.INT ->
          "a part of a list is read by an index: `list[%s]`".formatted(stop.found().getText());
      case DlmParser.CallContext _ when found == DlmParser.COLON -> "an argument is named with `=`: `f(name = value)`";
      default -> null;
    };
  }

  private static String expected(SyntaxStop stop) {
    if (!stop.exact()) {
      return instead(stop.rule());
    }
    if (stop.rule() instanceof DlmParser.TopDeclContext) {
      return "a declaration";
    }
    String words = ExpectedTokens.words(stop.expected());
    boolean first = stop.open() != null && stop.before() == stop.open().token() && stop.expected().size() == 1;
    return first ? stop.open().item() + " or " + words : words;
  }

  /** What is expected where two tokens decide, and the second did not fit. */
  private static String instead(ParserRuleContext rule) {
    return switch (rule) {
      case DlmParser.ImportDeclContext _, DlmParser.QnameContext _ -> "a name, `{` or `*`";
      case DlmParser.TypeContext _, DlmParser.TupleItemContext _ -> "a type";
      case DlmParser.ArgContext _ -> "an argument";
      default -> "something else";
    };
  }
}
