package org.dlm.editor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Finds out what each name of a file is, by the rules of scopes. Members of instances follow from what was seen when
 * the file was elaborated.
 */
final class ResolveNames {
  private final Surroundings surroundings;
  private final Sightings sightings;
  private final Map<Syntax, Symbol> symbols = new IdentityHashMap<>();
  private final List<NameTable.Occurrence> occurrences = new ArrayList<>();
  private final List<Syntax.Expr> expressions = new ArrayList<>();
  private final Map<Span, Syntax.Call> calls = new HashMap<>();

  /** Names that are only known here: {@code initialisers} and {@code schedules} of the library. */
  private enum Place { USUAL, INITIALISER, RATE }

  private Place place = Place.USUAL;

  /** Names and what they are, one inside the other. */
  private static final class Names {
    private final Names around;
    private final boolean loop;
    private final Map<String, Symbol> own = new HashMap<>();

    Names(Names around, boolean loop) {
      this.around = around;
      this.loop = loop;
    }

    Symbol find(String name) {
      Symbol found = own.get(name);
      return found != null || around == null ? found : around.find(name);
    }

    /** The variable that binding the name here binds anew, or null. */
    Symbol rebound(String name) {
      Symbol found = own.get(name);
      return found != null || !loop ? found : around.rebound(name);
    }
  }

  private ResolveNames(Surroundings surroundings, Sightings sightings) {
    this.surroundings = surroundings;
    this.sightings = sightings;
  }

  static NameTable of(Syntax.File file, Surroundings surroundings, Sightings sightings) {
    ResolveNames pass = new ResolveNames(surroundings, sightings);
    file.imports().forEach(pass::imports);
    file.declarations().forEach(pass::top);
    return new NameTable(List.copyOf(pass.occurrences), List.copyOf(pass.expressions), Map.copyOf(pass.calls));
  }

  private void occurs(Span span, Symbol symbol) {
    occurrences.add(new NameTable.Occurrence(span, symbol));
  }

  private Symbol symbol(Syntax.Top top) {
    return symbols.computeIfAbsent(top, _ -> Symbol.of(top));
  }

  private Symbol symbol(Syntax.Param param) {
    return symbols.computeIfAbsent(param, _ -> Symbol.of(param));
  }

  private Symbol symbol(Syntax.Member member) {
    return symbols.computeIfAbsent(member, _ -> Symbol.of(member));
  }

  // ------------------------------------------------------------------------------------------------ declarations

  private void imports(Syntax.Import statement) {
    String path = Surroundings.path(statement.path());
    for (Syntax.Id name : statement.names()) {
      surroundings.in(path, name.name()).ifPresent(top -> occurs(name.span(), symbol(top)));
    }
    surroundings.imported(statement).ifPresent(top -> occurs(statement.path().getLast().span(), symbol(top)));
  }

  private void top(Syntax.Top top) {
    occurs(top.name().span(), symbol(top));
    Names none = new Names(null, false);
    switch (top) {
      case Syntax.Layer l -> layer(l.params(), l, l.stages());
      case Syntax.Optimizer o -> layer(o.params(), o, null);
      case Syntax.Model m -> {
        layer(List.of(), m, m.value());
        m.fixed().forEach(setting -> expr(setting.value(), none));
      }
      case Syntax.Fn fn -> function(fn, none);
      case Syntax.Const c -> expr(c.value(), none);
      case Syntax.Train t -> recipe(t);
    }
  }

  private void layer(List<Syntax.Param> params, Syntax.Top declaration, Syntax.Expr stages) {
    Names names = new Names(null, false);
    params.forEach(p -> parameter(p, names));
    for (Syntax.Member member : Members.of(declaration)) {
      if (symbol(member) instanceof Symbol symbol) {
        names.own.put(symbol.name(), symbol);
        occurs(symbol.declared(), symbol);
      }
    }
    params.forEach(p -> defaultOf(p, names));
    if (stages != null) {
      expr(stages, names);
    }
    if (declaration instanceof Syntax.Layer l && l.body() != null) {
      members(l.body(), names);
    } else if (declaration instanceof Syntax.Model m && m.body() != null) {
      members(m.body(), names);
    } else if (declaration instanceof Syntax.Optimizer o) {
      members(o.body(), names);
    }
  }

  private void parameter(Syntax.Param param, Names names) {
    Symbol symbol = symbol(param);
    names.own.put(symbol.name(), symbol);
    occurs(symbol.declared(), symbol);
  }

  private void defaultOf(Syntax.Param param, Names names) {
    if (param.value() != null) {
      boolean initialiser = param.type() instanceof Syntax.SimpleType t && t.name().equals("init");
      inPlace(initialiser ? Place.INITIALISER : Place.USUAL, param.value(), names);
    }
  }

  private void inPlace(Place here, Syntax.Expr expr, Names names) {
    Place before = place;
    place = here;
    expr(expr, names);
    place = before;
  }

  private void members(List<Syntax.Member> members, Names names) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> {
          type(p.type(), names, false);
          inPlace(Place.INITIALISER, p.init(), names);
        }
        case Syntax.BufferDecl b -> {
          type(b.type(), names, false);
          inPlace(Place.INITIALISER, b.init(), names);
        }
        case Syntax.Const c -> expr(c.value(), names);
        case Syntax.Field f -> expr(f.value(), names);
        case Syntax.Fn f -> function(f, names);
        case Syntax.MemberIf i -> {
          expr(i.condition(), names);
          members(i.then(), names);
          members(i.otherwise(), names);
        }
        case Syntax.Require r -> expr(r.condition(), names);
      }
    }
  }

  private void function(Syntax.Fn fn, Names around) {
    Names names = new Names(around, false);
    fn.params().forEach(p -> parameter(p, names));
    fn.params().forEach(p -> type(p.type(), names, true));
    fn.params().forEach(p -> defaultOf(p, names));
    type(fn.result(), names, false);
    if (fn.value() != null) {
      expr(fn.value(), names);
    }
    if (fn.body() != null) {
      block(fn.body(), names);
    }
    if (fn.gradient() != null) {
      fn.gradient().cotangents().forEach(c -> binds(c, names));
      if (fn.gradient().values() != null) {
        fn.gradient().values().forEach(v -> expr(v, names));
      } else {
        block(fn.gradient().body(), names);
      }
    }
  }

  private void recipe(Syntax.Train recipe) {
    Optional<Syntax.Top> model = surroundings.model(recipe);
    model.ifPresent(m -> occurs(recipe.model().getLast().span(), symbol(m)));
    Names functions = new Names(null, false);
    model.stream().flatMap(m -> Members.of(declarationOf(m)).stream()).filter(Syntax.Fn.class::isInstance)
        .map(this::symbol).forEach(f -> functions.own.put(f.name(), f));
    Names none = new Names(null, false);
    for (Syntax.Setting setting : recipe.settings()) {
      boolean ofModel = List.of("objective", "metrics", "best").contains(setting.name().name());
      inPlace(setting.name().name().equals("rate") ? Place.RATE : Place.USUAL, setting.value(),
          ofModel ? functions : none);
    }
  }

  /** Of {@code model M = L(...)} the layer. */
  private Syntax declarationOf(Syntax.Top model) {
    if (model instanceof Syntax.Model m && m.value() instanceof Syntax.Call call
        && call.callee() instanceof Syntax.Name name) {
      return surroundings.find(name.name()).orElse(model);
    }
    return model;
  }

  /** {@code binds}: names of open dims get their meaning here. */
  private void type(Syntax.Type type, Names names, boolean binds) {
    switch (type) {
      case Syntax.TensorType t -> t.dims().forEach(d -> {
        if (d instanceof Syntax.DimExpr dim) {
          if (binds) {
            openDims(dim.value(), names);
          }
          expr(dim.value(), names);
        }
      });
      case Syntax.TupleType t -> t.items().forEach(i -> type(i.type(), names, binds));
      case null, default -> { }
    }
  }

  private static void openDims(Syntax.Expr dim, Names names) {
    switch (dim) {
      case Syntax.Name n when Character.isUpperCase(n.name().charAt(0)) ->
          names.own.computeIfAbsent(n.name(), _ -> new Symbol(n.name(), Symbol.Kind.DIM, null, n.span()));
      case Syntax.Parens p -> openDims(p.inner(), names);
      case Syntax.Unary u -> openDims(u.operand(), names);
      case Syntax.Binary b -> {
        openDims(b.left(), names);
        openDims(b.right(), names);
      }
      default -> { }
    }
  }

  // ------------------------------------------------------------------------------------------------ statements

  private void block(List<Syntax.Stmt> block, Names names) {
    for (Syntax.Stmt statement : block) {
      switch (statement) {
        case Syntax.Return r -> r.values().forEach(v -> expr(v, names));
        case Syntax.Yield y -> y.values().forEach(v -> expr(v, names));
        case Syntax.Require r -> expr(r.condition(), names);
        case Syntax.If i -> {
          expr(i.condition(), names);
          block(i.then(), names);
          block(i.otherwise(), names);
        }
        case Syntax.Loop l -> loop(l.loop(), names);
        case Syntax.Bind b -> {
          expr(b.value(), names);
          type(b.type(), names, false);
          b.targets().forEach(t -> binds(t, names));
        }
        case Syntax.Update u -> {
          if (names.find(u.buffer().name()) instanceof Symbol buffer) {
            occurs(u.buffer().span(), buffer);
          }
          expr(u.value(), names);
        }
      }
    }
  }

  private void binds(Syntax.Id target, Names names) {
    if (target.name().equals("_")) {
      return;
    }
    Symbol symbol = names.rebound(target.name());
    if (symbol == null) {
      symbol = new Symbol(target.name(), Symbol.Kind.VARIABLE, null, target.span());
      names.own.put(target.name(), symbol);
    } else {
      symbol.declaredAlso(target.span());
    }
    occurs(target.span(), symbol);
  }

  private void loop(Syntax.For loop, Names names) {
    loop.in().forEach(e -> expr(e, names));
    if (loop.along() != null) {
      expr(loop.along(), names);
    }
    Names inside = new Names(names, true);
    loop.targets().forEach(t -> variable(t, inside));
    block(loop.body(), inside);
  }

  /** A name of a loop's own, whatever there is around. */
  private void variable(Syntax.Id target, Names names) {
    if (!target.name().equals("_")) {
      Symbol symbol = new Symbol(target.name(), Symbol.Kind.VARIABLE, null, target.span());
      names.own.put(target.name(), symbol);
      occurs(target.span(), symbol);
    }
  }

  // ------------------------------------------------------------------------------------------------ expressions

  private void expr(Syntax.Expr expr, Names names) {
    expressions.add(expr);
    switch (expr) {
      case Syntax.Name n -> find(n.name(), names).ifPresent(symbol -> occurs(n.span(), symbol));
      case Syntax.Access a -> {
        expr(a.target(), names);
        member(a).ifPresent(symbol -> occurs(a.name().span(), symbol));
      }
      case Syntax.Call c -> call(c, names);
      case Syntax.Index i -> {
        expr(i.target(), names);
        i.items().forEach(item -> indexItem(item, names));
      }
      case Syntax.Unary u -> expr(u.operand(), names);
      case Syntax.Binary b -> {
        expr(b.left(), names);
        expr(b.right(), names);
      }
      case Syntax.Pipe p -> {
        expr(p.value(), names);
        expr(p.stage(), names);
      }
      case Syntax.Conditional c -> List.of(c.condition(), c.then(), c.otherwise()).forEach(e -> expr(e, names));
      case Syntax.For f -> loop(f, names);
      case Syntax.Comprehension c -> {
        Names inside = new Names(names, true);
        c.generators().forEach(g -> {
          expr(g.in(), inside);
          variable(g.target(), inside);
        });
        expr(c.element(), inside);
      }
      case Syntax.ListOf l -> l.items().forEach(i -> expr(i, names));
      case Syntax.Tuple t -> t.items().forEach(i -> expr(i, names));
      case Syntax.Parens p -> expr(p.inner(), names);
      case Syntax.Infer _, Syntax.IntLit _, Syntax.FloatLit _, Syntax.StringLit _, Syntax.BoolLit _, Syntax.Spread _,
          Syntax.Broken _ -> { }
    }
  }

  private void indexItem(Syntax.IndexItem item, Names names) {
    switch (item) {
      case Syntax.At a -> expr(a.value(), names);
      case Syntax.Slice s -> {
        if (s.from() != null) {
          expr(s.from(), names);
        }
        if (s.to() != null) {
          expr(s.to(), names);
        }
      }
      case Syntax.Dots _ -> { }
    }
  }

  private void call(Syntax.Call call, Names names) {
    calls.put(call.callee().span(), call);
    expr(call.callee(), names);
    List<Syntax.Param> params = parameters(call.callee(), names);
    for (Syntax.Arg arg : call.args()) {
      Optional<Syntax.Param> param = arg.name() == null ? Optional.empty()
          : params.stream().filter(p -> p.name().name().equals(arg.name().name())).findFirst();
      param.ifPresent(p -> occurs(arg.name().span(), symbol(p)));
      expr(arg.value(), names);
    }
  }

  /** What a call of the expression takes. */
  private List<Syntax.Param> parameters(Syntax.Expr callee, Names names) {
    Optional<Symbol> symbol = switch (callee) {
      case Syntax.Name n -> find(n.name(), names);
      case Syntax.Access a -> member(a);
      default -> Optional.empty();
    };
    List<Syntax.Param> own = symbol.map(s -> Members.parameters(s.declaration())).orElse(List.of());
    return !own.isEmpty() ? own
        : instance(callee.span()).flatMap(Members::forward).map(Syntax.Fn::params).orElse(List.of());
  }

  private Optional<Symbol> find(String name, Names names) {
    Symbol found = names.find(name);
    if (found != null) {
      return Optional.of(found);
    }
    Optional<Syntax.Top> top = switch (place) {
      case USUAL -> Optional.empty();
      case INITIALISER -> surroundings.initialiser(name);
      case RATE -> surroundings.schedule(name);
    };
    return (top.isPresent() ? top : surroundings.find(name)).map(this::symbol);
  }

  private Optional<Symbol> member(Syntax.Access access) {
    return instance(access.target().span()).flatMap(declaration ->
        Members.named(declaration, access.name().name()).map(this::symbol)
            .or(() -> Members.parameters(declaration).stream()
                .filter(p -> p.name().name().equals(access.name().name())).findFirst().map(this::symbol)));
  }

  /** The declaration of the instance that an expression was seen to be. */
  private Optional<Syntax> instance(Span span) {
    return sightings.at(span).stream().filter(Sightings.Built.class::isInstance)
        .map(s -> (Syntax) ((Sightings.Built) s).instance().declaration()).findFirst();
  }
}
