package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.List;
import java.util.function.Consumer;
import org.dlm.compiler.source.Span;

/** Statements and blocks as text: one statement a line, empty lines where the author left them. */
final class StatementPrinter {
  private final TextLayout out;
  private final ExpressionPrinter expressions;

  StatementPrinter(TextLayout out, ExpressionPrinter expressions) {
    this.out = out;
    this.expressions = expressions;
  }

  /**
   * {@code whole} is what the block belongs to: where that stood on one line and holds one statement, it stays there.
   */
  void block(Span whole, List<Stmt> statements) {
    block(out, whole, statements, this::statement);
  }

  static <T extends Syntax> void block(TextLayout out, Span whole, List<T> parts, Consumer<T> print) {
    if (parts.isEmpty()) {
      out.add("{ }");
    } else if (parts.size() == 1 && TextLayout.onOneLine(whole)) {
      out.add("{ ");
      print.accept(parts.getFirst());
      out.add(" }");
    } else {
      out.add("{");
      out.indented(() -> {
        T previous = null;
        for (T part : parts) {
          if (previous != null && TextLayout.blankBetween(previous.span(), part.span())) {
            out.newLine();
          }
          out.newLine();
          print.accept(part);
          previous = part;
        }
      });
      out.newLine().add("}");
    }
  }

  private void statement(Stmt statement) {
    switch (statement) {
      case Return s -> {
        out.add("return ");
        expressions.exprs(s.values());
      }
      case Yield s -> {
        out.add("yield ");
        expressions.exprs(s.values());
      }
      case Require s -> require(s);
      case If s -> conditional(s);
      case Loop s -> expressions.loop(s.loop());
      case Bind s -> {
        out.add(String.join(", ", s.targets().stream().map(Id::name).toList()));
        if (s.type() != null) {
          out.add(": ");
          expressions.type(s.type());
        }
        value(s.targets().getLast().span(), s.value());
      }
      case Update s -> {
        out.add(s.buffer().name() + " := ");
        expressions.expr(s.value());
      }
    }
  }

  /** {@code = value}, on a line of its own where the author began one. */
  void value(Span before, Expr value) {
    out.add(" =");
    if (TextLayout.breaks(before, value.span())) {
      out.indented(() -> {
        out.newLine();
        expressions.expr(value);
      });
    } else {
      out.add(" ");
      expressions.expr(value);
    }
  }

  void require(Require require) {
    out.add("require ");
    expressions.expr(require.condition());
    if (require.message() != null) {
      out.add(", " + ExpressionPrinter.quoted(require.message()));
    }
  }

  private void conditional(If choice) {
    out.add("if ");
    expressions.expr(choice.condition());
    out.add(" ");
    block(choice.span(), choice.then());
    if (choice.otherwise().size() == 1 && choice.otherwise().getFirst() instanceof If next) {
      out.add(" else ");
      conditional(next);
    } else if (!choice.otherwise().isEmpty()) {
      out.add(" else ");
      block(choice.span(), choice.otherwise());
    }
  }
}
