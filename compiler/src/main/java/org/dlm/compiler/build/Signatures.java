package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Facts;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Shapes in signatures against shapes of arguments and results. Upper-case names bind at their first bare occurrence;
 * then compound dims are checked, or solved where one name in them is still open.
 */
final class Signatures {
  /** The name that {@code ...} has in a frame. */
  static final String DOTS = "...";

  private final Elaboration elaboration;
  private final ShapeMessages messages;

  /** A tensor parameter and what it is given (a tensor or a number). */
  record Input(Syntax.Param param, Syntax.TensorType type, Meaning value, Span span, int ordinal) {
    Value tensor() {
      return value instanceof Meaning.Tensor(Value v) ? v : null;
    }
  }

  /** A dim of a signature beside the axis it describes. */
  record Aligned(Syntax.DimExpr item, int axis) {}

  /** The call whose arguments are checked. */
  record Call(Meaning.Function function, Scope frame, Span site, boolean piped) {}

  Signatures(Elaboration elaboration) {
    this.elaboration = elaboration;
    messages = new ShapeMessages(elaboration);
  }

  static boolean isOpen(String name) {
    return Character.isUpperCase(name.charAt(0));
  }

  // ------------------------------------------------------------------------------------------------ arguments

  void bind(Meaning.Function f, List<Input> inputs, Scope frame, Span site, boolean piped) {
    Call call = new Call(f, frame, site, piped);
    List<Input> tensors = inputs.stream().filter(i -> i.tensor() != null).toList();
    for (Input input : tensors) {
      DType element = element(input.type());
      if (element != input.tensor().type().element()) {
        throw elaboration.fail(messages.element(call, input, element));
      }
      if (align(input.type(), input.tensor().shape()) == null) {
        throw elaboration.fail(messages.rank(call, input));
      }
    }
    tensors.forEach(i -> dots(call, i));
    tensors.forEach(i -> align(i.type(), i.tensor().shape()).forEach(a -> bare(call, i, a)));
    tensors.forEach(i -> align(i.type(), i.tensor().shape()).forEach(a -> compound(call, i, a)));
  }

  /** What the elements are; a name that is none is an error. */
  DType element(Syntax.TensorType type) {
    DType element = Kind.element(type);
    if (element == null) {
      throw elaboration.fail(Code.E0201, type.element().span(),
          "there is no element type `" + type.element().name() + "`", "f32, i32 and bool are the element types");
    }
    return element;
  }

  /** The written dims beside their axes, or null where the number of axes is different. */
  static List<Aligned> align(Syntax.TensorType type, Shape shape) {
    int dots = dotsAt(type);
    int written = type.dims().size() - (dots < 0 ? 0 : 1);
    if (dots < 0 ? shape.rank() != written : shape.rank() < written) {
      return null;
    }
    List<Aligned> aligned = new ArrayList<>();
    for (int i = 0; i < type.dims().size(); i++) {
      if (type.dims().get(i) instanceof Syntax.DimExpr dim) {
        aligned.add(new Aligned(dim, dots < 0 || i < dots ? i : shape.rank() - (type.dims().size() - i)));
      }
    }
    return aligned;
  }

  private static int dotsAt(Syntax.TensorType type) {
    for (int i = 0; i < type.dims().size(); i++) {
      if (type.dims().get(i) instanceof Syntax.Dots) {
        return i;
      }
    }
    return -1;
  }

  private void dots(Call call, Input input) {
    int at = dotsAt(input.type());
    if (at < 0) {
      return;
    }
    Shape shape = input.tensor().shape();
    List<Dim> here = shape.dims().subList(at, shape.rank() - (input.type().dims().size() - 1 - at));
    if (!(call.frame().own(DOTS) instanceof Meaning.Dims(List<Dim> before))) {
      call.frame().define(DOTS, new Meaning.Dims(List.copyOf(here)));
      return;
    }
    if (before.size() != here.size()) {
      throw elaboration.fail(messages.dots(call, input, before, here));
    }
    for (int i = 0; i < here.size(); i++) {
      require(call, input, at + i, before.get(i), here.get(i), null);
    }
  }

  private void bare(Call call, Input input, Aligned aligned) {
    if (!(aligned.item().value() instanceof Syntax.Name(Span span, String name))) {
      return;
    }
    Dim actual = input.tensor().shape().dim(aligned.axis());
    if (isOpen(name)) {
      if (call.frame().own(name) instanceof Meaning.Int(Dim bound)) {
        require(call, input, aligned.axis(), bound, actual, aligned.item());
      } else {
        call.frame().define(name, new Meaning.Int(actual));
        elaboration.saw(span, new Meaning.Int(actual));
      }
      return;
    }
    require(call, input, aligned.axis(), dim(aligned.item().value(), call.frame()), actual, aligned.item());
  }

  private void compound(Call call, Input input, Aligned aligned) {
    Syntax.Expr written = aligned.item().value();
    if (written instanceof Syntax.Name || written instanceof Syntax.Infer) {
      return;
    }
    Dim actual = input.tensor().shape().dim(aligned.axis());
    Set<String> open = openNames(written, call.frame());
    if (open.isEmpty()) {
      require(call, input, aligned.axis(), dim(written, call.frame()), actual, aligned.item());
      return;
    }
    String name = open.iterator().next();
    Scope trial = call.frame().ofFunction();
    trial.define(name, new Meaning.Int(Dim.symbol("?")));
    Dim solution = open.size() > 1 ? null : Facts.solve(dim(written, trial).minus(actual), "?").orElse(null);
    if (solution == null) {
      throw elaboration.fail(messages.unsolved(call, input, aligned, actual, open));
    }
    call.frame().define(name, new Meaning.Int(solution));
  }

  /** The upper-case names in a dim that nothing has bound yet. */
  static Set<String> openNames(Syntax.Expr expr, Scope frame) {
    Set<String> names = new TreeSet<>();
    names(expr).forEach(n -> names.add(n.name()));
    names.removeIf(n -> !isOpen(n) || frame.own(n) != null);
    return names;
  }

  /** The names in a dim as written. */
  static List<Syntax.Name> names(Syntax.Expr expr) {
    List<Syntax.Name> found = new ArrayList<>();
    collect(expr, found);
    return found;
  }

  private static void collect(Syntax.Expr expr, List<Syntax.Name> found) {
    switch (expr) {
      case Syntax.Name n -> found.add(n);
      case Syntax.Parens p -> collect(p.inner(), found);
      case Syntax.Unary u -> collect(u.operand(), found);
      case Syntax.Binary b -> {
        collect(b.left(), found);
        collect(b.right(), found);
      }
      case Syntax.Call c -> c.args().forEach(a -> collect(a.value(), found));
      case Syntax.Index i -> collect(i.target(), found);
      default -> { }
    }
  }

  private void require(Call call, Input input, int axis, Dim expected, Dim actual, Syntax.DimExpr item) {
    switch (elaboration.trace(call.site()).facts.equal(expected, actual)) {
      case YES -> { }
      case NO -> throw elaboration.fail(messages.different(call, input, axis, expected, item));
      case UNKNOWN -> throw elaboration.fail(messages.undecided(call, input, axis, expected, actual));
    }
  }

  /** A dim as written, evaluated. */
  Dim dim(Syntax.Expr written, Scope scope) {
    Meaning value = elaboration.expressions.evaluate(written, scope);
    if (value instanceof Meaning.Int(Dim dim)) {
      return dim;
    }
    if (value instanceof Meaning.Unknown) {
      throw elaboration.fail(Code.E0404, written.span(), "`" + written.span().text() + "` is not inferred yet", "");
    }
    throw elaboration.fail(Code.E0206, written.span(), "a dim must be an int", "this is " + value.kind());
  }

  /**
   * Gives the parameter its meaning in the body: its tensor, or a number as a tensor of the written shape where that is
   * known.
   */
  void define(Input input, Scope frame) {
    Meaning value = input.value();
    if (input.tensor() == null && elaboration.trace() != null && !input.type().dims().isEmpty()) {
      boolean known = input.type().dims().stream().allMatch(d -> d instanceof Syntax.Dots ? frame.own(DOTS) != null
          : openNames(((Syntax.DimExpr) d).value(), frame).isEmpty());
      if (known) {
        Shape shape = shape(input.type(), frame);
        Value number = elaboration.tensors.tensor(value, element(input.type()), input.span());
        value = new Meaning.Tensor(elaboration.tensors.add(input.span(), o -> o.broadcast(number, shape)));
      }
    }
    frame.define(input.param().name().name(), value);
    elaboration.saw(input.param().name().span(), value);
  }

  /** A written shape with all dims known. */
  Shape shape(Syntax.TensorType type, Scope scope) {
    List<Dim> dims = new ArrayList<>();
    for (Syntax.DimItem item : type.dims()) {
      switch (item) {
        case Syntax.Dots d -> {
          Meaning found = scope.find(DOTS);
          if (!(found instanceof Meaning.Dims(List<Dim> bound))) {
            throw elaboration.fail(Code.E0305, d.span(), "`...` stands for nothing here",
                "no input has `...` in its shape");
          }
          dims.addAll(bound);
        }
        case Syntax.DimExpr d -> dims.add(dim(d.value(), scope));
      }
    }
    return new Shape(dims);
  }

  // ------------------------------------------------------------------------------------------------ results

  Meaning checkResult(Meaning.Function f, Meaning result, Scope frame, Span site) {
    return check(f, result, f.fn().result(), frame, resultSpan(f.fn()));
  }

  /** Where the result of a function is written. */
  static Span resultSpan(Syntax.Fn fn) {
    return fn.value() != null ? fn.value().span()
        : fn.body() != null && !fn.body().isEmpty() ? fn.body().getLast().span() : fn.span();
  }

  private Meaning check(Meaning.Function f, Meaning result, Syntax.Type type, Scope frame, Span at) {
    return switch (type) {
      case Syntax.TupleType tuple -> {
        if (!(result instanceof Meaning.Several(List<Meaning> items, var names))
            || items.size() != tuple.items().size()) {
          throw elaboration.fail(Code.E0206, at,
              "`" + Calls.nameOf(f) + "` promises " + tuple.items().size() + " results", "this is " + result.kind());
        }
        List<Meaning> checked = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          checked.add(check(f, items.get(i), tuple.items().get(i).type(), frame, at));
          given.add(tuple.items().get(i).name() == null ? null : tuple.items().get(i).name().name());
        }
        yield new Meaning.Several(checked, java.util.Collections.unmodifiableList(given));
      }
      case Syntax.TensorType t when Kind.of(t) == Kind.TENSOR -> tensorResult(f, result, t, frame, at);
      case null -> result;
      default -> elaboration.arguments.convert(result, type, at);
    };
  }

  private Meaning tensorResult(Meaning.Function f, Meaning result, Syntax.TensorType type, Scope frame, Span at) {
    if (elaboration.trace() == null && Arithmetic.isKnown(result)) {
      return result;
    }
    boolean compileTime = Arithmetic.isKnown(result) && frame.own(DOTS) == null && dotsAt(type) >= 0;
    if (compileTime) {
      return result;
    }
    DType element = element(type);
    Value value = elaboration.tensors.tensor(result, element, at);
    if (value.type().element() != element) {
      throw elaboration.fail(Code.E0307, at, "`" + Calls.nameOf(f) + "` promises " + element.source() + " elements",
          "this is " + value.type());
    }
    List<Aligned> aligned = align(type, value.shape());
    List<Dim> dims = new ArrayList<>(value.shape().dims());
    int dots = dotsAt(type);
    if (aligned == null || dots >= 0 && frame.own(DOTS) instanceof Meaning.Dims(var bound)
        && bound.size() + type.dims().size() - 1 != value.shape().rank()) {
      throw elaboration.fail(messages.resultRank(f, value, type, frame, at));
    }
    if (dots >= 0 && frame.own(DOTS) instanceof Meaning.Dims(var bound)) {
      for (int i = 0; i < bound.size(); i++) {
        dims.set(dots + i, bound.get(i));
      }
    }
    for (Aligned a : aligned) {
      if (!(a.item().value() instanceof Syntax.Infer)) {
        Set<String> open = openNames(a.item().value(), frame);
        if (!open.isEmpty()) {
          throw elaboration.fail(Code.E0305, a.item().span(), "`" + open.iterator().next()
              + "` is in the shape of the result, but in no input's", "write `_` to have it inferred from the body");
        }
        dims.set(a.axis(), dim(a.item().value(), frame));
      }
    }
    String what = "`" + Calls.nameOf(f) + "`";
    return new Meaning.Tensor(result(value, new Shape(dims), what, at, type.span()));
  }

  /** The value, proved to have that shape; where only facts prove it, under that shape. */
  Value result(Value value, Shape promised, String what, Span at, Span typeSpan) {
    if (value.shape().rank() != promised.rank()) {
      if (value.shape().rank() == 0) {
        return elaboration.tensors.add(at, o -> o.broadcast(value, promised));
      }
      throw elaboration.fail(messages.result(value, promised, what, at, typeSpan));
    }
    Trace trace = elaboration.trace(at);
    for (int i = 0; i < promised.rank(); i++) {
      switch (trace.facts.equal(promised.dim(i), value.shape().dim(i))) {
        case YES -> { }
        case NO -> throw elaboration.fail(messages.result(value, promised, what, at, typeSpan));
        case UNKNOWN -> throw elaboration.fail(messages.resultUndecided(value, promised, i, what, at, typeSpan));
      }
    }
    Shape shape = trace.facts.normal(promised);
    return shape.equals(value.shape()) ? value : new Operators(trace.graph).recast(value, shape);
  }

  // ------------------------------------------------------------------------------------------------ inference

  /**
   * Binds the hyper-parameters of a waiting instance that stand alone in the shape of an input, or can be solved from
   * it.
   */
  void infer(Instance instance, Syntax.Fn fn, List<Meaning.Argument> args) {
    List<Syntax.Param> params = fn.params();
    for (int i = 0; i < Math.min(args.size(), params.size()); i++) {
      if (args.get(i).value() instanceof Meaning.Tensor(Value value)
          && params.get(i).type() instanceof Syntax.TensorType type
          && Kind.of(type) == Kind.TENSOR && align(type, value.shape()) instanceof List<Aligned> aligned) {
        aligned.forEach(a -> inferFrom(instance, a.item().value(), value.shape().dim(a.axis())));
      }
    }
  }

  /** The message for a first application to a tensor with another number of axes than the signature has. */
  org.dlm.compiler.diagnostic.Diagnostic.Builder rankMismatch(Instance instance, Syntax.Fn fn,
      List<Meaning.Argument> args, Span site) {
    Syntax.Param param = fn.params().getFirst();
    Input input = new Input(param, (Syntax.TensorType) param.type(), args.getFirst().value(), site, 0);
    return messages.rank(new Call(new Meaning.Function(fn, instance.scope(), List.of()), instance.scope().ofFunction(),
        site, true), input);
  }

  private void inferFrom(Instance instance, Syntax.Expr written, Dim actual) {
    Set<String> names = new TreeSet<>();
    names(written).forEach(n -> names.add(n.name()));
    names.retainAll(DeclaredMembers.pending(instance));
    if (names.size() != 1) {
      return;
    }
    String name = names.iterator().next();
    if (written instanceof Syntax.Name) {
      instance.scope().define(name, new Meaning.Int(actual));
      return;
    }
    Scope trial = instance.scope().ofFunction();
    trial.define(name, new Meaning.Int(Dim.symbol("?")));
    elaboration.succeeds(() -> Facts.solve(dim(written, trial).minus(actual), "?")
        .ifPresent(d -> instance.scope().define(name, new Meaning.Int(d))));
  }
}
