package org.dlm.compiler.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.dlm.grammar.DlmParser;

/**
 * The innermost bracket that is open where an error was met.
 *
 * @param rule what the bracket belongs to, or null where the error hides it
 */
record OpenBracket(Token token, ParserRuleContext rule) {

  /** Null where no bracket is open between {@code start} and {@code found}. */
  static OpenBracket innermost(Places places, Token start, Token found, ParserRuleContext where) {
    Deque<Token> open = new ArrayDeque<>();
    for (int i = start.getTokenIndex(); i < found.getTokenIndex(); i++) {
      Token token = places.tokens().get(i);
      if (closer(token) != null) {
        open.push(token);
      } else if (isCloser(token) && !open.isEmpty()) {
        open.pop();
      }
    }
    return open.isEmpty() ? null : new OpenBracket(open.peek(), owner(open.peek(), where));
  }

  private static ParserRuleContext owner(Token bracket, ParserRuleContext where) {
    for (ParserRuleContext rule = where; rule != null; rule = rule.getParent()) {
      for (int i = 0; i < rule.getChildCount(); i++) {
        ParseTree child = rule.getChild(i);
        if (child instanceof TerminalNode leaf && leaf.getSymbol() == bracket) {
          return rule;
        }
      }
    }
    return null;
  }

  static boolean isCloser(Token token) {
    return switch (token.getType()) {
      case DlmParser.RPAREN, DlmParser.RBRACKET, DlmParser.RBRACE -> true;
      default -> false;
    };
  }

  private static String closer(Token token) {
    return switch (token.getType()) {
      case DlmParser.LPAREN -> ")";
      case DlmParser.LBRACKET -> "]";
      case DlmParser.LBRACE -> "}";
      default -> null;
    };
  }

  String closer() {
    return closer(token);
  }

  /** Whether statements, members or settings stand inside, which have no commas between them. */
  boolean isBlock() {
    return rule instanceof DlmParser.BodyContext || rule instanceof DlmParser.BlockContext
        || rule instanceof DlmParser.TrainDeclContext;
  }

  /** What the closing bracket would end: "the arguments of `Conv2d`". */
  String content() {
    return switch (rule) {
      case DlmParser.CallContext call -> "the arguments of " + quoted(call.expr());
      case DlmParser.IndexContext index -> "the index of " + quoted(index.expr());
      case DlmParser.ListContext _ -> "the list";
      case DlmParser.ParensOrTupleContext _ -> "the parenthesis";
      case DlmParser.ParamsContext params -> "the parameters of " + owner(params.getParent());
      case DlmParser.TensorOrListTypeContext _ -> "the shape";
      case DlmParser.TupleTypeContext _ -> "the tuple of types";
      case DlmParser.TagContext tag -> "the arguments of tag `#" + tag.id().getText() + "`";
      case DlmParser.TrainDeclContext train -> "the settings of " + owner(train);
      case DlmParser.ImportDeclContext _ -> "the imported names";
      case DlmParser.GradClauseContext _ -> "the names of the cotangents";
      case DlmParser.BodyContext body -> "the body of " + owner(body.getParent());
      case DlmParser.BlockContext block -> "the body of " + owner(block.getParent());
      case null, default -> token.getType() == DlmParser.LBRACE ? "the block" : "the bracket";
    };
  }

  /** What stands between the commas inside: "list items". */
  String items() {
    return switch (rule) {
      case DlmParser.CallContext call -> "the arguments of " + quoted(call.expr());
      case DlmParser.ListContext _ -> "list items";
      case DlmParser.ParamsContext params -> "the parameters of " + owner(params.getParent());
      case DlmParser.TensorOrListTypeContext _ -> "the axes of a shape";
      case DlmParser.IndexContext _ -> "the parts of an index";
      case DlmParser.TupleTypeContext _ -> "the types of a tuple";
      case DlmParser.ImportDeclContext _, DlmParser.GradClauseContext _ -> "names";
      case null, default -> "two parts";
    };
  }

  /** One of {@link #items()}: "a list item". */
  String item() {
    return switch (rule) {
      case DlmParser.CallContext _, DlmParser.TagContext _ -> "an argument";
      case DlmParser.ListContext _ -> "a list item";
      case DlmParser.ParamsContext _ -> "a parameter";
      case DlmParser.TensorOrListTypeContext _ -> "an axis";
      case DlmParser.IndexContext _ -> "an index";
      case null, default -> "something";
    };
  }

  private static String owner(ParserRuleContext rule) {
    return switch (rule) {
      case DlmParser.LayerDeclContext d -> "layer " + quoted(d.id());
      case DlmParser.OptimizerDeclContext d -> "optimizer " + quoted(d.id());
      case DlmParser.ModelDeclContext d -> "model " + quoted(d.id());
      case DlmParser.TrainDeclContext d -> "train " + quoted(d.id());
      case DlmParser.FnDeclContext d -> "fn " + quoted(d.id());
      case DlmParser.GradClauseContext _ -> "the `grad` clause";
      case DlmParser.ForExprContext _ -> "the `for`";
      case DlmParser.IfElseContext _, DlmParser.MemberIfContext _ -> "the `if`";
      case null, default -> "the declaration";
    };
  }

  private static String quoted(ParserRuleContext rule) {
    String text = rule == null ? "" : rule.getText();
    return text.isEmpty() || text.length() > 40 ? "the expression" : "`" + text + "`";
  }
}
