package org.dlm.compiler.syntax;

import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** The words for a syntax error: which mistake a person most likely made where the text stopped making sense. */
final class SyntaxMessages {
  private final Places places;

  SyntaxMessages(Places places) {
    this.places = places;
  }

  /** What is known where the text stopped making sense; {@code open} or null, {@code before} or null. */
  private record Stop(Token found, Token before, ParserRuleContext rule, OpenBracket open, IntervalSet expected,
                      boolean exact) {}

  Diagnostic.Builder message(DlmParser parser, RecognitionException problem) {
    if (problem instanceof DepthLimitedParser.NestedTooDeeply) {
      return error(places.of(problem.getOffendingToken()), "this is nested too deeply", "the text around it nests too far")
          .help("give parts of it names, and use those");
    }
    Token found = problem.getOffendingToken();
    ParserRuleContext rule = parser.getContext() instanceof DlmParser.IdContext name
        ? name.getParent() : parser.getContext();
    // where one token did not decide, what was expected is known of the first token only
    boolean exact = !(problem instanceof NoViableAltException choice && choice.getStartToken() != found);
    OpenBracket open = OpenBracket.innermost(places, declarationStart(rule), found, rule);
    Stop stop = new Stop(found, places.before(found), rule, open, problem.getExpectedTokens(), exact);
    Diagnostic.Builder special = unreadable(found);
    special = special != null ? special : lineRule(stop);
    special = special != null ? special : number(found, stop.before);
    special = special != null ? special : brackets(stop);
    special = special != null ? special : reservedWord(stop);
    special = special != null ? special : statement(stop);
    special = special != null ? special : missingValue(stop);
    return special != null ? special : unexpected(stop);
  }

  /** For a token that starts no declaration where one is expected. */
  Diagnostic.Builder betweenDeclarations(Token found) {
    Diagnostic.Builder special = unreadable(found);
    special = special != null ? special : number(found, places.before(found));
    if (special != null) {
      return special;
    }
    if (OpenBracket.isCloser(found)) {
      return error(places.of(found), "this `%s` closes nothing".formatted(found.getText()), "no bracket is open here");
    }
    if (found.getType() == DlmParser.PACKAGE || found.getType() == DlmParser.IMPORT) {
      return error(places.of(found), "`%s` belongs at the top of the file".formatted(found.getText()),
          "declarations stand before it");
    }
    Diagnostic.Builder message = error(places.of(found),
        "expected a declaration, found " + ExpectedTokens.found(found), "this starts no declaration");
    String habit = ForeignHabits.aboutWord(found.getText());
    return message.help(habit != null ? habit
        : "a file holds `layer`, `model`, `fn`, `const`, `optimizer` and `train` declarations, behind its imports");
  }

  private static Token declarationStart(ParserRuleContext rule) {
    ParserRuleContext at = rule;
    while (at.getParent() != null && !(at.getParent() instanceof DlmParser.FileContext)) {
      at = at.getParent();
    }
    return at.getStart();
  }

  private static Diagnostic.Builder error(Span at, String message, String label) {
    return Diagnostic.of(Code.E0101, at, message).label(label);
  }

  // ------------------------------------------------------------------------------------------------ characters

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
  private Diagnostic.Builder number(Token found, Token before) {
    boolean touching = before != null && places.of(before).end() == places.of(found).start();
    if (touching && isNumber(before) && (ExpectedTokens.isName(found) || ExpectedTokens.isReserved(found))) {
      String text = before.getText() + found.getText();
      return error(places.of(before).to(places.of(found)), "`%s` is neither a number nor a name".formatted(text),
          "names start with a letter");
    }
    if (found.getType() == DlmParser.DOT && places.after(found).getType() == DlmParser.INT) {
      String digits = places.after(found).getText();
      return error(places.of(found), "a number starts with a digit", "write 0." + digits)
          .fix("write 0." + digits, places.of(found), "0.");
    }
    Token number = before == null || before.getType() != DlmParser.DOT ? null : places.before(before);
    if (number != null && number.getType() == DlmParser.INT) {
      return error(places.of(number).to(places.of(before)), "a number does not end with a dot",
              "write " + number.getText() + ".0")
          .fix("write " + number.getText() + ".0", places.of(before), ".0");
    }
    return null;
  }

  private static boolean isNumber(Token token) {
    return token.getType() == DlmParser.INT || token.getType() == DlmParser.FLOAT;
  }

  // ------------------------------------------------------------------------------------------------ brackets

  /** An index or call that began a line is a forgotten comma, even where its inside makes no sense as one. */
  private Diagnostic.Builder lineRule(Stop stop) {
    if (stop.open == null
        || !(stop.open.rule() instanceof DlmParser.IndexContext || stop.open.rule() instanceof DlmParser.CallContext)) {
      return null;
    }
    Token bracket = stop.open.token();
    Token target = places.before(bracket);
    return places.endLine(target) < places.line(bracket) ? LineRule.broken(places, target, bracket) : null;
  }

  private Diagnostic.Builder brackets(Stop stop) {
    Token found = stop.found;
    if (stop.open == null) {
      return OpenBracket.isCloser(found) && !expectsValue(stop) ? betweenDeclarations(found) : null;
    }
    boolean block = stop.open.isBlock();
    if (found.getType() == DlmParser.COMMA && !block
        && (stop.before == stop.open.token() || stop.before.getType() == DlmParser.COMMA)) {
      return stop.before.getType() == DlmParser.COMMA
          ? error(places.of(found), "two commas in a row", "leave one out")
          : error(places.of(found), "nothing stands before this comma", "expected " + stop.open.item() + " before it");
    }
    if (expectsValue(stop) || !stop.exact || !closerFits(stop)) {
      return null;
    }
    if (!block && missesComma(stop)) {
      return error(places.behind(stop.before), "missing comma between " + stop.open.items(), "a comma belongs here")
          .also(places.of(found), "the next one starts here")
          .fix("put a comma between them", places.behind(stop.before), ",");
    }
    return block ? blockNotClosed(stop) : bracketNotClosed(stop);
  }

  private Diagnostic.Builder blockNotClosed(Stop stop) {
    return switch (stop.found.getType()) {
      case Token.EOF, DlmParser.RPAREN, DlmParser.RBRACKET -> unclosed(stop);
      case DlmParser.COMMA -> error(places.of(stop.found), "no comma stands here", "leave it out")
          .note("commas separate what stands in `(...)` and `[...]`; the parts of a body need none");
      default -> places.firstOnItsLine(stop.found) && startsOuterPart(stop.found) && !startsDeeper(stop)
          ? unclosed(stop)
          : null;
    };
  }

  private Diagnostic.Builder bracketNotClosed(Stop stop) {
    Token found = stop.found;
    boolean ends = switch (found.getType()) {
      case Token.EOF, DlmParser.RPAREN, DlmParser.RBRACKET, DlmParser.RBRACE, DlmParser.LBRACE, DlmParser.ARROW,
          DlmParser.THEN, DlmParser.ELSE -> true;
      default -> places.firstOnItsLine(found) && (ExpectedTokens.isReserved(found) || !startsDeeper(stop));
    };
    return ends ? unclosed(stop) : null;
  }

  private Diagnostic.Builder unclosed(Stop stop) {
    Token open = stop.open.token();
    int line = places.line(open);
    boolean far = line != places.endLine(stop.before);
    return error(places.behind(stop.before),
            "expected `%s` to close %s%s".formatted(stop.open.closer(), stop.open.content(), far ? " opened at line " + line : ""),
            "`%s` is missing here".formatted(stop.open.closer()))
        .also(places.of(open), "opened here");
  }

  private static boolean closerFits(Stop stop) {
    int closer = switch (stop.open.closer()) {
      case ")" -> DlmParser.RPAREN;
      case "]" -> DlmParser.RBRACKET;
      default -> DlmParser.RBRACE;
    };
    return stop.expected.contains(closer) && stop.found.getType() != closer;
  }

  /** Inside brackets with an item behind us, and what comes looks like another item, not like the next line's statement. */
  private boolean missesComma(Stop stop) {
    Token found = stop.found;
    boolean item = ExpectedTokens.startsExpression(found) || found.getType() == DlmParser.DOTS;
    boolean between = stop.before != stop.open.token() && stop.before.getType() != DlmParser.COMMA;
    return item && between && !(stop.open.rule() instanceof DlmParser.ParensOrTupleContext)
        && !(places.firstOnItsLine(found) && !startsDeeper(stop));
  }

  /** Whether the found token is indented deeper than the line on which the bracket was opened. */
  private boolean startsDeeper(Stop stop) {
    Span open = places.of(stop.open.token());
    String line = open.file().lineText(open.line());
    int indent = line.length() - line.stripLeading().length() + 1;
    return places.of(stop.found).column() > indent;
  }

  /** What cannot stand in a block, but may stand behind it. */
  private static boolean startsOuterPart(Token found) {
    return switch (found.getType()) {
      case Token.EOF, DlmParser.LAYER, DlmParser.MODEL, DlmParser.FN, DlmParser.PRIM, DlmParser.HASH, DlmParser.IMPORT,
          DlmParser.PACKAGE, DlmParser.PARAM, DlmParser.BUFFER, DlmParser.OPTIMIZER, DlmParser.TRAIN -> true;
      default -> false;
    };
  }

  // ------------------------------------------------------------------------------------------------ words

  private Diagnostic.Builder reservedWord(Stop stop) {
    Token found = stop.found;
    boolean nameExpected = stop.exact && stop.expected.contains(DlmParser.ID) && !places.firstOnItsLine(found)
        || stop.rule instanceof DlmParser.ParamsContext;
    boolean usedAsName = switch (places.after(found).getType()) {
      case DlmParser.ASSIGN, DlmParser.COLON, DlmParser.UPDATE, DlmParser.COMMA, DlmParser.DOT -> true;
      case DlmParser.LPAREN, DlmParser.LBRACE, DlmParser.RPAREN -> !expectsValue(stop) && !places.firstOnItsLine(found);
      default -> false;
    };
    if (!ExpectedTokens.isReserved(found) || !nameExpected && !inBody(stop) || !usedAsName) {
      return null;
    }
    return error(places.of(found), "`%s` is a word of the language and cannot be a name".formatted(found.getText()),
        "choose another name");
  }

  private static boolean inBody(Stop stop) {
    return switch (stop.rule) {
      case DlmParser.BlockContext _, DlmParser.BodyContext _, DlmParser.TrainDeclContext _ ->
          stop.expected.contains(DlmParser.RBRACE);
      case DlmParser.StmtContext _, DlmParser.MemberContext _ -> true;
      default -> false;
    };
  }

  /** Where a statement, a member or a setting is expected, or one has begun with a name. */
  private Diagnostic.Builder statement(Stop stop) {
    if (!inBody(stop)) {
      return null;
    }
    Token found = stop.found;
    boolean inFunction = stop.rule instanceof DlmParser.BlockContext || stop.rule instanceof DlmParser.StmtContext;
    Diagnostic.Builder missing = valueOnNextLine(stop);
    if (missing != null) {
      return missing;
    }
    Token first = stop.exact && !(stop.rule instanceof DlmParser.TrainDeclContext) ? found : stop.before;
    String habit = ForeignHabits.aboutWord(first.getText());
    if (habit == null && stop.before != null && places.line(stop.before) == places.line(found)) {
      habit = ForeignHabits.aboutWord(stop.before.getText());
      first = habit == null ? first : stop.before;
    }
    if (habit != null) {
      return error(places.of(first), "`%s` is no word of this language".formatted(first.getText()), "not known here").help(habit);
    }
    return inFunction ? inFunction(stop) : inDeclaration(stop);
  }

  private Diagnostic.Builder inFunction(Stop stop) {
    Token found = stop.found;
    String text = found.getText();
    switch (found.getType()) {
      case DlmParser.PARAM, DlmParser.BUFFER, DlmParser.CONST, DlmParser.LAYER, DlmParser.MODEL, DlmParser.FN -> {
        return error(places.of(found), "`%s` cannot be declared inside a fn".formatted(text), "this is the body of a fn")
            .help(found.getType() == DlmParser.CONST
                ? "bind a name: `name = value`"
                : "move the declaration out, into the layer or the file");
      }
      default -> { }
    }
    boolean compound = ExpectedTokens.isOperator(found) && places.after(found).getType() == DlmParser.ASSIGN
        && places.after(found).getStartIndex() == places.of(found).end();
    if (compound && !stop.exact) {
      String name = stop.before.getText();
      return error(places.of(found).to(places.of(places.after(found))), "there is no `%s=`".formatted(text),
              "a name is bound with `=` alone")
          .help("write `%s = %s %s ...`, which binds the name anew".formatted(name, name, text));
    }
    if (ExpectedTokens.isOperator(found) && !stop.exact || startsOnlyExpression(found)) {
      Token start = stop.exact ? found : stop.before;
      return error(places.of(start), "an expression alone does nothing", "its value is neither bound nor returned")
          .help("write `name = ...` to keep the value, or `return ...` to give it back");
    }
    return stop.exact
        ? error(places.of(found), "expected a statement or `}`, found " + ExpectedTokens.found(found), "no statement starts so")
            .help("a statement is `name = value`, `return`, `yield`, `if`, `for`, `require` or `buffer := value`")
        : error(places.of(found), "expected `=` behind the name, found " + ExpectedTokens.found(found), "`=` is missing here");
  }

  private static boolean startsOnlyExpression(Token found) {
    return ExpectedTokens.startsExpression(found) && !ExpectedTokens.isName(found)
        && found.getType() != DlmParser.UNDERLINE;
  }

  private Diagnostic.Builder inDeclaration(Stop stop) {
    Token found = stop.found;
    if (stop.rule instanceof DlmParser.TrainDeclContext) {
      return stop.expected.contains(DlmParser.RBRACE)
          ? error(places.of(found), "expected a setting or `}`, found " + ExpectedTokens.found(found), "no setting starts so")
              .help("a setting is `name = value`")
          : null;
    }
    return switch (found.getType()) {
      case DlmParser.RETURN, DlmParser.YIELD, DlmParser.FOR, DlmParser.UPDATE ->
          error(places.of(found), "`%s` belongs in the body of a fn".formatted(found.getText()),
              "this is the body of a declaration, not of a fn");
      case DlmParser.LAYER, DlmParser.MODEL -> error(places.of(found),
          "a %s cannot be declared inside another declaration".formatted(found.getText()), "move it to the top of the file");
      default -> stop.exact
          ? error(places.of(found), "expected a member or `}`, found " + ExpectedTokens.found(found), "no member starts so")
              .help("a member is `name = value`, `param`, `buffer`, `const`, `fn`, `if` or `require`")
          : error(places.of(found), "expected `=` behind the name, found " + ExpectedTokens.found(found), "`=` is missing here");
    };
  }

  // ------------------------------------------------------------------------------------------------ values

  private static boolean expectsValue(Stop stop) {
    return stop.exact && stop.expected.contains(DlmParser.INT) && stop.expected.contains(DlmParser.LPAREN)
        && stop.expected.contains(DlmParser.STRING);
  }

  /** {@code a =} and {@code b = 1} on the next line is read as {@code a = b}, and then nothing fits. */
  private Diagnostic.Builder valueOnNextLine(Stop stop) {
    boolean binds = switch (stop.found.getType()) {
      case DlmParser.ASSIGN, DlmParser.UPDATE, DlmParser.COLON -> true;
      default -> false;
    };
    Token name = stop.before;
    if (!binds || name == null || !places.firstOnItsLine(name)) {
      return null;
    }
    Token operator = places.before(name);
    boolean open = operator != null && (operator.getType() == DlmParser.ASSIGN || operator.getType() == DlmParser.UPDATE
        || ExpectedTokens.isOperator(operator) || operator.getType() == DlmParser.COMMA);
    return open ? noValueBehind(operator) : null;
  }

  private Diagnostic.Builder missingValue(Stop stop) {
    if (!expectsValue(stop) || stop.before == null) {
      return null;
    }
    if (ExpectedTokens.isOperator(stop.found) && ExpectedTokens.isOperator(stop.before)) {
      return error(places.of(stop.found),
          "`%s` cannot stand behind `%s`".formatted(stop.found.getText(), stop.before.getText()),
          "an expression is missing between the two");
    }
    boolean nothing = OpenBracket.isCloser(stop.found) || stop.found.getType() == Token.EOF
        || places.firstOnItsLine(stop.found) || stop.found.getType() == DlmParser.COMMA;
    if (nothing) {
      return noValueBehind(stop.before);
    }
    return error(places.of(stop.found),
        "expected an expression behind %s, found %s".formatted(ExpectedTokens.found(stop.before), ExpectedTokens.found(stop.found)),
        "no expression starts so");
  }

  private Diagnostic.Builder noValueBehind(Token before) {
    return error(places.behind(before), "expected an expression behind " + ExpectedTokens.found(before),
        "the expression is missing here");
  }

  private Diagnostic.Builder unexpected(Stop stop) {
    Token found = stop.found;
    boolean farAway = found.getType() == Token.EOF || places.firstOnItsLine(found);
    Span at = farAway && stop.before != null ? places.behind(stop.before) : places.of(found);
    String behind = stop.before == null ? "" : " behind " + ExpectedTokens.found(stop.before);
    String expected = expected(stop);
    Diagnostic.Builder message = error(at, "expected %s%s, found %s".formatted(expected, behind, ExpectedTokens.found(found)),
        "expected " + expected);
    ParserRuleContext around = stop.rule.getParent();
    boolean condition = stop.rule instanceof DlmParser.ConditionalContext
        || stop.rule instanceof DlmParser.BodyContext && around instanceof DlmParser.MemberIfContext
        || stop.rule instanceof DlmParser.BlockContext && around instanceof DlmParser.IfElseContext;
    if (condition && found.getType() == DlmParser.ASSIGN) {
      message.help("two values are compared with `==`");
    }
    String advice = advice(stop);
    return advice == null ? message : message.help(advice);
  }

  private static String advice(Stop stop) {
    int found = stop.found.getType();
    return switch (stop.rule) {
      case DlmParser.FieldDeclContext _ when found == DlmParser.UPDATE -> "a buffer is updated in the body of a fn";
      case DlmParser.FieldDeclContext _ when found == DlmParser.COLON ->
          "a field has no type; what has one is a `param`, a `buffer` or a `const`";
      case DlmParser.ParamDeclContext _, DlmParser.BufferDeclContext _ when stop.expected.contains(DlmParser.ASSIGN) ->
          "say how it starts: `= zeros`";
      case DlmParser.MemberAccessContext _ when found == DlmParser.INT ->
          "a part of a list is read by an index: `list[%s]`".formatted(stop.found.getText());
      case DlmParser.CallContext _ when found == DlmParser.COLON -> "an argument is named with `=`: `f(name = value)`";
      default -> null;
    };
  }

  private static String expected(Stop stop) {
    if (!stop.exact) {
      return instead(stop.rule);
    }
    if (stop.rule instanceof DlmParser.TopDeclContext) {
      return "a declaration";
    }
    String words = ExpectedTokens.words(stop.expected);
    boolean first = stop.open != null && stop.before == stop.open.token() && stop.expected.size() == 1;
    return first ? stop.open.item() + " or " + words : words;
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
