package org.dlm.compiler.syntax;

import java.util.List;
import org.dlm.compiler.source.Span;

/**
 * The file as written: a tree without meaning. Every node knows its span. Names are kept with their own span
 * ({@link Id}) so that a message can point at just the name. Nullable components are marked "or null".
 */
public sealed interface Syntax {
  Span span();

  record Id(Span span, String name) implements Syntax {}

  /** {@code packageName} is "" where none is declared. */
  record File(Span span, String packageName, List<Import> imports, List<Top> declarations) implements Syntax {}

  /** {@code import a.b}, {@code import a.b.{c, d}}, {@code import a.b.*}; {@code alias} or null. */
  record Import(Span span, List<Id> path, List<Id> names, boolean all, Id alias) implements Syntax {}

  /** {@code #remat}, {@code #kernel("softmax")}. */
  record Tag(Span span, Id name, List<Arg> args) implements Syntax {}

  // ------------------------------------------------------------------------------------------------ declarations

  /**
   * What stands at the top of a file. {@code doc} is the text of its {@code ///} lines, "" if none. Of a declaration
   * with a syntax error only the name is kept: {@code stages} of a layer, {@code value} of a model, fn or const is
   * {@link Broken}, and there are no parameters; whatever uses that name is not at fault.
   */
  sealed interface Top extends Syntax {
    Id name();

    List<Tag> tags();

    String doc();
  }

  /**
   * {@code layer L(params) = stages} ({@code body} null) or {@code layer L(params) { members }} ({@code stages} null).
   */
  record Layer(Span span, Id name, List<Tag> tags, String doc, List<Param> params, Expr stages, List<Member> body)
      implements Top {}

  record Optimizer(Span span, Id name, List<Tag> tags, String doc, List<Param> params, List<Member> body)
      implements Top {}

  /** {@code model M = value with N = 1} ({@code body} null) or {@code model M { members }} ({@code value} null). */
  record Model(Span span, Id name, List<Tag> tags, String doc, Expr value, List<Setting> fixed, List<Member> body)
      implements Top {}

  record Train(Span span, Id name, List<Tag> tags, String doc, List<Id> model, List<Setting> settings)
      implements Top {}

  record Setting(Span span, Id name, Expr value) implements Syntax {}

  /** What stands in a layer, model or optimizer. */
  sealed interface Member extends Syntax {}

  record ParamDecl(Span span, List<Tag> tags, String doc, Id name, Type type, Expr init) implements Member {}

  record BufferDecl(Span span, List<Tag> tags, String doc, Id name, Type type, Expr init) implements Member {}

  /** {@code type} or null. */
  record Const(Span span, List<Tag> tags, String doc, Id name, Type type, Expr value) implements Top, Member {}

  record Field(Span span, List<Tag> tags, String doc, Id name, Expr value) implements Member {}

  record MemberIf(Span span, Expr condition, List<Member> then, List<Member> otherwise) implements Member {}

  /**
   * {@code fn}: {@code value} ({@code = expr}) or {@code body} (block), both null for a {@code prim fn};
   * {@code result} or null; {@code gradient} or null.
   */
  record Fn(Span span, Id name, List<Tag> tags, String doc, boolean primitive, List<Param> params, Type result,
      Expr value,
            List<Stmt> body, Gradient gradient) implements Top, Member {}

  /** {@code grad (dy) = a, b} ({@code body} null) or with a block ({@code values} null). */
  record Gradient(Span span, List<Id> cotangents, List<Expr> values, List<Stmt> body) implements Syntax {}

  /** {@code type} or null, {@code value} (the default) or null. */
  record Param(Span span, Id name, Type type, Expr value) implements Syntax {}

  // ------------------------------------------------------------------------------------------------ statements

  sealed interface Stmt extends Syntax {}

  record Return(Span span, List<Expr> values) implements Stmt {}

  record Yield(Span span, List<Expr> values) implements Stmt {}

  /** Also a member of layers and models. {@code message} or null. */
  record Require(Span span, Expr condition, String message) implements Stmt, Member {}

  /** {@code otherwise} is empty where there is no else. */
  record If(Span span, Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {}

  record Loop(Span span, For loop) implements Stmt {}

  /** {@code a, _ = e}: a target named "_" is ignored. {@code type} or null (only with one target). */
  record Bind(Span span, List<Id> targets, Type type, Expr value) implements Stmt {}

  /** {@code b := e} */
  record Update(Span span, Id buffer, Expr value) implements Stmt {}

  // ------------------------------------------------------------------------------------------------ expressions

  sealed interface Expr extends Syntax {}

  record Name(Span span, String name) implements Expr {}

  /** The {@code _} of "you work it out". */
  record Infer(Span span) implements Expr {}

  record IntLit(Span span, long value) implements Expr {}

  record FloatLit(Span span, double value) implements Expr {}

  record StringLit(Span span, String value) implements Expr {}

  record BoolLit(Span span, boolean value) implements Expr {}

  record Access(Span span, Expr target, Id name) implements Expr {}

  record Call(Span span, Expr callee, List<Arg> args) implements Expr {}

  /** {@code name} or null. */
  record Arg(Span span, Id name, Expr value) implements Syntax {}

  record Index(Span span, Expr target, List<IndexItem> items) implements Expr {}

  sealed interface IndexItem extends Syntax {}

  /** {@code ...}: in an index, a list, a type. */
  record Dots(Span span) implements IndexItem, DimItem {}

  record At(Span span, Expr value) implements IndexItem {}

  /** {@code from:to}; either or null. */
  record Slice(Span span, Expr from, Expr to) implements IndexItem {}

  /** {@code op} is "-" or "not"; {@code opSpan} the operator itself. */
  record Unary(Span span, String op, Span opSpan, Expr operand) implements Expr {}

  /** {@code op} as written: {@code ** * / % @ + - ..< < <= > >= == != and or}. */
  record Binary(Span span, String op, Span opSpan, Expr left, Expr right) implements Expr {}

  record Pipe(Span span, Expr value, Expr stage) implements Expr {}

  record Conditional(Span span, Expr condition, Expr then, Expr otherwise) implements Expr {}

  /** {@code along} : axis name ({@link Name}) or number ({@link IntLit}), or null for an unrolled loop. */
  record For(Span span, List<Id> targets, List<Expr> in, Expr along, List<Stmt> body) implements Expr {}

  record Comprehension(Span span, Expr element, List<Generator> generators) implements Expr {}

  record Generator(Span span, Id target, Expr in) implements Syntax {}

  /** A list; an item {@link Spread} is the {@code ...} of a shape passed as a value. */
  record ListOf(Span span, List<Expr> items) implements Expr {}

  record Spread(Span span) implements Expr {}

  record Tuple(Span span, List<Expr> items) implements Expr {}

  /** {@code (e)}; kept so that the printer gives back what was written. */
  record Parens(Span span, Expr inner) implements Expr {}

  /** Where the text could not be understood; already reported. Later stages keep silent about it. */
  record Broken(Span span) implements Expr {}

  // ------------------------------------------------------------------------------------------------ types

  sealed interface Type extends Syntax {}

  /** {@code [N, d]}, {@code i32[N]}, {@code int[]}: {@code element} or null. */
  record TensorType(Span span, Id element, List<DimItem> dims) implements Type {}

  sealed interface DimItem extends Syntax {}

  record DimExpr(Span span, Expr value) implements DimItem {}

  record TupleType(Span span, List<TupleItem> items) implements Type {}

  /** {@code name} or null. */
  record TupleItem(Span span, Id name, Type type) implements Syntax {}

  /** {@code int float bool str fn init}. */
  record SimpleType(Span span, String name) implements Type {}

  record InferredType(Span span) implements Type {}
}
