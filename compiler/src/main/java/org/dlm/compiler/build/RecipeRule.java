package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.PathPattern;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** One {@code train} recipe: its settings checked against each other, the model and the optimizer. */
final class RecipeRule {
  private static final Pattern DATA_OPTIONS = Pattern.compile("[a-z]+=[^,]*(,[a-z]+=[^,]*)*");

  /** Beyond it not every whole number is a double. */
  private static final double LARGEST_SEED = 1L << 53;

  private static final String DEFAULT_OPTIMIZER = "Adam";
  private static final String HIGHEST = "highest";

  /** What is measured without a function of that name. */
  private static final List<String> MEASURED = List.of("loss", "accuracy");

  private static final String RATE = "lr";
  private static final String DECAY = "weight_decay";

  private final Elaboration elaboration;
  private final Syntax.Train train;
  private final ModelSpec model;
  private final Scope scope;
  private final Map<String, Syntax.Setting> settings = new LinkedHashMap<>();
  private boolean broken;

  /** {@code model}: what it trains. */
  RecipeRule(Elaboration elaboration, Syntax.Train train, ModelSpec model) {
    this.elaboration = elaboration;
    this.train = train;
    this.model = model;
    scope = elaboration.declarations.scopeOf(train).ofFunction();
  }

  /** The recipe, where nothing is wrong with it. Every setting is looked at, so that all mistakes are told at once. */
  Optional<RecipeSpec> elaborate() {
    train.settings().forEach(s -> tried(s, this::declared));
    OptimizerUse optimizer = new OptimizerUse(elaboration, scope);
    Syntax.Optimizer rule = tried(settings.get("optimizer"), s -> {
      optimizer.read(s.value());
      return null;
    }) == null && !settings.containsKey("optimizer") ? optimizer.byDefault(DEFAULT_OPTIMIZER) : optimizer.rule();
    List<String> objectives = orElse(tried(settings.get("objective"), this::objectives), List.of());
    List<String> metrics = orElse(tried(settings.get("metrics"), this::metrics), List.of());
    List<String> decay = orElse(tried(settings.get("decay"), s -> decay(s, rule)), List.of());
    List<RecipeSpec.Group> groups = orElse(tried(settings.get("groups"), s -> groups(s, rule, optimizer)), List.of());
    RecipeSpec.Rate rate = tried(settings.get("rate"), s -> rate(s, rule));
    Optional<RecipeSpec.Best> best = Optional.ofNullable(tried(settings.get("best"), s -> best(s, objectives)));
    Optional<String> data = Optional.ofNullable(tried(settings.get("data"), this::data));
    if (!broken) {
      warnOfUntrained(objectives);
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    settings.forEach((key, setting) -> tried(setting, s -> {
      number(key, s.value()).ifPresent(n -> numbers.put(key, n));
      return null;
    }));
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach((key, setting) -> texts.put(key, setting.value().span().text().strip().replaceAll("\\s+", " ")));
    return broken || rule == null ? Optional.empty()
        : Optional.of(new RecipeSpec(elaboration.declarations.packageOf(train), train.name().name(), train.doc(),
            train.span(), new RecipeSpec.Type(model.packageName(), model.name()),
            new RecipeSpec.Type(elaboration.declarations.packageOf(rule), rule.name().name()), optimizer.settings(),
            objectives, metrics, decay, groups, Optional.ofNullable(rate), best, data, numbers, texts));
  }

  private <T> T tried(Syntax.Setting setting, java.util.function.Function<Syntax.Setting, T> work) {
    try {
      return setting == null ? null : work.apply(setting);
    } catch (Reported e) {
      broken = true;
      return null;
    }
  }

  private static <T> T orElse(T value, T other) {
    return value == null ? other : value;
  }

  private Void declared(Syntax.Setting s) {
    String name = s.name().name();
    if (!RecipeSpec.KEYS.contains(name)) {
      String near = Suggest.didYouMean(name, RecipeSpec.KEYS);
      throw elaboration.fail(elaboration.at(Code.E0203, s.name().span(), "a recipe has no setting `" + name + "`")
          .label(near)
          .note("the settings are " + String.join(", ", RecipeSpec.KEYS)));
    }
    Syntax.Setting before = settings.putIfAbsent(name, s);
    if (before != null) {
      throw elaboration.fail(elaboration.at(Code.E0202, s.name().span(), "`" + name + "` is set twice")
          .label("second setting")
          .also(before.name().span(), "first set here"));
    }
    return null;
  }

  /** Whether a data set has such options only it can tell, when it is opened. */
  private String data(Syntax.Setting s) {
    Meaning value = elaboration.expressions.evaluate(s.value(), scope);
    if (!(value instanceof Meaning.Text(String text)) || !DATA_OPTIONS.matcher(text).matches()) {
      throw elaboration.fail(elaboration.at(Code.E0206, s.value().span(), "`data` is a text of options of the data set")
          .label(value instanceof Meaning.Text ? "not of the form option=value,option=value"
              : "this is " + value.kind())
          .help("data = \"augment=crop(2)+flip,normalize=yes\""));
    }
    return text;
  }

  // ------------------------------------------------------------------------------------------------ functions

  private List<String> objectives(Syntax.Setting s) {
    List<Syntax.Expr> items = s.value() instanceof Syntax.ListOf l ? l.items() : List.of(s.value());
    if (items.isEmpty()) {
      throw elaboration.fail(Code.E0206, s.value().span(), "training needs an objective", "no function is named");
    }
    Map<String, Syntax.Expr> named = new LinkedHashMap<>();
    for (Syntax.Expr item : items) {
      Syntax.Expr before = named.putIfAbsent(objective(item), item);
      if (before != null) {
        throw elaboration.fail(elaboration.at(Code.E0202, item.span(), "`" + item.span().text() + "` is named twice")
            .label("second turn").also(before.span(), "first turn"));
      }
    }
    return List.copyOf(named.keySet());
  }

  private String objective(Syntax.Expr expr) {
    ModelSpec.Function f = function(expr);
    boolean learns = f.training().values().stream()
        .anyMatch(v -> v.op() instanceof Given g && g.kind() == Given.Kind.PARAMETER);
    if (!givesNumber(f) || !learns) {
      throw elaboration.fail(elaboration.at(Code.E0206, expr.span(),
          "`" + f.name() + "` cannot be made small by training")
          .label(givesNumber(f) ? "no parameter moves its result" : "it gives " + result(f))
          .help("an objective gives a single f32 number: fn loss(...) -> [] = ..."));
    }
    return f.name();
  }

  /** Parameters that no objective moves keep their first values for ever; seldom is that meant. */
  private void warnOfUntrained(List<String> objectives) {
    List<String> names = objectives.isEmpty() ? List.of("loss") : objectives;
    List<ModelSpec.Function> functions = model.functions().stream().filter(f -> names.contains(f.name())).toList();
    List<ModelSpec.Variable> left = new TrainedParameters(functions).leftAlone(model);
    if (!functions.isEmpty() && !left.isEmpty()) {
      Syntax.Setting setting = settings.get("objective");
      elaboration.diagnostics().add(Diagnostic.of(Code.W0908, setting == null ? train.name().span()
          : setting.value().span(), "no objective trains `" + left.getFirst().path() + "`"
          + (left.size() == 1 ? "" : " and " + (left.size() - 1) + " more"))
          .label("trained " + (names.size() == 1 ? "is what `" + names.getFirst() + "` trains" : "in turn"))
          .help("name the function that trains them as one more objective, or tag them #frozen"));
    }
  }

  private List<String> metrics(Syntax.Setting s) {
    List<Syntax.Expr> items = s.value() instanceof Syntax.ListOf l ? l.items() : List.of(s.value());
    List<String> names = new ArrayList<>();
    for (Syntax.Expr item : items) {
      names.add(metric(item));
    }
    return List.copyOf(names);
  }

  private String metric(Syntax.Expr named) {
    ModelSpec.Function f = function(named);
    if (!givesNumber(f)) {
      throw elaboration.fail(Code.E0206, named.span(), "a metric gives a single f32 number",
          "`" + f.name() + "` gives " + result(f));
    }
    return f.name();
  }

  /** {@code highest(hits)}; a single objective is measured as {@code loss}, whatever its name. */
  private RecipeSpec.Best best(Syntax.Setting s, List<String> objectives) {
    if (!(s.value() instanceof Syntax.Call c && c.callee() instanceof Syntax.Name(Span span, String name)
        && (name.equals(HIGHEST) || name.equals("lowest")) && c.args().size() == 1
        && c.args().getFirst().name() == null)) {
      throw elaboration.fail(elaboration.at(Code.E0206, s.value().span(), "`best` says which epoch is the best")
          .help("highest(accuracy), lowest(loss), or one of the model's functions in their place"));
    }
    Syntax.Expr what = c.args().getFirst().value();
    boolean usual = what instanceof Syntax.Name n && MEASURED.contains(n.name());
    String function = usual ? ((Syntax.Name) what).name() : metric(what);
    return new RecipeSpec.Best(objectives.equals(List.of(function)) ? "loss" : function, name.equals(HIGHEST));
  }

  private ModelSpec.Function function(Syntax.Expr expr) {
    if (!(expr instanceof Syntax.Name(Span span, String name))) {
      throw elaboration.fail(Code.E0206, expr.span(), "a function of the model `" + model.name() + "` is named here",
          "write its name only");
    }
    List<String> known = model.functions().stream().map(ModelSpec.Function::name).toList();
    return model.functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow(() ->
        elaboration.fail(elaboration.at(Code.E0201, span,
            "the model `" + model.name() + "` has no function `" + name + "`")
            .label(Suggest.didYouMean(name, known)).note("its functions are " + String.join(", ", known))));
  }

  private static boolean givesNumber(ModelSpec.Function f) {
    List<Graph.Result> results = f.inference().results();
    return results.size() == 1 && results.getFirst().value().shape().rank() == 0
        && results.getFirst().value().type().element() == DType.F32;
  }

  private static String result(ModelSpec.Function f) {
    List<Graph.Result> results = f.inference().results();
    return results.size() == 1 ? results.getFirst().value().type().toString() : results.size() + " results";
  }

  // ------------------------------------------------------------------------------------------------ parameters

  private List<String> decay(Syntax.Setting s, Syntax.Optimizer rule) {
    List<String> patterns = new ArrayList<>();
    List<Syntax.Expr> items = s.value() instanceof Syntax.ListOf l ? l.items() : List.of(s.value());
    items.forEach(item -> patterns.add(pattern(item)));
    requireHyperParameter(rule, DECAY, s.name().span(), "`decay` says what the optimizer's `weight_decay` is for");
    return List.copyOf(patterns);
  }

  private String pattern(Syntax.Expr expr) {
    Meaning value = elaboration.expressions.evaluate(expr, scope);
    if (!(value instanceof Meaning.Text(String text))) {
      throw elaboration.fail(Code.E0206, expr.span(), "a pattern of parameter paths is a str",
          "this is " + value.kind());
    }
    List<String> paths = model.parameters().stream().map(ModelSpec.Variable::path).toList();
    if (paths.stream().noneMatch(new PathPattern(text)::selects)) {
      throw elaboration.fail(elaboration.at(Code.E0201, expr.span(),
          "no parameter of `" + model.name() + "` is selected by this")
          .label(Suggest.didYouMean(text, paths)).note("paths are such as "
              + String.join(", ", paths.subList(0, Math.min(3, paths.size()))) + "; `*` stands for any text"));
    }
    return text;
  }

  private void requireHyperParameter(Syntax.Optimizer rule, String name, Span at, String why) {
    if (rule != null && rule.params().stream().noneMatch(p -> p.name().name().equals(name))) {
      throw elaboration.fail(Code.E0203, at, why, "`" + rule.name().name() + "` has no hyper-parameter `" + name + "`");
    }
  }

  private List<RecipeSpec.Group> groups(Syntax.Setting s, Syntax.Optimizer rule, OptimizerUse optimizer) {
    List<RecipeSpec.Group> groups = new ArrayList<>();
    for (Syntax.Expr item : s.value() instanceof Syntax.ListOf l ? l.items() : List.of(s.value())) {
      if (!(item instanceof Syntax.Call c && c.callee() instanceof Syntax.Name(Span span, String name)
          && name.equals("group")
          && !c.args().isEmpty() && c.args().getFirst().name() == null)) {
        throw elaboration.fail(elaboration.at(Code.E0206, item.span(), "a group of parameters is needed here")
            .help("group(\"net.0\", rate = 0.1, weight_decay = 0.0)"));
      }
      RecipeSpec.Group group = group(c, rule);
      if (!broken && rule != null) {
        optimizer.checkGroup(group.hyperParameters(), c);
      }
      groups.add(group);
    }
    return List.copyOf(groups);
  }

  private RecipeSpec.Group group(Syntax.Call c, Syntax.Optimizer rule) {
    String pattern = pattern(c.args().getFirst().value());
    double rate = 1;
    Map<String, Double> values = new LinkedHashMap<>();
    for (Syntax.Arg arg : c.args().subList(1, c.args().size())) {
      if (arg.name() == null) {
        throw elaboration.fail(Code.E0205, arg.span(), "`group` takes a pattern and named hyper-parameters",
            "this has no name");
      }
      String name = arg.name().name();
      if (name.equals("rate")) {
        requireHyperParameter(rule, RATE, arg.name().span(), "`rate` of a group is a factor of the optimizer's `lr`");
        rate = atLeast("rate", 0, false, arg.value());
        continue;
      }
      List<String> known = rule == null ? List.of(name) : rule.params().stream().map(p -> p.name().name()).toList();
      if (!known.contains(name)) {
        throw elaboration.fail(Code.E0203, arg.name().span(),
            "`" + rule.name().name() + "` has no hyper-parameter `" + name + "`",
            Suggest.didYouMean(name, known));
      }
      values.put(name, Arithmetic.number(known(arg.value())));
    }
    return new RecipeSpec.Group(pattern, rate, values);
  }

  // ------------------------------------------------------------------------------------------------ numbers

  private RecipeSpec.Rate rate(Syntax.Setting s, Syntax.Optimizer rule) {
    RecipeSpec.Rate rate = new RateRule(elaboration, scope).rate(s.value());
    requireHyperParameter(rule, RATE, s.name().span(), "`rate` sets the optimizer's `lr` at every step");
    return rate;
  }

  private Optional<Double> number(String key, Syntax.Expr value) {
    return switch (key) {
      case "batch" -> Optional.of(value instanceof Syntax.StringLit text && text.value().equals("all")
          ? RecipeSpec.ALL_EXAMPLES : atLeast(key, 1, true, value));
      case "epochs", "steps", "accumulate", "patience", "save_steps" -> Optional.of(atLeast(key, 1, true, value));
      case "seed" -> Optional.of(atLeast(key, Long.MIN_VALUE, true, value));
      case "clip_norm", "clip_value" -> Optional.of(atLeast(key, 0, false, value));
      case "average" -> {
        double keep = atLeast(key, 0, false, value);
        if (keep >= 1) {
          throw elaboration.fail(Code.E0206, value.span(), "`average` is a share below 1", "0.999 is usual");
        }
        yield Optional.of(keep);
      }
      default -> Optional.empty();
    };
  }

  private double atLeast(String key, double least, boolean whole, Syntax.Expr expr) {
    Meaning value = known(expr);
    double number = Arithmetic.number(value);
    if (whole && !(value instanceof Meaning.Int) || number < least
        || whole && Math.abs(number) > (key.equals("seed") ? LARGEST_SEED : Integer.MAX_VALUE)) {
      throw elaboration.fail(Code.E0206, expr.span(), "`" + key + "` is a " + (whole ? "whole " : "") + "number"
          + (least < 0 ? "" : " of " + (int) least + " or more"), "this is " + Elaboration.oneLine(expr.span().text()));
    }
    return number;
  }

  private Meaning known(Syntax.Expr expr) {
    Meaning value = elaboration.expressions.evaluate(expr, scope);
    if (!Arithmetic.isKnown(value)) {
      throw elaboration.fail(Code.E0206, expr.span(), "a number is needed here", "this is " + value.kind());
    }
    return value;
  }
}
