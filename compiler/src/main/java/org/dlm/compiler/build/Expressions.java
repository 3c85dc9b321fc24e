package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** What an expression means in a scope. */
final class Expressions {
  private final Elaboration elaboration;

  Expressions(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Meaning evaluate(Syntax.Expr expr, Scope scope) {
    Meaning meaning = meaning(expr, scope);
    elaboration.saw(expr.span(), meaning);
    return meaning;
  }

  private Meaning meaning(Syntax.Expr expr, Scope scope) {
    return switch (expr) {
      case Syntax.Name n -> name(n, scope);
      case Syntax.Infer i -> new Meaning.Unknown();
      case Syntax.IntLit i -> Meaning.Int.of(i.value());
      case Syntax.FloatLit f -> new Meaning.Real(f.value());
      case Syntax.StringLit s -> new Meaning.Text(s.value());
      case Syntax.BoolLit b -> new Meaning.Bool(b.value());
      case Syntax.Access a -> access(a, scope);
      case Syntax.Call c -> elaboration.calls.evaluate(c, scope);
      case Syntax.Index i -> elaboration.indexing.evaluate(i, scope);
      case Syntax.Unary u -> elaboration.arithmetic.unary(u, evaluate(u.operand(), scope));
      case Syntax.Binary b -> binary(b, scope);
      case Syntax.Pipe p -> elaboration.stages.pipe(p, scope);
      case Syntax.Conditional c -> evaluate(condition(c.condition(), scope) ? c.then() : c.otherwise(), scope);
      case Syntax.For f -> elaboration.statements.loopValue(f, scope);
      case Syntax.Comprehension c -> comprehension(c, scope);
      case Syntax.ListOf l -> list(l, scope);
      case Syntax.Spread s -> dots(s.span(), scope);
      case Syntax.Tuple t -> new Meaning.Several(t.items().stream().map(i -> evaluate(i, scope)).toList(), List.of());
      case Syntax.Parens p -> evaluate(p.inner(), scope);
      case Syntax.Broken b -> throw new Reported();
    };
  }

  /** A value where the declared type (or null) tells how to read it: {@code init}, or a conversion. */
  Meaning typed(Syntax.Expr expr, Syntax.Type type, Scope scope) {
    return Kind.of(type) == Kind.INIT ? initialiser(expr, scope)
        : elaboration.arguments.convert(evaluate(expr, scope), type, expr.span());
  }

  /** Several expressions as one meaning: a tuple where there is more than one. */
  Meaning together(List<Syntax.Expr> exprs, Scope scope) {
    return exprs.size() == 1 ? evaluate(exprs.getFirst(), scope)
        : new Meaning.Several(exprs.stream().map(e -> evaluate(e, scope)).toList(), List.of());
  }

  // ------------------------------------------------------------------------------------------------ names

  private Meaning name(Syntax.Name name, Scope scope) {
    if (name.name().equals("training")) {
      return training(name.span());
    }
    Meaning found = scope.find(name.name());
    if (found == null) {
      found = predefined(name.name());
    }
    if (found == null && elaboration.unknownNames.contains(name.span())) {
      throw new Reported();
    }
    if (found == null) {
      throw elaboration.fail(unknownName(name.name(), name.span(), scope));
    }
    return read(found, name.span());
  }

  private Meaning training(Span at) {
    if (elaboration.trace() == null) {
      throw elaboration.fail(Code.E0401, at, "`training` is known only inside a `fn`",
          "members are the same for training and inference");
    }
    return new Meaning.Bool(elaboration.trace().training);
  }

  /** Names every file knows: numbers, and the functions that the compiler computes itself. */
  static Meaning predefined(String name) {
    return switch (name) {
      case "inf" -> new Meaning.Real(Double.POSITIVE_INFINITY);
      case "pi" -> new Meaning.Real(Math.PI);
      default -> CompileTime.NAMES.contains(name) ? new Meaning.Intrinsic(name) : null;
    };
  }

  static String noSuchName(String name) {
    return "there is no `" + name + "` here";
  }

  Diagnostic.Builder unknownName(String name, Span at, Scope scope) {
    List<String> known = new ArrayList<>(scope.visible());
    known.addAll(CompileTime.NAMES);
    return elaboration.at(Code.E0201, at, noSuchName(name)).label(Suggest.didYouMean(name, known));
  }

  /** A variable becomes its tensor, a tensor gets the form that the facts give its shape. */
  private Meaning read(Meaning found, Span at) {
    return switch (found) {
      case Meaning.Poison p -> throw new Reported();
      case Meaning.Variable v -> new Meaning.Tensor(elaboration.tensors.variable(v.instance(), v.name(), at));
      case Meaning.Tensor t when elaboration.trace() != null ->
          new Meaning.Tensor(elaboration.tensors.normal(t.value()));
      case Meaning.Int i when elaboration.trace() != null ->
          new Meaning.Int(elaboration.trace().facts.normal(i.value()));
      default -> found;
    };
  }

  private Meaning access(Syntax.Access access, Scope scope) {
    Meaning target = evaluate(access.target(), scope);
    String name = access.name().name();
    switch (target) {
      case Meaning.Built(Instance instance) when !DeclaredMembers.names(instance).contains(name) -> { }
      case Meaning.Built(Instance instance) -> {
        elaboration.construction.ready(instance, access.span());
        Meaning member = instance.scope().own(name);
        if (member != null) {
          return read(member, access.span());
        }
      }
      case Meaning.Several(List<Meaning> items, List<String> names) -> {
        if (names.contains(name)) {
          return items.get(names.indexOf(name));
        }
      }
      default -> { }
    }
    List<String> known = switch (target) {
      case Meaning.Built b -> List.copyOf(DeclaredMembers.names(b.instance()));
      case Meaning.Several s -> s.names().stream().filter(n -> n != null).toList();
      default -> List.of();
    };
    throw elaboration.fail(Code.E0201, access.name().span(), target.kind() + " has no `" + name + "`",
        Suggest.didYouMean(name, known));
  }

  /** What {@code ...} of the signature around stands for. */
  private Meaning dots(Span span, Scope scope) {
    Meaning dims = scope.find("...");
    if (dims == null) {
      throw elaboration.fail(Code.E0401, span, "`...` stands for nothing here",
          "no input of this function has `...` in its type");
    }
    return dims;
  }

  // ------------------------------------------------------------------------------------------------ operators

  private Meaning binary(Syntax.Binary b, Scope scope) {
    Meaning left = evaluate(b.left(), scope);
    if (left instanceof Meaning.Bool(boolean value)
        && (b.op().equals("and") && !value || b.op().equals("or") && value)) {
      return left;
    }
    return elaboration.arithmetic.binary(b, left, evaluate(b.right(), scope));
  }

  /** The value of a condition, which must be known while compiling. */
  boolean condition(Syntax.Expr expr, Scope scope) {
    Meaning value = evaluate(expr, scope);
    if (value instanceof Meaning.Bool(boolean b)) {
      return b;
    }
    if (value instanceof Meaning.Unknown) {
      throw elaboration.fail(Code.E0404, expr.span(), "this condition depends on something that is not inferred yet",
          "");
    }
    Diagnostic.Builder problem = elaboration.at(Code.E0401, expr.span(),
        "`if` needs a condition that is known while compiling").label("this is " + value.kind());
    throw elaboration.fail(value instanceof Meaning.Tensor
        ? problem.help("to choose by data, element by element, use `select(condition, a, b)`") : problem);
  }

  // ------------------------------------------------------------------------------------------------ lists

  private Meaning list(Syntax.ListOf list, Scope scope) {
    List<Meaning> items = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    for (Syntax.Expr item : list.items()) {
      Meaning value = evaluate(item, scope);
      if (item instanceof Syntax.Spread && value instanceof Meaning.Dims(var dims)) {
        dims.forEach(d -> {
          items.add(new Meaning.Int(d));
          spans.add(item.span());
        });
      } else {
        items.add(value);
        spans.add(item.span());
      }
    }
    return new Meaning.Items(List.copyOf(items), java.util.Collections.unmodifiableList(spans));
  }

  private Meaning comprehension(Syntax.Comprehension c, Scope scope) {
    List<Meaning> items = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    generate(c, 0, scope, items, spans);
    return new Meaning.Items(List.copyOf(items), List.copyOf(spans));
  }

  private void generate(Syntax.Comprehension c, int depth, Scope scope, List<Meaning> items, List<Span> spans) {
    if (depth == c.generators().size()) {
      items.add(evaluate(c.element(), scope));
      spans.add(c.element().span());
      return;
    }
    Syntax.Generator generator = c.generators().get(depth);
    List<Meaning> over = items(evaluate(generator.in(), scope), generator.in().span());
    for (int i = 0; i < over.size(); i++) {
      Scope round = scope.ofIteration(i);
      if (!generator.target().name().equals("_")) {
        round.define(generator.target().name(), over.get(i));
        elaboration.saw(generator.target().span(), over.get(i));
      }
      generate(c, depth + 1, round, items, spans);
    }
  }

  /** The items of something that must be a list. */
  List<Meaning> items(Meaning value, Span at) {
    return switch (value) {
      case Meaning.Items(List<Meaning> items, var spans) -> items;
      case Meaning.Several(List<Meaning> items, var names) -> items;
      case Meaning.Dims(var dims) -> dims.stream().map(d -> (Meaning) new Meaning.Int(d)).toList();
      default -> {
        Diagnostic.Builder problem = elaboration.at(Code.E0206, at, "a list is needed here")
            .label("this is " + value.kind());
        throw elaboration.fail(value instanceof Meaning.Tensor
            ? problem.help("to walk a tensor along an axis: `for x in xs along T { ... }`") : problem);
      }
    };
  }

  // ------------------------------------------------------------------------------------------------ initialisers

  /**
   * An expression where an initialiser is expected: {@code zeros}, {@code normal(0.0, 0.02)}, an {@code init} of the
   * scope.
   */
  Meaning initialiser(Syntax.Expr expr, Scope scope) {
    return switch (expr) {
      case Syntax.Parens p -> initialiser(p.inner(), scope);
      case Syntax.Infer i -> new Meaning.Unknown();
      case Syntax.Conditional c -> initialiser(condition(c.condition(), scope) ? c.then() : c.otherwise(), scope);
      case Syntax.Name n -> {
        Meaning found = scope.find(n.name());
        if (found instanceof Meaning.Initial) {
          yield found;
        }
        yield initialiser(n.name(), n.span(), List.of(), scope);
      }
      case Syntax.Call c when c.callee() instanceof Syntax.Name n -> initialiser(n.name(), c.span(), c.args(), scope);
      default -> {
        Meaning value = evaluate(expr, scope);
        if (value instanceof Meaning.Initial) {
          yield value;
        }
        throw elaboration.fail(Code.E0206, expr.span(), "an initialiser is needed here", "this is " + value.kind());
      }
    };
  }

  private Meaning initialiser(String name, Span at, List<Syntax.Arg> args, Scope scope) {
    Syntax.Fn fn = Prelude.shared().findInitialiser(name);
    Scope home = elaboration.declarations.preludeScope();
    if (fn == null && scope.find(name) instanceof Meaning.Function f && Kind.of(f.fn().result()) == Kind.INIT) {
      fn = f.fn();
      home = f.scope();
    }
    if (fn == null) {
      if (scope.find(name) instanceof Meaning.Unknown) {
        return new Meaning.Unknown();
      }
      Meaning other = scope.find(name);
      if (other == null && elaboration.unknownNames.stream()
          .anyMatch(n -> n.start() == at.start() && n.file().equals(at.file()))) {
        throw new Reported();
      }
      throw elaboration.fail(Code.E0206, at, "an initialiser is needed here", other != null ? "this is " + other.kind()
          : Suggest.didYouMean(name, Prelude.shared().initialiserNames()));
    }
    return elaboration.calls.initialiser(fn, home, args, at, scope);
  }
}
