package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.List;
import java.util.function.Consumer;
import org.dlm.compiler.source.Span;

/** Expressions and types as text; lines break where the author broke them. */
final class ExpressionPrinter {
  private final TextLayout out;
  private final StatementPrinter statements;

  ExpressionPrinter(TextLayout out) {
    this.out = out;
    this.statements = new StatementPrinter(out, this);
  }

  StatementPrinter statements() {
    return statements;
  }

  void expr(Expr expr) {
    switch (expr) {
      case Name e -> out.add(e.name());
      case Infer _ -> out.add("_");
      case IntLit e -> out.add(written(e.span(), Long.toString(e.value())));
      case FloatLit e -> out.add(written(e.span(), Double.toString(e.value()).replace('E', 'e')));
      case StringLit e -> out.add(quoted(e.value()));
      case BoolLit e -> out.add(Boolean.toString(e.value()));
      case Spread _ -> out.add("...");
      case Broken e -> out.add(e.span().text());
      case Access e -> {
        expr(e.target());
        out.add("." + e.name().name());
      }
      case Call e -> {
        expr(e.callee());
        args(new Span(e.span().file(), e.callee().span().end(), e.span().end()), e.args());
      }
      case Index e -> {
        expr(e.target());
        Span brackets = new Span(e.span().file(), e.target().span().end(), e.span().end());
        items("[", brackets, e.items(), this::indexItem, false, "]");
      }
      case Unary e -> {
        out.add(e.op().equals("not") ? "not " : e.op());
        expr(e.operand());
      }
      case Binary e -> infix(e.left(), e.op().equals("..<") ? e.op() : " " + e.op() + " ", e.right());
      case Pipe e -> infix(e.value(), " |> ", e.stage());
      case Conditional e -> conditional(e);
      case For e -> loop(e);
      case Comprehension e -> comprehension(e);
      case ListOf e -> items("[", e.span(), e.items(), this::expr, true, "]");
      case Tuple e -> items("(", e.span(), e.items(), this::expr, false, ")");
      case Parens e -> {
        out.add("(");
        out.indentedTo(out.column(), () -> expr(e.inner()));
        out.add(")");
      }
    }
  }

  /** The text the author chose for a number, where it is one: {@code 50_257}, {@code 1e-3}. */
  private static String written(Span span, String plain) {
    String text = span.text();
    try {
      return Double.parseDouble(text.replace("_", "")) == Double.parseDouble(plain) ? text : plain;
    } catch (NumberFormatException notThisNumber) {
      return plain;
    }
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> out.append(Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : Character.toString(c));
      }
    }
    return out.append('"').toString();
  }

  // ------------------------------------------------------------------------------------------------ with line breaks

  private void infix(Expr left, String operator, Expr right) {
    expr(left);
    if (TextLayout.breaks(left.span(), right.span())) {
      out.indented(() -> {
        out.newLine().add(operator.stripLeading());
        expr(right);
      });
    } else {
      out.add(operator);
      expr(right);
    }
  }

  private void conditional(Conditional e) {
    out.add("if ");
    expr(e.condition());
    out.indented(() -> {
      spaceOrBreak(e.condition(), e.then());
      out.add("then ");
      expr(e.then());
      spaceOrBreak(e.then(), e.otherwise());
      out.add("else ");
      expr(e.otherwise());
    });
  }

  private void spaceOrBreak(Syntax before, Syntax after) {
    if (TextLayout.breaks(before.span(), after.span())) {
      out.newLine();
    } else {
      out.add(" ");
    }
  }

  void loop(For e) {
    out.add("for " + String.join(", ", e.targets().stream().map(Id::name).toList()) + " in ");
    exprs(e.in());
    if (e.along() != null) {
      out.add(" along ");
      expr(e.along());
    }
    out.add(" ");
    statements.block(e.span(), e.body());
  }

  private void comprehension(Comprehension e) {
    out.add("[");
    out.indentedTo(out.column(), () -> {
      expr(e.element());
      spaceOrBreak(e.element(), e.generators().getFirst());
      out.add("for ");
      separated(e.generators(), generator -> {
        out.add(generator.target().name() + " in ");
        expr(generator.in());
      });
    });
    out.add("]");
  }

  void exprs(List<Expr> exprs) {
    separated(exprs, this::expr);
  }

  private <T extends Syntax> void separated(List<T> items, Consumer<T> print) {
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.add(",");
        spaceOrBreak(items.get(i - 1), items.get(i));
      }
      print.accept(items.get(i));
    }
  }

  /**
   * Items between brackets. Where the author began a line with the first item, the closing bracket gets its own line;
   * else later lines are aligned with the first item.
   */
  <T extends Syntax> void items(String open, Span brackets, List<T> items, Consumer<T> print, boolean mayEndInComma,
      String close) {
    out.add(open);
    boolean own = !items.isEmpty() && brackets.line() < items.getFirst().span().line();
    if (own) {
      out.indented(() -> {
        out.newLine();
        separated(items, print);
        out.add(mayEndInComma ? "," : "");
      });
      out.newLine();
    } else {
      out.indentedTo(out.column(), () -> separated(items, print));
    }
    out.add(close);
  }

  /** {@code brackets} begins at or before the opening parenthesis, on its line. */
  void args(Span brackets, List<Arg> args) {
    items("(", brackets, args, arg -> {
      if (arg.name() != null) {
        out.add(arg.name().name() + " = ");
      }
      expr(arg.value());
    }, true, ")");
  }

  private void indexItem(IndexItem item) {
    switch (item) {
      case Dots _ -> out.add("...");
      case At e -> expr(e.value());
      case Slice e -> {
        if (e.from() != null) {
          expr(e.from());
        }
        out.add(":");
        if (e.to() != null) {
          expr(e.to());
        }
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ types

  void type(Type type) {
    switch (type) {
      case SimpleType t -> out.add(t.name());
      case InferredType _ -> out.add("_");
      case TensorType t -> {
        out.add(t.element() == null ? "" : t.element().name());
        items("[", t.span(), t.dims(), this::dim, true, "]");
      }
      case TupleType t -> items("(", t.span(), t.items(), item -> {
        out.add(item.name() == null ? "" : item.name().name() + ": ");
        type(item.type());
      }, false, ")");
    }
  }

  private void dim(DimItem item) {
    switch (item) {
      case Dots _ -> out.add("...");
      case DimExpr e -> expr(e.value());
    }
  }
}
