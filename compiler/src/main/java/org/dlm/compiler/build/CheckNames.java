package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Declarations;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * The first look at every declaration, also at those that nothing uses: names that do not exist, arguments that no
 * parameter takes. Reports only what is wrong whatever the hyper-parameters are; everything else waits for an instance.
 */
final class CheckNames {
  private final Declarations declarations;
  private final Scope outside;
  private final UnusedNames unusedNames;
  private final Diagnostics diagnostics;

  /** The names in the declaration that is looked at. */
  private Set<String> used = new HashSet<>();
  private Set<String> inBody = new HashSet<>();
  private boolean warns = true;

  /** Unknown names of this declaration that were reported: each is, once. */
  private final Set<String> said = new HashSet<>();
  private final Set<Span> unknown;

  private CheckNames(Declarations declarations, Scope outside, Diagnostics diagnostics, Set<Span> unknown,
      UnusedNames unusedNames) {
    this.unusedNames = unusedNames;
    this.declarations = declarations;
    this.outside = outside;
    this.diagnostics = diagnostics;
    this.unknown = unknown;
  }

  /**
   * Gives the places of all names that do not exist: one of them is reported for each name and declaration, so that is
   * said.
   */
  static Set<Span> check(Declarations declarations, Diagnostics diagnostics) {
    Set<Span> unknown = new HashSet<>();
    UnusedNames unused = new UnusedNames(declarations.files(), diagnostics);
    for (Syntax.File file : declarations.files()) {
      new JavaNames(diagnostics).check(file);
      for (Syntax.Top top : file.declarations()) {
        new CheckNames(declarations, declarations.scopeOf(top), diagnostics, unknown, unused).top(top);
        new DeclarationRules(diagnostics).top(top);
        CheckTags.check(top, diagnostics);
      }
    }
    return unknown;
  }

  private void top(Syntax.Top top) {
    Set<String> none = new HashSet<>();
    switch (top) {
      case Syntax.Layer l -> {
        layer(l.params(), l.body(), l.stages());
        unused(l.params(), "layer `" + l.name().name() + "`");
        unusedNames.members(l.body() == null ? List.of() : l.body(), used);
      }
      case Syntax.Optimizer o -> {
        // Every update takes `step`, whether it needs it or not.
        warns = false;
        layer(o.params(), o.body(), null);
        new JavaNames(diagnostics).check(o);
        new JavaNames(diagnostics).check(o.name());
      }
      case Syntax.Model m -> {
        new JavaNames(diagnostics).check(m.name());
        layer(List.of(), m.body(), m.value());
        unusedNames.members(m.body() == null ? List.of() : m.body(), used);
        m.fixed().forEach(s -> expr(s.value(), none));
      }
      case Syntax.Fn fn -> function(fn, none, true);
      case Syntax.Const c -> expr(c.value(), none);
      case Syntax.Train t -> new JavaNames(diagnostics).check(t.name());
    }
  }

  // ------------------------------------------------------------------------------------------------ declarations

  private void layer(List<Syntax.Param> params, List<Syntax.Member> body, Syntax.Expr stages) {
    Set<String> names = new HashSet<>();
    params.forEach(p -> names.add(p.name().name()));
    if (body != null) {
      declared(body, names);
    }
    params.forEach(p -> {
      if (p.value() != null) {
        expr(p.value(), names);
      }
    });
    if (stages != null) {
      expr(stages, names);
    }
    if (body != null) {
      members(body, names);
    }
  }

  private static void declared(List<Syntax.Member> members, Set<String> names) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> names.add(p.name().name());
        case Syntax.BufferDecl b -> names.add(b.name().name());
        case Syntax.Const c -> names.add(c.name().name());
        case Syntax.Field f -> names.add(f.name().name());
        case Syntax.Fn f -> names.add(f.name().name());
        case Syntax.MemberIf i -> {
          declared(i.then(), names);
          declared(i.otherwise(), names);
        }
        case Syntax.Require r -> { }
      }
    }
  }

  private void members(List<Syntax.Member> members, Set<String> names) {
    for (Syntax.Member member : members) {
      switch (member) {
        case Syntax.ParamDecl p -> {
          type(p.type(), names, false);
          expr(p.init(), names);
        }
        case Syntax.BufferDecl b -> {
          type(b.type(), names, false);
          expr(b.init(), names);
        }
        case Syntax.Const c -> expr(c.value(), names);
        case Syntax.Field f -> expr(f.value(), names);
        case Syntax.Fn f -> function(f, names, warns);
        case Syntax.MemberIf i -> {
          expr(i.condition(), names);
          members(i.then(), names);
          members(i.otherwise(), names);
        }
        case Syntax.Require r -> expr(r.condition(), names);
      }
    }
  }

  private void function(Syntax.Fn fn, Set<String> around, boolean warns) {
    Set<String> before = used;
    used = new HashSet<>();
    inside(fn, around);
    if (warns && (fn.value() != null || fn.body() != null)) {
      unused(fn.params(), "fn `" + fn.name().name() + "`");
      lonelyDims(fn);
      unusedNames.bindings(fn, inBody);
    }
    used.addAll(before);
  }

  private void unused(List<Syntax.Param> params, String owner) {
    for (Syntax.Param param : params) {
      String name = param.name().name();
      if (!used.contains(name) && !name.startsWith("_")) {
        diagnostics.add(Diagnostic.of(Code.W0902, param.name().span(),
            "`" + name + "` of " + owner + " is never used"));
      }
    }
  }

  /**
   * Dims with a name of several letters that stand in one place only: what a typo looks like. A single letter may be a
   * free size.
   */
  private void lonelyDims(Syntax.Fn fn) {
    List<Syntax.Name> dims = new ArrayList<>();
    fn.params().forEach(p -> dims(p.type(), dims));
    dims(fn.result(), dims);
    for (Syntax.Name dim : dims) {
      if (dim.name().length() > 1 && dims.stream().filter(d -> d.name().equals(dim.name())).count() == 1
          && !inBody.contains(dim.name())) {
        diagnostics.add(Diagnostic.of(Code.W0901, dim.span(),
            "the dim `" + dim.name() + "` is used once, so nothing is equal to it")
            .label(Suggest.didYouMean(dim.name(), dims.stream().map(Syntax.Name::name).toList()))
            .help("write `_` where any size is meant"));
      }
    }
  }

  private static void dims(Syntax.Type type, List<Syntax.Name> found) {
    switch (type) {
      case Syntax.TensorType t -> t.dims().forEach(d -> {
        if (d instanceof Syntax.DimExpr(Span span, Syntax.Expr value)) {
          Signatures.names(value).stream().filter(n -> Signatures.isOpen(n.name())).forEach(found::add);
        }
      });
      case Syntax.TupleType t -> t.items().forEach(i -> dims(i.type(), found));
      case null, default -> { }
    }
  }

  private void inside(Syntax.Fn fn, Set<String> around) {
    Set<String> names = new HashSet<>(around);
    fn.params().forEach(p -> names.add(p.name().name()));
    fn.params().forEach(p -> type(p.type(), names, true));
    fn.params().forEach(p -> {
      // The default of a primitive may say what no expression can: that it is left out.
      if (p.value() != null && !fn.primitive()) {
        expr(p.value(), names);
      }
    });
    type(fn.result(), names, false);
    Set<String> inTypes = used;
    used = new HashSet<>();
    if (fn.value() != null) {
      expr(fn.value(), names);
    }
    if (fn.body() != null) {
      block(fn.body(), new HashSet<>(names));
    }
    if (fn.gradient() != null) {
      fn.gradient().cotangents().forEach(c -> names.add(c.name()));
      if (fn.gradient().values() != null) {
        fn.gradient().values().forEach(v -> expr(v, names));
      } else {
        block(fn.gradient().body(), names);
      }
    }
    inBody = used;
    used = new HashSet<>(inTypes);
    used.addAll(inBody);
  }

  /**
   * {@code binds}: upper-case names in the shapes are introduced here. In results they are looked at when the function
   * is traced.
   */
  private void type(Syntax.Type type, Set<String> names, boolean binds) {
    switch (type) {
      case Syntax.TensorType t -> t.dims().forEach(d -> {
        if (d instanceof Syntax.DimExpr dim) {
          if (binds) {
            Signatures.openNames(dim.value(), EMPTY).forEach(names::add);
          }
          Set<String> all = new HashSet<>(names);
          all.addAll(Signatures.openNames(dim.value(), EMPTY));
          expr(dim.value(), all);
        }
      });
      case Syntax.TupleType t -> t.items().forEach(i -> type(i.type(), names, binds));
      case null, default -> { }
    }
  }

  private static final Scope EMPTY = Scope.ofPackage(new Scope.Names() {
    @Override
    public Meaning find(String name) {
      return null;
    }

    @Override
    public Set<String> all() {
      return Set.of();
    }
  });

  // ------------------------------------------------------------------------------------------------ statements

  private void block(List<Syntax.Stmt> block, Set<String> names) {
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
          b.targets().forEach(t -> names.add(t.name()));
        }
        case Syntax.Update u -> {
          used.add(u.buffer().name());
          expr(u.value(), names);
        }
      }
    }
  }

  private void loop(Syntax.For loop, Set<String> names) {
    loop.in().forEach(e -> expr(e, names));
    Set<String> inside = new HashSet<>(names);
    loop.targets().forEach(t -> inside.add(t.name()));
    block(loop.body(), inside);
  }

  // ------------------------------------------------------------------------------------------------ expressions

  private void expr(Syntax.Expr expr, Set<String> names) {
    switch (expr) {
      case Syntax.Name n -> name(n, names);
      case Syntax.Access a -> expr(a.target(), names);
      case Syntax.Call c -> {
        expr(c.callee(), names);
        c.args().forEach(a -> expr(a.value(), names));
        call(c, names);
      }
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
        Set<String> inside = new HashSet<>(names);
        c.generators().forEach(g -> {
          expr(g.in(), inside);
          inside.add(g.target().name());
        });
        expr(c.element(), inside);
      }
      case Syntax.ListOf l -> l.items().forEach(i -> expr(i, names));
      case Syntax.Tuple t -> t.items().forEach(i -> expr(i, names));
      case Syntax.Parens p -> expr(p.inner(), names);
      case Syntax.Infer i -> { }
      case Syntax.IntLit i -> { }
      case Syntax.FloatLit f -> { }
      case Syntax.StringLit s -> { }
      case Syntax.BoolLit b -> { }
      case Syntax.Spread s -> { }
      case Syntax.Broken b -> { }
    }
  }

  private void indexItem(Syntax.IndexItem item, Set<String> names) {
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
      case Syntax.Dots d -> { }
    }
  }

  private void name(Syntax.Name n, Set<String> names) {
    String name = n.name();
    used.add(name);
    if (names.contains(name) || name.equals("training") || outside.find(name) != null
        || Expressions.predefined(name) != null
        || Prelude.shared().findInitialiser(name) != null) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(names);
    known.addAll(outside.visible());
    known.addAll(CompileTime.NAMES);
    known.addAll(Prelude.shared().initialiserNames());
    unknown.add(n.span());
    if (said.add(name)) {
      diagnostics.add(elsewhere(name, Diagnostic.of(Code.E0201, n.span(), Expressions.noSuchName(name))
          .label(Suggest.didYouMean(name, known))));
    }
  }

  /** Says so where the name is one of another package, or that of a model. */
  private Diagnostic.Builder elsewhere(String name, Diagnostic.Builder problem) {
    declarations.packagesWith(name).stream().findFirst().filter(p -> !declarations.isModel(name))
        .ifPresent(p -> problem.help("package `" + p + "` has it: import " + p + "." + name));
    return declarations.isModel(name) ? problem.note("`" + name
        + "` is a model: it exports an instance of a layer, and is no layer itself")
        : problem;
  }

  private void call(Syntax.Call c, Set<String> names) {
    if (!(c.callee() instanceof Syntax.Name(Span span, String name)) || names.contains(name)
        || Prelude.shared().findInitialiser(name) != null) {
      return;
    }
    switch (outside.find(name)) {
      case Meaning.LayerType l -> {
        arguments(name, l.layer().params(), c);
        missing(name, l.layer().params(), c);
      }
      case Meaning.Function f when !PrimitiveCalls.BY_PATTERN.contains(name) -> arguments(name, f.fn().params(), c);
      case null, default -> { }
    }
  }

  private void arguments(String callee, List<Syntax.Param> params, Syntax.Call c) {
    List<String> known = params.stream().map(p -> p.name().name()).toList();
    int position = 0;
    for (Syntax.Arg arg : c.args()) {
      if (arg.name() == null && ++position > params.size()) {
        diagnostics.add(Diagnostic.of(Code.E0205, arg.span(), Arguments.tooMany(callee, params.size()))
            .label("this one is too many"));
        return;
      }
      if (arg.name() != null && !known.contains(arg.name().name())) {
        diagnostics.add(Diagnostic.of(Code.E0203, arg.name().span(),
            Arguments.unknownMessage(callee, arg.name().name()))
            .label(Suggest.didYouMean(arg.name().name(), known)));
      }
    }
  }

  private void missing(String callee, List<Syntax.Param> params, Syntax.Call c) {
    List<String> given = new ArrayList<>();
    int position = 0;
    for (Syntax.Arg arg : c.args()) {
      if (arg.name() != null) {
        given.add(arg.name().name());
      } else if (position < params.size()) {
        given.add(params.get(position++).name().name());
      }
    }
    for (Syntax.Param param : params) {
      if (param.value() == null && !given.contains(param.name().name())) {
        diagnostics.add(Diagnostic.of(Code.E0204, c.span(), Arguments.missing(callee, param)));
        return;
      }
    }
  }
}
