package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.List;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** Statements and blocks: from ANTLR's tree to ours. */
final class StatementBuilder {
  private final Places places;
  private final ExpressionBuilder expressions;
  private final Literals literals;

  StatementBuilder(Places places, ExpressionBuilder expressions) {
    this.places = places;
    this.expressions = expressions;
    this.literals = new Literals(places);
  }

  List<Stmt> block(DlmParser.BlockContext block) {
    return block.stmt().stream().map(this::statement).toList();
  }

  private Stmt statement(DlmParser.StmtContext statement) {
    Span span = places.of(statement);
    return switch (statement) {
      case DlmParser.ReturnStmtContext s -> new Return(span, expressions.exprs(s.exprList().expr()));
      case DlmParser.YieldStmtContext s -> new Yield(span, expressions.exprs(s.exprList().expr()));
      case DlmParser.CheckStmtContext s -> require(s.requireStmt());
      case DlmParser.IfStmtContext s -> conditional(s.ifElse());
      case DlmParser.LoopStmtContext s -> new Loop(span, expressions.loop(s.forExpr()));
      case DlmParser.BindStmtContext s ->
          new Bind(span, s.target().stream().map(expressions::target).toList(), null, expressions.expr(s.expr()));
      case DlmParser.TypedBindStmtContext s ->
          new Bind(span, List.of(expressions.id(s.id())), expressions.type(s.type()), expressions.expr(s.expr()));
      case DlmParser.BufferUpdateContext s -> new Update(span, expressions.id(s.id()), expressions.expr(s.expr()));
      default -> throw new IllegalStateException("no tree for " + statement.getClass().getSimpleName());
    };
  }

  Require require(DlmParser.RequireStmtContext require) {
    String message = require.STRING() == null ? null : literals.string(require.STRING().getSymbol());
    return new Require(places.of(require), expressions.expr(require.expr()), message);
  }

  private If conditional(DlmParser.IfElseContext choice) {
    List<Stmt> otherwise = List.of();
    if (choice.ifElse() != null) {
      otherwise = List.of(conditional(choice.ifElse()));
    } else if (choice.block().size() == 2) {
      otherwise = block(choice.block(1));
    }
    return new If(places.of(choice), expressions.expr(choice.expr()), block(choice.block(0)), otherwise);
  }
}
