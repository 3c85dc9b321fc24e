package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.function.Predicate;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Makes instances of layers: hyper-parameters, members in order, places in the tree of parameters. */
final class Construction {
  /** Where nothing is ever run. */
  private static final ModelSpec.Initial ANY_NUMBERS = new ModelSpec.Initial("zeros", List.of());

  private final Elaboration elaboration;

  /** Instances made for the model that is looked at now. */
  private int made;

  Construction(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  // ------------------------------------------------------------------------------------------------ making

  /**
   * An instance for a constructor call; inside a function there is one for each place and round of the unrolled loops.
   */
  void beginModel() {
    made = 0;
  }

  Instance make(Meaning.LayerType type, Syntax.Call call, Scope scope) {
    if (scope.inStep()) {
      throw elaboration.fail(elaboration.at(Code.E0602, call.span(), "`" + type.layer().name().name()
          + "` is built inside a loop over time").label("one for all steps, or one for each?")
          .help("build it outside: then all steps share it"));
    }
    Instance owner = scope.owner();
    boolean inline = scope.inFunction() && owner != null;
    if (inline && owner.inlineAt(call).get(scope.iteration()) instanceof Instance existing) {
      return existing;
    }
    Syntax.Layer layer = type.layer();
    List<Meaning.Argument> args = elaboration.arguments.evaluate(call.args(), layer.params(), 0, scope);
    Instance instance = make(type, elaboration.arguments.match(layer.name().name(), layer.params(), args, call.span()),
        call.span());
    if (inline) {
      owner.inlineAt(call).put(scope.iteration(), instance);
      instance.adoptUnnamed(owner, call.span());
    } else if (scope.inFunction()) {
      requireNoVariables(instance, call.span());
    }
    return instance;
  }

  Instance make(Meaning.LayerType type, Map<String, Meaning.Argument> arguments, Span site) {
    CheckSize.requireRoom(made++, site, elaboration);
    Instance instance = new Instance(type.layer(), site, type.scope(), arguments);
    if (CheckTags.has(type.layer().tags(), CheckTags.Tag.REMAT)) {
      instance.recompute();
    }
    for (Syntax.Param param : type.layer().params()) {
      Meaning.Argument arg = arguments.get(param.name().name());
      if (arg != null) {
        Meaning value = elaboration.arguments.convert(arg.value(), param.type(), arg.span());
        instance.scope().define(param.name().name(), value);
        adopt(instance, value, param.name().name(), arg.span());
      }
    }
    if (DeclaredMembers.pending(instance).isEmpty()) {
      build(instance);
    }
    return instance;
  }

  private void requireNoVariables(Instance instance, Span site) {
    if (instance.declaration() instanceof Syntax.Layer layer && layer.body() != null
        && layer.body().stream().anyMatch(m -> m instanceof Syntax.ParamDecl || m instanceof Syntax.BufferDecl)) {
      throw elaboration.fail(Code.E0206, site, "a `fn` outside a layer holds no parameters, so it cannot build `"
          + instance.layerName() + "`", "build it in a layer, and pass it in");
    }
  }

  // ------------------------------------------------------------------------------------------------ readiness

  /** Builds what was waiting, if nothing is left to infer. */
  void ready(Instance instance, Span at) {
    switch (instance.state()) {
      case READY -> { }
      case BROKEN -> throw new Reported();
      case BUILDING -> throw elaboration.fail(Code.E0404, at, "`" + instance.layerName() + "` needs itself to be built",
          "");
      case WAITING -> {
        Set<String> open = DeclaredMembers.pending(instance);
        if (!open.isEmpty()) {
          throw elaboration.fail(elaboration.at(Code.E0404, at,
              "`" + String.join("`, `", open) + "` of `" + instance.layerName()
              + "` is not inferred yet").label("it has not been applied to anything")
              .help("give it: " + instance.layerName() + "(..., " + open.iterator().next() + " = ...)"));
        }
        build(instance);
      }
    }
  }

  /** Before the first application: infers what is open from the arguments, then builds. */
  void readyFor(Instance instance, Syntax.Fn applied, List<Meaning.Argument> args, Span at) {
    if (instance.state() == Instance.State.WAITING && !DeclaredMembers.pending(instance).isEmpty()) {
      if (applied != null) {
        elaboration.signatures.infer(instance, applied, args);
      }
      Set<String> open = DeclaredMembers.pending(instance);
      if (!open.isEmpty()) {
        if (applied != null && mismatched(applied, args)) {
          instance.state(Instance.State.BROKEN);
          throw elaboration.fail(elaboration.signatures.rankMismatch(instance, applied, args, at));
        }
        throw elaboration.fail(Code.E0404, at, "`" + String.join("`, `", open) + "` of `" + instance.layerName()
            + "` cannot be inferred here", applied == null ? "it has no function whose inputs tell it"
            : "it does not stand alone in a shape of `" + applied.name().name() + "`");
      }
    }
    ready(instance, at);
  }

  private static boolean mismatched(Syntax.Fn applied, List<Meaning.Argument> args) {
    return !args.isEmpty() && args.getFirst().value() instanceof Meaning.Tensor(var value)
        && applied.params().getFirst().type() instanceof Syntax.TensorType type && Kind.of(type) == Kind.TENSOR
        && Signatures.align(type, value.shape()) == null;
  }

  // ------------------------------------------------------------------------------------------------ building

  /** Elaborates the members in order. A broken member is poisoned; the others go on. */
  void build(Instance instance) {
    instance.state(Instance.State.BUILDING);
    try {
      elaboration.traced(null, () -> elaboration.within(instance.site(), instance, () -> {
        defaults(instance);
        if (instance.declaration() instanceof Syntax.Layer layer && layer.stages() != null) {
          stages(instance, layer);
        } else {
          members(instance, DeclaredMembers.body(instance.declaration()));
        }
        return null;
      }));
      instance.state(Instance.State.READY);
    } catch (Reported e) {
      instance.state(Instance.State.BROKEN);
      throw e;
    }
  }

  private void defaults(Instance instance) {
    for (Syntax.Param param : DeclaredMembers.params(instance)) {
      if (instance.scope().own(param.name().name()) == null) {
        Meaning value = elaboration.expressions.typed(param.value(), param.type(), instance.scope());
        instance.scope().define(param.name().name(), value);
        adopt(instance, value, param.name().name(), param.span());
      }
      elaboration.saw(param.name().span(), instance.scope().own(param.name().name()));
    }
  }

  private void stages(Instance instance, Syntax.Layer layer) {
    Meaning value = elaboration.expressions.evaluate(layer.stages(), instance.scope());
    if (value instanceof Meaning.Items(List<Meaning> items, var spans)) {
      for (int i = 0; i < items.size(); i++) {
        adopt(instance, items.get(i), String.valueOf(i), layer.stages().span());
      }
    } else {
      adopt(instance, value, "", layer.stages().span());
    }
    if (!(value instanceof Meaning.Items || value instanceof Meaning.Built || value instanceof Meaning.Function
        || value instanceof Meaning.Intrinsic)) {
      throw elaboration.fail(Code.E0208, layer.stages().span(),
          "`layer " + instance.layerName() + " = ...` needs a stage or a list of stages", "this is " + value.kind());
    }
    instance.stages(value);
  }

  void members(Instance instance, List<Syntax.Member> members) {
    members.stream().filter(m -> m instanceof Syntax.Fn).map(m -> (Syntax.Fn) m).forEach(
        fn -> instance.scope().define(fn.name().name(), new Meaning.Function(fn, instance.scope(), List.of())));
    for (Syntax.Member member : members) {
      try {
        member(instance, member);
      } catch (Reported e) {
        String name = DeclaredMembers.nameOf(member);
        if (name == null) {
          throw e;
        }
        instance.scope().define(name, Meaning.POISON);
      }
    }
  }

  private void member(Instance instance, Syntax.Member member) {
    Scope scope = instance.scope();
    switch (member) {
      case Syntax.ParamDecl p -> slot(instance, p.name(), true, p.type(), p.init(), p.tags(), p.span());
      case Syntax.BufferDecl b -> slot(instance, b.name(), false, b.type(), b.init(), b.tags(), b.span());
      case Syntax.Const c -> {
        Meaning value = elaboration.expressions.typed(c.value(), c.type(), scope);
        adopt(instance, value, c.name().name(), c.span());
        elaboration.saw(c.name().span(), value);
        scope.define(c.name().name(), value);
      }
      case Syntax.Field f -> {
        Meaning value = elaboration.expressions.evaluate(f.value(), scope);
        adopt(instance, value, f.name().name(), f.span());
        elaboration.saw(f.name().span(), value);
        if (isFrozen(f.tags())) {
          instances(value).forEach(Instance::freeze);
        }
        if (CheckTags.has(f.tags(), CheckTags.Tag.FLAT)) {
          flatten(value, CheckTags.texts(f.tags(), CheckTags.Tag.FLAT).stream().map(Syntax.StringLit::value).toList());
        }
        if (CheckTags.has(f.tags(), CheckTags.Tag.REMAT)) {
          recompute(value);
        }
        scope.define(f.name().name(), value);
      }
      case Syntax.Fn f -> { }
      case Syntax.MemberIf i ->
          members(instance, elaboration.expressions.condition(i.condition(), scope) ? i.then() : i.otherwise());
      case Syntax.Require r -> elaboration.statements.claims(r, elaboration.expressions.evaluate(r.condition(), scope))
          .forEach(c -> instance.requirements().add(new Instance.Requirement(c, r.message(), r.span())));
    }
  }

  /** {@code weight} of the first layer of a list becomes {@code weight_l0}. */
  private static void flatten(Meaning value, List<String> around) {
    if (value instanceof Meaning.Items(List<Meaning> items, var spans)) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Meaning.Built(Instance item)) {
          item.flatten(around.getFirst() + i + (around.size() > 1 ? around.get(1) : ""));
        }
      }
    }
  }

  private static boolean isFrozen(List<Syntax.Tag> tags) {
    return CheckTags.has(tags, CheckTags.Tag.FROZEN);
  }

  /** {@code #remat} before a field: each application of the field is a region. */
  private void recompute(Meaning value) {
    switch (value) {
      case Meaning.Built b -> b.instance().recompute();
      case Meaning.Items i -> elaboration.recomputed.add(i.items());
      default -> { }
    }
  }

  private static Stream<Instance> instances(Meaning value) {
    return switch (value) {
      case Meaning.Built b -> Stream.of(b.instance());
      case Meaning.Items i -> i.items().stream().flatMap(Construction::instances);
      default -> Stream.empty();
    };
  }

  private void slot(Instance instance, Syntax.Id name, boolean parameter, Syntax.Type type, Syntax.Expr init,
      List<Syntax.Tag> tags, Span span) {
    if (!(type instanceof Syntax.TensorType tensor) || Kind.of(type) != Kind.TENSOR) {
      throw elaboration.fail(Code.E0206, type.span(), "a " + (parameter ? "param" : "buffer") + " is a tensor",
          "write its shape: [n, m]");
    }
    if (Kind.element(tensor) != DType.F32) {
      throw elaboration.fail(Code.E0307, type.span(), "a " + (parameter ? "param" : "buffer") + " has f32 elements",
          "");
    }
    Shape shape = elaboration.signatures.shape(tensor, instance.scope());
    for (Dim dim : shape.dims()) {
      requireNumber(instance, dim, name, type.span());
    }
    if (elaboration.generic()) {
      instance.add(new Instance.Slot(name.name(), parameter, shape, ANY_NUMBERS, isFrozen(tags), span));
      instance.scope().define(name.name(), new Meaning.Variable(instance, name.name()));
      elaboration.saw(name.span(), instance.scope().own(name.name()));
      return;
    }
    if (elaboration.expressions.initialiser(init, instance.scope()) instanceof Meaning.Initial(var initial)) {
      InitialiserRules.problem(initial, name.name(), shape).ifPresent(p -> {
        throw elaboration.fail(p.code(), init.span(), p.message(), "");
      });
      instance.add(new Instance.Slot(name.name(), parameter, shape, initial, isFrozen(tags), span));
      instance.scope().define(name.name(), new Meaning.Variable(instance, name.name()));
      elaboration.saw(name.span(), instance.scope().own(name.name()));
    } else {
      throw elaboration.fail(Code.E0404, init.span(), "the initialiser of `" + name.name() + "` is not known", "");
    }
  }

  private void requireNumber(Instance instance, Dim dim, Syntax.Id name, Span at) {
    if (elaboration.generic() && !dim.isConstant()) {
      return;
    }
    if (!dim.isConstant()) {
      poison(instance, value -> value.symbols().stream().anyMatch(dim.symbols()::contains));
      throw elaboration.fail(elaboration.at(Code.E0306, at, "the shape of `" + name.name()
          + "` depends on the open dim "
          + String.join(", ", dim.symbols())).label("must be numbers")
          .note("parameters are made before any input is seen"));
    }
    if (dim.constant() < 1) {
      poison(instance, value -> value.isConstant() && value.constant() < 1);
      throw elaboration.fail(Code.E0301, at, "`" + name.name() + "` would have an axis of length " + dim, "");
    }
  }

  /** The hyper-parameters of no use are the one cause of all that cannot be made of them. */
  private static void poison(Instance instance, Predicate<Dim> useless) {
    for (Syntax.Param param : DeclaredMembers.params(instance)) {
      if (instance.scope().own(param.name().name()) instanceof Meaning.Int(Dim value) && useless.test(value)) {
        instance.scope().define(param.name().name(), Meaning.POISON);
      }
    }
  }

  /** Gives the instances in a value their places. */
  private void adopt(Instance owner, Meaning value, String name, Span field) {
    switch (value) {
      case Meaning.Built b -> b.instance().adoptInto(owner, name, field);
      case Meaning.Items(List<Meaning> items, var spans) -> adoptAll(owner, items, name, field);
      case Meaning.Several(List<Meaning> items, var names) -> adoptAll(owner, items, name, field);
      default -> { }
    }
  }

  private void adoptAll(Instance owner, List<Meaning> items, String name, Span field) {
    for (int i = 0; i < items.size(); i++) {
      adopt(owner, items.get(i), name + "." + i, field);
    }
  }

  /** Every instance below, in order of the parameters. */
  static List<Instance> below(Instance root) {
    List<Instance> all = new ArrayList<>();
    for (Object inside : root.inOrder()) {
      if (inside instanceof Instance child) {
        all.add(child);
        all.addAll(below(child));
      }
    }
    return all;
  }
}
