package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.List;
import org.dlm.compiler.source.Span;

/**
 * Tree to text, in the usual form: two spaces a level, one space around operators, tags on their own lines. Line breaks
 * and empty lines stay where the author put them. Reading the text gives the same tree; comments other than
 * documentation are not in the tree, so they are not in the text.
 */
public final class Print {
  private static final int WIDEST = 120;

  private final TextLayout out = new TextLayout();
  private final ExpressionPrinter expressions = new ExpressionPrinter(out);

  private Print() {}

  public static String text(File file) {
    Print print = new Print();
    print.file(file);
    return print.out.toString();
  }

  private void file(File file) {
    boolean blank = false;
    if (!file.packageName().isEmpty()) {
      out.add("package " + file.packageName()).newLine();
      blank = true;
    }
    for (Import declaration : file.imports()) {
      out.add(importLine(declaration)).newLine();
      blank = true;
    }
    Top previous = null;
    boolean previousIsShort = false;
    for (Top declaration : file.declarations()) {
      boolean isShort = TextLayout.onOneLine(declaration.span());
      boolean joined = previousIsShort && isShort && !TextLayout.blankBetween(previous.span(), declaration.span());
      if (previous == null ? blank : !joined) {
        out.newLine();
      }
      top(declaration);
      out.newLine();
      previous = declaration;
      previousIsShort = isShort;
    }
  }

  private static String importLine(Import declaration) {
    String path = String.join(".", declaration.path().stream().map(Id::name).toList());
    String names = declaration.all() ? ".*"
        : declaration.names().isEmpty() ? ""
        : ".{" + String.join(", ", declaration.names().stream().map(Id::name).toList()) + "}";
    return "import " + path + names + (declaration.alias() == null ? "" : " as " + declaration.alias().name());
  }

  // ------------------------------------------------------------------------------------------------ declarations

  private void top(Top declaration) {
    head(declaration.doc(), declaration.tags());
    switch (declaration) {
      case Layer d -> {
        out.add("layer " + d.name().name());
        if (!d.params().isEmpty()) {
          params(d.name(), d.params());
        }
        valueOrBody(d.params().isEmpty() ? d.name() : d.params().getLast(), d.span(), d.stages(), d.body());
      }
      case Optimizer d -> {
        out.add("optimizer " + d.name().name());
        params(d.name(), d.params());
        valueOrBody(d.name(), d.span(), null, d.body());
      }
      case Model d -> model(d);
      case Train d -> {
        String model = String.join(".", d.model().stream().map(Id::name).toList());
        out.add("train " + d.name().name() + " for " + model + " ");
        StatementPrinter.block(out, d.span(), d.settings(), this::setting);
      }
      case Const d -> constant(d);
      case Fn d -> function(d);
    }
  }

  private void head(String doc, List<Tag> tags) {
    if (!doc.isEmpty()) {
      doc.lines().forEach(line -> out.add(line.isEmpty() ? "///" : "/// " + line).newLine());
    }
    for (Tag tag : tags) {
      out.add("#" + tag.name().name());
      if (!tag.args().isEmpty()) {
        expressions.args(tag.span(), tag.args());
      }
      out.newLine();
    }
  }

  private void valueOrBody(Syntax before, Span whole, Expr value, List<Member> body) {
    if (value != null) {
      expressions.statements().value(before.span(), value);
    } else {
      out.add(" ");
      StatementPrinter.block(out, whole, body, this::member);
    }
  }

  private void model(Model d) {
    out.add("model " + d.name().name());
    valueOrBody(d.name(), d.span(), d.value(), d.body());
    String separator = " with ";
    for (Setting setting : d.fixed()) {
      out.add(separator);
      setting(setting);
      separator = ", ";
    }
  }

  private void setting(Setting setting) {
    out.add(setting.name().name() + " = ");
    expressions.expr(setting.value());
  }

  private void params(Id name, List<Param> params) {
    expressions.items("(", name.span(), params, param -> {
      out.add(param.name().name());
      if (param.type() != null) {
        out.add(": ");
        expressions.type(param.type());
      }
      if (param.value() != null) {
        out.add(" = ");
        expressions.expr(param.value());
      }
    }, true, ")");
  }

  private void constant(Const d) {
    out.add("const " + d.name().name());
    if (d.type() != null) {
      out.add(": ");
      expressions.type(d.type());
    }
    expressions.statements().value(d.name().span(), d.value());
  }

  private void function(Fn d) {
    out.add((d.primitive() ? "prim " : "") + "fn " + d.name().name());
    params(d.name(), d.params());
    Syntax before = d.params().isEmpty() ? d.name() : d.params().getLast();
    if (d.result() != null) {
      result(d.result());
      before = d.result();
    }
    if (d.value() != null) {
      expressions.statements().value(before.span(), d.value());
    } else if (d.body() != null) {
      out.add(" ");
      expressions.statements().block(d.span(), d.body());
    }
    if (d.gradient() != null) {
      out.indented(() -> gradient(d.gradient()));
    }
  }

  private void result(Type type) {
    if (out.column() + TextLayout.firstLine(type.span()).length() + 6 > WIDEST) {
      out.indentedTo(out.indent() + 2 * TextLayout.STEP, () -> {
        out.newLine().add("-> ");
        expressions.type(type);
      });
    } else {
      out.add(" -> ");
      expressions.type(type);
    }
  }

  private void gradient(Gradient gradient) {
    out.newLine().add("grad (" + String.join(", ", gradient.cotangents().stream().map(Id::name).toList()) + ")");
    if (gradient.values() != null) {
      out.add(" = ");
      expressions.exprs(gradient.values());
    } else {
      out.add(" ");
      expressions.statements().block(gradient.span(), gradient.body());
    }
  }

  // ------------------------------------------------------------------------------------------------ members

  private void member(Member member) {
    switch (member) {
      case ParamDecl d -> stored("param", d.doc(), d.tags(), d.name(), d.type(), d.init());
      case BufferDecl d -> stored("buffer", d.doc(), d.tags(), d.name(), d.type(), d.init());
      case Const d -> {
        head(d.doc(), d.tags());
        constant(d);
      }
      case Field d -> {
        head(d.doc(), d.tags());
        out.add(d.name().name());
        expressions.statements().value(d.name().span(), d.value());
      }
      case Fn d -> {
        head(d.doc(), d.tags());
        function(d);
      }
      case MemberIf d -> memberIf(d);
      case Require d -> expressions.statements().require(d);
    }
  }

  private void stored(String word, String doc, List<Tag> tags, Id name, Type type, Expr init) {
    head(doc, tags);
    out.add(word + " " + name.name() + ": ");
    expressions.type(type);
    expressions.statements().value(type.span(), init);
  }

  private void memberIf(MemberIf choice) {
    out.add("if ");
    expressions.expr(choice.condition());
    out.add(" ");
    StatementPrinter.block(out, choice.span(), choice.then(), this::member);
    if (choice.otherwise().size() == 1 && choice.otherwise().getFirst() instanceof MemberIf next) {
      out.add(" else ");
      memberIf(next);
    } else if (!choice.otherwise().isEmpty()) {
      out.add(" else ");
      StatementPrinter.block(out, choice.span(), choice.otherwise(), this::member);
    }
  }
}
