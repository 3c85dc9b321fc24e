package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** Expressions and types: from ANTLR's tree to ours. */
final class ExpressionBuilder {
  private final Places places;
  private final StatementBuilder statements;
  private final Literals literals;
  private int depth;

  ExpressionBuilder(Places places) {
    this.places = places;
    this.statements = new StatementBuilder(places, this);
    this.literals = new Literals(places);
  }

  StatementBuilder statements() {
    return statements;
  }

  Id id(DlmParser.IdContext id) {
    return new Id(places.of(id), id.getText());
  }

  List<Id> ids(List<DlmParser.IdContext> ids) {
    return ids.stream().map(this::id).toList();
  }

  Id target(DlmParser.TargetContext target) {
    return new Id(places.of(target), target.getText());
  }

  List<Expr> exprs(List<DlmParser.ExprContext> exprs) {
    return exprs.stream().map(this::expr).toList();
  }

  /** Null stands for an absent expression. */
  Expr exprOrNull(DlmParser.ExprContext expr) {
    return expr == null ? null : expr(expr);
  }

  Expr expr(DlmParser.ExprContext expr) {
    if (++depth > Parse.MAX_DEPTH) {
      throw new TooDeep(places.of(expr));
    }
    try {
      return build(expr);
    } finally {
      depth--;
    }
  }

  /** Lets a new declaration start counting at zero after one was given up. */
  void resetDepth() {
    depth = 0;
  }

  private Expr build(DlmParser.ExprContext expr) {
    Span span = places.of(expr);
    return switch (expr) {
      case DlmParser.NameContext e -> new Name(span, e.id().getText());
      case DlmParser.LiteralContext e -> literals.literal(e);
      case DlmParser.InferContext _ -> new Infer(span);
      case DlmParser.MemberAccessContext e -> new Access(span, expr(e.expr()), id(e.id()));
      case DlmParser.CallContext e -> call(e, span);
      case DlmParser.IndexContext e -> index(e, span);
      case DlmParser.ListContext e -> list(e, span);
      case DlmParser.ParensOrTupleContext e ->
          e.expr().size() == 1 ? new Parens(span, expr(e.expr(0))) : new Tuple(span, exprs(e.expr()));
      case DlmParser.PipeContext e -> new Pipe(span, expr(e.expr(0)), expr(e.expr(1)));
      case DlmParser.ConditionalContext e -> new Conditional(span, expr(e.expr(0)), expr(e.expr(1)), expr(e.expr(2)));
      case DlmParser.LoopContext e -> loop(e.forExpr());
      case DlmParser.NegateContext e -> unary(span, e, e.expr());
      case DlmParser.NotContext e -> unary(span, e, e.expr());
      case DlmParser.PowerContext e -> binary(span, e, e.expr());
      case DlmParser.MultiplyContext e -> binary(span, e, e.expr());
      case DlmParser.AddContext e -> binary(span, e, e.expr());
      case DlmParser.RangeContext e -> binary(span, e, e.expr());
      case DlmParser.CompareContext e -> binary(span, e, e.expr());
      case DlmParser.AndContext e -> binary(span, e, e.expr());
      case DlmParser.OrContext e -> binary(span, e, e.expr());
      default -> throw new IllegalStateException("no tree for " + expr.getClass().getSimpleName());
    };
  }

  private Expr unary(Span span, ParseTree node, DlmParser.ExprContext operand) {
    Token op = ((TerminalNode) node.getChild(0)).getSymbol();
    return new Unary(span, op.getText(), places.of(op), expr(operand));
  }

  private Expr binary(Span span, ParseTree node, List<DlmParser.ExprContext> operands) {
    Token op = ((TerminalNode) node.getChild(1)).getSymbol();
    return new Binary(span, op.getText(), places.of(op), expr(operands.get(0)), expr(operands.get(1)));
  }

  // ------------------------------------------------------------------------------------------------ call and index

  private Expr call(DlmParser.CallContext call, Span span) {
    Expr callee = expr(call.expr());
    List<Arg> args = args(call.args());
    return startsOnItsLine(call.expr(), call.LPAREN().getSymbol()) ? new Call(span, callee, args) : new Broken(span);
  }

  private Expr index(DlmParser.IndexContext index, Span span) {
    Expr target = expr(index.expr());
    List<IndexItem> items = index.indexItem().stream().map(this::indexItem).toList();
    return startsOnItsLine(index.expr(), index.LBRACKET().getSymbol())
        ? new Index(span, target, items)
        : new Broken(span);
  }

  private boolean startsOnItsLine(DlmParser.ExprContext target, Token bracket) {
    boolean sameLine = places.endLine(target.getStop()) == places.line(bracket);
    if (!sameLine) {
      places.report(LineRule.broken(places, target.getStop(), bracket));
    }
    return sameLine;
  }

  private IndexItem indexItem(DlmParser.IndexItemContext item) {
    Span span = places.of(item);
    if (item.DOTS() != null) {
      return new Dots(span);
    }
    if (item.COLON() == null) {
      return new At(span, expr(item.expr(0)));
    }
    Expr from = null;
    Expr to = null;
    for (DlmParser.ExprContext bound : item.expr()) {
      if (bound.getStart().getTokenIndex() < item.COLON().getSymbol().getTokenIndex()) {
        from = expr(bound);
      } else {
        to = expr(bound);
      }
    }
    return new Slice(span, from, to);
  }

  /** No arguments where {@code args} is null. */
  List<Arg> args(DlmParser.ArgsContext args) {
    return args == null ? List.of() : args.arg().stream().map(this::arg).toList();
  }

  private Arg arg(DlmParser.ArgContext arg) {
    return new Arg(places.of(arg), arg.id() == null ? null : id(arg.id()), expr(arg.expr()));
  }

  // ------------------------------------------------------------------------------------------------ lists and loops

  private Expr list(DlmParser.ListContext list, Span span) {
    if (list.listItems() == null) {
      return new ListOf(span, List.of());
    }
    List<Expr> items = new ArrayList<>();
    for (DlmParser.ListItemContext item : list.listItems().listItem()) {
      items.add(item.DOTS() != null ? new Spread(places.of(item)) : expr(item.expr()));
    }
    if (list.listItems().generator().isEmpty()) {
      return new ListOf(span, items);
    }
    if (items.getFirst() instanceof Spread dots) {
      places.report(Diagnostic.of(Code.E0101, dots.span(), "`...` cannot be repeated by a `for`")
          .label("an expression is needed here"));
      return new Broken(span);
    }
    return new Comprehension(span, items.getFirst(),
        list.listItems().generator().stream().map(this::generator).toList());
  }

  private Generator generator(DlmParser.GeneratorContext generator) {
    return new Generator(places.of(generator), target(generator.target()), expr(generator.expr()));
  }

  For loop(DlmParser.ForExprContext loop) {
    Expr along = null;
    if (loop.ALONG() != null) {
      along = loop.id() != null
          ? new Name(places.of(loop.id()), loop.id().getText())
          : literals.integer(loop.INT().getSymbol());
    }
    return new For(places.of(loop), loop.target().stream().map(this::target).toList(), exprs(loop.exprList().expr()),
        along, statements.block(loop.block()));
  }

  // ------------------------------------------------------------------------------------------------ types

  Type typeOrNull(DlmParser.TypeContext type) {
    return type == null ? null : type(type);
  }

  Type type(DlmParser.TypeContext type) {
    if (++depth > Parse.MAX_DEPTH) {
      throw new TooDeep(places.of(type));
    }
    Span span = places.of(type);
    Type built = switch (type) {
      case DlmParser.TensorOrListTypeContext t ->
          new TensorType(span, t.id() == null ? null : id(t.id()), t.dimItem().stream().map(this::dimItem).toList());
      case DlmParser.TupleTypeContext t -> new TupleType(span, t.tupleItem().stream().map(this::tupleItem).toList());
      case DlmParser.SimpleTypeContext t -> new SimpleType(span, t.getText());
      case DlmParser.InferredTypeContext _ -> new InferredType(span);
      default -> throw new IllegalStateException("no tree for " + type.getClass().getSimpleName());
    };
    depth--;
    return built;
  }

  private DimItem dimItem(DlmParser.DimItemContext item) {
    Span span = places.of(item);
    return item.DOTS() != null ? new Dots(span) : new DimExpr(span, expr(item.expr()));
  }

  private TupleItem tupleItem(DlmParser.TupleItemContext item) {
    return new TupleItem(places.of(item), item.id() == null ? null : id(item.id()), type(item.type()));
  }
}
