package org.dlm.compiler.build;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.ParameterPatterns;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** One exported model: its tree of instances, and each of its functions traced with {@code training} false and true. */
final class Models {
  private final Elaboration elaboration;
  private final Syntax.Model model;
  private final Map<String, Dim> fixed = new HashMap<>();
  private final Set<String> openDims = new TreeSet<>();

  Models(Elaboration elaboration, Syntax.Model model) {
    this.elaboration = elaboration;
    this.model = model;
  }

  /** The model, or nothing where something is wrong with it (which is reported). */
  Optional<ModelSpec> elaborate() {
    try {
      return specify();
    } catch (Reported e) {
      requireReason();
      return Optional.empty();
    }
  }

  /** Nothing is dropped in silence. */
  private void requireReason() {
    if (!elaboration.diagnostics().hasErrors()) {
      elaboration.fail(Code.E0405, model.name().span(), "model `" + model.name().name() + "` could not be understood",
          "the reason was lost, which is a defect of the compiler");
    }
  }

  private Optional<ModelSpec> specify() {
    long before = errors();
    boolean clean = true;
    fixDims();
    elaboration.construction.beginModel();
    Instance root = root();
    List<ModelSpec.Function> functions = new ArrayList<>();
    List<Syntax.Fn> exported = exported(root);
    new JavaNames(elaboration.diagnostics()).check(model, exported);
    for (Syntax.Fn fn : exported) {
      try {
        functions.add(function(root, fn));
      } catch (Reported e) {
        clean = false;
      }
    }
    if (exported.isEmpty()) {
      throw elaboration.fail(elaboration.at(Code.E0208, model.name().span(), "model `" + model.name().name()
          + "` offers no function to call").label("none of its functions has a full type")
          .help("write a block with typed functions: model " + model.name().name()
              + " { net = ...  fn forward(x: [N, 10]) -> _ = net(x) }"));
    }
    if (!clean || errors() > before) {
      requireReason();
      return Optional.empty();
    }
    requireBuilt(root);
    requireFixed();
    exported.forEach(fn -> CheckTags.texts(fn.tags(), CheckTags.Tag.TRAIN)
        .forEach(pattern -> requireMatch(root, pattern)));
    warnOfUnnamed(root);
    List<ModelSpec.Variable> parameters = new ArrayList<>();
    List<ModelSpec.Variable> buffers = new ArrayList<>();
    variables(root, parameters, buffers);
    CheckSize.check(model, parameters, buffers, elaboration);
    return errors() > before ? Optional.empty()
        : Optional.of(new ModelSpec(elaboration.declarations.packageOf(model), model.name().name(), model.doc(),
            model.span(), List.copyOf(parameters), List.copyOf(buffers), List.copyOf(functions), instances(root)));
  }

  private long errors() {
    return elaboration.diagnostics().all().stream().filter(d -> d.code().severity() == Severity.ERROR).count();
  }

  // ------------------------------------------------------------------------------------------------ the instances

  private void fixDims() {
    Scope scope = elaboration.declarations.scopeOf(model);
    for (Syntax.Setting setting : model.fixed()) {
      Meaning value = elaboration.expressions.evaluate(setting.value(), scope);
      if (!(value instanceof Meaning.Int(Dim dim)) || !dim.isConstant() || dim.constant() < 1) {
        throw elaboration.fail(Code.E0206, setting.value().span(), "a fixed dim must be a positive int",
            "this is " + value.kind());
      }
      if (fixed.put(setting.name().name(), dim) != null) {
        throw elaboration.fail(Code.E0202, setting.name().span(), "`" + setting.name().name() + "` is fixed twice", "");
      }
    }
  }

  /** What {@code with} fixes must be an open dim of some function. */
  private void requireFixed() {
    for (Syntax.Setting setting : model.fixed()) {
      if (!openDims.contains(setting.name().name())) {
        String near = Suggest.didYouMean(setting.name().name(), openDims);
        elaboration.fail(Code.E0201, setting.name().span(), "no function of `" + model.name()
            .name() + "` has an open dim `"
            + setting.name().name() + "`", !near.isEmpty() ? near : openDims.isEmpty() ? "all its dims are numbers"
            : "the open dims are " + String.join(", ", openDims));
      }
    }
  }

  private Instance root() {
    Scope scope = elaboration.declarations.scopeOf(model);
    if (model.body() != null) {
      Instance root = new Instance(model, model.name().span(), scope, Map.of());
      elaboration.construction.build(root);
      return root;
    }
    Meaning value = elaboration.expressions.evaluate(model.value(), scope);
    if (!(value instanceof Meaning.Built(Instance root))) {
      throw elaboration.fail(Code.E0206, model.value().span(), "a model is an instance of a layer",
          "this is " + value.kind());
    }
    elaboration.construction.ready(root, model.value().span());
    return root;
  }

  /** The functions whose inputs are tensors of known rank. */
  private List<Syntax.Fn> exported(Instance root) {
    List<Syntax.Fn> found = new ArrayList<>();
    for (String name : root.scope().members()) {
      // a field that names a function is no second one
      if (root.scope().own(name) instanceof Meaning.Function f && f.fn().name().name().equals(name)
          && f.scope() == root.scope()
          && f.fn().params().stream().allMatch(p -> Kind.of(p.type()) == Kind.TENSOR
              && ((Syntax.TensorType) p.type()).dims().stream().noneMatch(d -> d instanceof Syntax.Dots))) {
        found.add(f.fn());
      }
    }
    return found;
  }

  private void requireBuilt(Instance root) {
    Set<Span> said = new HashSet<>();
    for (Instance instance : Construction.below(root)) {
      if (instance.state() == Instance.State.WAITING && !isForOthers(instance) && said.add(instance.fieldSpan())) {
        Span at = elaboration.visible(instance.fieldSpan() == null ? instance.site() : instance.fieldSpan());
        elaboration.fail(Code.E0404, at, "`" + instance.path() + "` is never applied, so `"
            + String.join("`, `", DeclaredMembers.pending(instance)) + "` of `" + instance.layerName()
                + "` is not known",
            "apply it in a function, or take it out");
      }
    }
  }

  /**
   * A layer may have parts that only some of its functions apply; a model that does not call these leaves the parts
   * out. What no
   * function so much as names is a mistake.
   */
  private static boolean isForOthers(Instance instance) {
    Instance owner = instance.parent();
    return owner != null && DeclaredMembers.mentions(owner.declaration(), instance.segment().split("\\.")[0]);
  }

  private void warnOfUnnamed(Instance root) {
    for (Instance instance : Construction.below(root)) {
      if (instance.unnamed() && size(instance) > 0 && !Prelude.holds(instance.site().file())) {
        elaboration.diagnostics().add(Diagnostic.of(Code.W0904, instance.site(), "a stage with parameters has no name")
            .label("its parameters are called `" + instance.path() + "`")
            .help("give it a field: the made-up name changes when a stage is put before it, and checkpoints no longer"
                + " fit"));
      }
    }
  }

  private static void variables(Instance instance, List<ModelSpec.Variable> parameters,
      List<ModelSpec.Variable> buffers) {
    for (Object inside : instance.inOrder()) {
      switch (inside) {
        case Instance child -> variables(child, parameters, buffers);
        case Instance.Slot slot ->
            (slot.parameter() ? parameters : buffers)
                .add(new ModelSpec.Variable(instance.pathOf(slot.name()), slot.shape(), slot.initial(),
                    slot.frozen() || instance.frozen(), slot.span()));
        default -> throw new IllegalStateException();
      }
    }
  }

  private static List<ModelSpec.Instance> instances(Instance root) {
    List<ModelSpec.Instance> rows = new ArrayList<>();
    for (Instance instance : Construction.below(root)) {
      if (instance.state() == Instance.State.WAITING) {
        continue;
      }
      rows.add(new ModelSpec.Instance(instance.path(), instance.layerName(), instance.lastInput(),
          instance.lastOutput(),
          size(instance), instance.site()));
    }
    return List.copyOf(rows);
  }

  /** Numbers in the parameters of the instance and of all below it. */
  private static long size(Instance instance) {
    long size = 0;
    for (Object inside : instance.inOrder()) {
      size += switch (inside) {
        case Instance child -> size(child);
        case Instance.Slot slot -> slot.parameter() ? slot.shape().size().constant() : 0;
        default -> 0;
      };
    }
    return size;
  }

  // ------------------------------------------------------------------------------------------------ functions

  private ModelSpec.Function function(Instance root, Syntax.Fn fn) {
    Graph inference = graph(root, fn, false);
    Graph training = graph(root, fn, true);
    boolean tagged = CheckTags.has(fn.tags(), CheckTags.Tag.TRAIN);
    if (tagged || fn.name().name().equals("loss")) {
      requireGradient(root, fn, training, tagged);
    }
    List<String> trainable = CheckTags.texts(fn.tags(), CheckTags.Tag.TRAIN).stream().map(Syntax.StringLit::value)
        .toList();
    return new ModelSpec.Function(fn.name().name(), fn.doc(), fn.span(), inference, training,
        withoutFrozen(root, trainable));
  }

  /** An objective must be one number, and parameters must be in reach of its gradient. */
  private void requireGradient(Instance root, Syntax.Fn fn, Graph graph, boolean tagged) {
    Value result = graph.results().getFirst().value();
    boolean number = result.shape().rank() == 0 && result.type().element() == DType.F32;
    if (!number && tagged) {
      throw elaboration.fail(Code.E0502, fn.name().span(),
          "`" + fn.name().name() + "` cannot be trained: its result is not one number",
          "a function that is trained has type -> []");
    }
    if (number && size(root) > 0 && !TrainedParameters.reachesAny(result)) {
      throw elaboration.fail(elaboration.at(Code.E0502, fn.name().span(), "no gradient of `" + fn.name().name()
          + "` reaches a parameter").label("every way to a parameter goes through something without a gradient")
          .help("use something differentiable on the way: softmax instead of argmax, scores instead of hits"));
    }
  }

  /** A pattern of {@code #train} that selects nothing is a mistake. */
  private void requireMatch(Instance root, Syntax.StringLit pattern) {
    List<ModelSpec.Variable> parameters = new ArrayList<>();
    variables(root, parameters, new ArrayList<>());
    ParameterPatterns patterns = new ParameterPatterns(List.of(pattern.value()));
    List<ModelSpec.Variable> selected = parameters.stream().filter(p -> patterns.match(p.path())).toList();
    if (!selected.isEmpty() && selected.stream().allMatch(ModelSpec.Variable::frozen)) {
      elaboration.fail(elaboration.at(Code.E0209, pattern.span(), "everything that `" + pattern.value()
          + "` selects is frozen").label("nothing is left to train")
          .also(elaboration.visible(selected.getFirst().span()), "`" + selected.getFirst()
              .path() + "` is one of them"));
    }
    if (selected.isEmpty()) {
      noneMatches(parameters, pattern);
    }
  }

  private void noneMatches(List<ModelSpec.Variable> parameters, Syntax.StringLit pattern) {
    List<String> known = parameters.stream().flatMap(p -> Stream.of(p.path(), p.path().split("\\.")[0] + ".*"))
        .distinct().toList();
    String first = parameters.isEmpty() ? "" : parameters.getFirst().path();
    elaboration.fail(elaboration.at(Code.E0209, pattern.span(), "no parameter of `" + model.name().name()
        + "` is called `" + pattern.value() + "`").label(Suggest.didYouMean(pattern.value(), known))
        .note(parameters.isEmpty() ? "there is no parameter" : parameters.size() == 1 ? "the parameter is `" + first
            + "`"
            : "parameters are called `" + first + "` to `" + parameters.getLast().path() + "`"));
  }

  /** The patterns; where something is frozen, the paths of all that they select and that is not. */
  private static List<String> withoutFrozen(Instance root, List<String> trainable) {
    List<ModelSpec.Variable> parameters = new ArrayList<>();
    variables(root, parameters, new ArrayList<>());
    if (parameters.stream().noneMatch(ModelSpec.Variable::frozen)) {
      return trainable;
    }
    ParameterPatterns patterns = new ParameterPatterns(trainable);
    List<String> paths = parameters.stream().filter(v -> !v.frozen() && patterns.match(v.path()))
        .map(ModelSpec.Variable::path).toList();
    // An empty list would mean all of them; no path is "".
    return paths.isEmpty() ? List.of("") : paths;
  }

  private Graph graph(Instance root, Syntax.Fn fn, boolean training) {
    Trace trace = new Trace(new GraphBuilder(), training);
    trace.owner = root;
    return elaboration.traced(trace, () -> {
      List<Value> inputs = inputs(root, fn, trace);
      root.requirements().forEach(elaboration.statements::learn);
      List<Meaning.Argument> args = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        args.add(new Meaning.Argument(fn.params().get(i).span(), null, new Meaning.Tensor(inputs.get(i))));
      }
      Meaning.Function callee = new Meaning.Function(fn, root.scope(), List.of());
      Meaning result = elaboration.calls.apply(callee, args, fn.name().span(), false);
      Graph graph = trace.graph.build(fn.name().name(), inputs, results(fn, result), trace.graphUpdates(),
          trace.requirements);
      graph.values().forEach(this::requireHoldable);
      return graph;
    });
  }

  /** An array of Java holds no more, here even with open dims of 1. Parameters are counted together elsewhere. */
  private void requireHoldable(Value value) {
    if (value.op() instanceof Given given && given.kind() != Given.Kind.INPUT) {
      return;
    }
    Map<String, Long> ones = new HashMap<>();
    value.shape().dims().forEach(d -> d.symbols().forEach(symbol -> ones.put(symbol, 1L)));
    // a size that is below 1 there says nothing about larger open dims
    BigInteger size = value.shape().dims().stream().map(d -> BigInteger.valueOf(Math.max(0, d.evaluate(ones))))
        .reduce(BigInteger.ONE, BigInteger::multiply);
    if ((size.bitLength() > 31 || grows(value.shape())) && value.origin().span() != null) {
      throw elaboration.fail(elaboration.at(Code.E0313, value.origin().span(),
          "a tensor " + value.type() + " has more elements than an array can hold")
          .label((size.bitLength() > 31 ? "at least " + size : "numbers in its open size are larger")
              + ", the most is " + Integer.MAX_VALUE));
    }
  }

  /** Whether an open size has numbers that no int holds: it is larger than any array, but for a very few open dims. */
  private static boolean grows(Shape shape) {
    Dim size = Dim.ONE;
    for (Dim dim : shape.dims()) {
      size = size.times(dim);
      if (!size.isConstant() && size.largestNumber() > Integer.MAX_VALUE) {
        return true;
      }
      size = size.isConstant() && Math.abs(size.constant()) > Integer.MAX_VALUE ? Dim.of(Integer.MAX_VALUE) : size;
    }
    return false;
  }

  /** The inputs with their open dims as symbols, those of {@code with} as numbers. */
  private List<Value> inputs(Instance root, Syntax.Fn fn, Trace trace) {
    Scope frame = root.scope().ofFunction();
    Map<String, Span> open = new TreeMap<>();
    for (Syntax.Param param : fn.params()) {
      for (Syntax.DimItem item : ((Syntax.TensorType) param.type()).dims()) {
        Syntax.Expr written = ((Syntax.DimExpr) item).value();
        for (String name : Signatures.openNames(written, frame)) {
          openDims.add(name);
          frame.define(name, new Meaning.Int(fixed.getOrDefault(name, Dim.symbol(name))));
          if (!fixed.containsKey(name)) {
            open.put(name, item.span());
          }
        }
      }
    }
    List<Value> inputs = new ArrayList<>();
    List<Dim> dims = new ArrayList<>();
    for (Syntax.Param param : fn.params()) {
      Syntax.TensorType type = (Syntax.TensorType) param.type();
      DType element = elaboration.signatures.element(type);
      Shape shape = elaboration.signatures.shape(type, frame);
      shape.dims().stream().filter(d -> d.isConstant() && d.constant() < 0).findFirst().ifPresent(d -> {
        throw elaboration.fail(Code.E0301, type.span(), "an axis cannot be " + d + " long", "");
      });
      dims.addAll(shape.dims());
      trace.at(param.span(), root);
      inputs.add(trace.graph.add(new Given(Given.Kind.INPUT, param.name().name(), new TensorType(element, shape))));
    }
    open.forEach((name, span) -> requireSolvable(name, dims, span));
    trace.openDims.putAll(open);
    return inputs;
  }

  /**
   * An open dim must stand alone, or as {@code k*N + c}, in a shape of the inputs: that is how the program learns it.
   */
  private void requireSolvable(String name, List<Dim> dims, Span at) {
    for (Dim dim : dims) {
      if (dim.symbols().equals(Set.of(name)) && dim.isPolynomial()) {
        Optional<Dim> factor = dim.minus(dim.substitute(Map.of(name, Dim.ZERO))).dividedBy(Dim.symbol(name));
        if (factor.isPresent() && factor.get().isConstant() && !factor.get().is(0)) {
          return;
        }
      }
    }
    throw elaboration.fail(Code.E0305, at, "`" + name + "` cannot be told from the shapes of the inputs",
        "write it alone, or as a multiple plus a number, in the shape of an input");
  }

  private List<Graph.Result> results(Syntax.Fn fn, Meaning result) {
    Span at = Signatures.resultSpan(fn);
    if (result instanceof Meaning.Several(List<Meaning> items, List<String> names)) {
      List<Graph.Result> results = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        String name = names.isEmpty() || names.get(i) == null ? "out" + i : names.get(i);
        results.add(new Graph.Result(name, elaboration.tensors.tensor(items.get(i), DType.F32, at)));
      }
      return results;
    }
    return List.of(new Graph.Result("out", elaboration.tensors.tensor(result, DType.F32, at)));
  }
}
