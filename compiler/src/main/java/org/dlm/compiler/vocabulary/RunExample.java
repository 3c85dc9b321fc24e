package org.dlm.compiler.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.source.SourceFile;

/** Tries the examples of the library out, through the interpreter. */
public final class RunExample {
  private final Entry entry;
  private final Example example;

  private RunExample(Entry entry, Example example) {
    this.entry = entry;
    this.example = example;
  }

  /** Runs the example. Throws {@link IllegalArgumentException} where it does not give what it says. */
  public static void check(Entry entry, Example example) {
    new RunExample(entry, example).check();
  }

  /** The arguments of the example, and {@code parameters} for a layer's own, to which a gradient flows. */
  public static Set<String> differentiable(Entry entry) {
    boolean computes = switch (entry.kind()) {
      case PRIMITIVE, FUNCTION, LAYER -> !entry.examples().isEmpty() && !entry.examples().getFirst().inputs().isEmpty();
      case INITIALISER, OPTIMIZER, SCHEDULE -> false;
    };
    return computes ? new RunExample(entry, entry.examples().getFirst()).differentiable() : Set.of();
  }

  private void check() {
    switch (entry.kind()) {
      case INITIALISER -> checkInitialiser();
      case OPTIMIZER -> checkOptimizer();
      case SCHEDULE -> checkSchedule();
      case PRIMITIVE, FUNCTION, LAYER -> checkFunction();
    }
  }

  // ---------------------------------------------------------------------------------------- functions and layers

  private void checkFunction() {
    ModelSpec model = model("");
    Graph graph = model.functions().getFirst().inference();
    Map<Value, double[]> contents =
        Interpret.run(graph, Interpret.Environment.of(Map.of(), v -> given((Given) v.op(), model)));
    List<String> shown = new ArrayList<>();
    for (Graph.Result result : graph.results()) {
      shown.add(show(result.value(), contents.get(result.value())));
    }
    requireResults(shown, i -> shows(example.results().get(i), graph.results().get(i).value(), contents));
  }

  private double[] given(Given given, ModelSpec model) {
    int size = Math.toIntExact(given.type().shape().size().constant());
    ExampleValue input = example.inputs().get(given.path());
    double[] numbers = new double[size];
    if (given.kind() == Given.Kind.INPUT && !input.isType()) {
      return input.values();
    }
    if (given.kind() != Given.Kind.INPUT) {
      java.util.Arrays.fill(numbers, start(given, model));
    }
    return numbers;
  }

  /** What a parameter or buffer starts from, where that is one number; else 0, and only the result's type counts. */
  private static double start(Given given, ModelSpec model) {
    List<ModelSpec.Variable> variables = given.kind() == Given.Kind.PARAMETER ? model.parameters() : model.buffers();
    ModelSpec.Initial initial =
        variables.stream().filter(v -> v.path().equals(given.path())).findFirst().orElseThrow().initial();
    return switch (initial.kind()) {
      case "ones" -> 1;
      case "full" -> initial.args().getFirst();
      default -> 0;
    };
  }

  private ModelSpec model(String total) {
    return compiled(example.model(total)).models().getFirst();
  }

  private Result compiled(String text) {
    return required(Compiler.checkSources(List.of(new SourceFile(entry.name() + ".example", text)), Options.DEFAULT));
  }

  private Result required(Result result) {
    if (result.hasErrors()) {
      throw wrong(result.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining("; ")));
    }
    return result;
  }

  // ------------------------------------------------------------------------------------------------ gradients

  private Set<String> differentiable() {
    StringBuilder names = new StringBuilder();
    StringBuilder sum = new StringBuilder("    return 0.0");
    int next = 0;
    for (Graph.Result result : model("").functions().getFirst().inference().results()) {
      boolean number = result.value().type().element() == DType.F32;
      names.append(next == 0 ? "    " : ", ").append(number ? "r" + next : "_");
      sum.append(number ? " + sum(r" + next + ")" : "");
      next++;
    }
    Graph total = model(names + " = " + example.expression() + "\n" + sum + "\n").functions().getLast().inference();
    Set<String> flows = new LinkedHashSet<>();
    for (Graph.Result result : Backward.of(total, 0, List.of(), true).results()) {
      String path = result.name().replaceFirst("^grad\\.", "");
      if (!path.equals(result.name()) && !(result.value().op() instanceof Full)) {
        flows.add(example.inputs().containsKey(path) ? path : "parameters");
      }
    }
    return flows;
  }

  // ------------------------------------------------------------------------------------------------ the other kinds

  private void checkInitialiser() {
    String text = "layer L() {\n  param p: [2, 2] = " + example.expression()
        + "\n  fn example() -> [] = sum(p)\n}\nmodel Example = L()\n";
    ModelSpec.Initial initial = compiled(text).models().getFirst().parameters().getFirst().initial();
    String shown = initial.kind()
        + initial.args().stream().map("%.4f"::formatted).collect(Collectors.joining(", ", "(", ")"));
    requireResults(List.of(shown), i -> example.results().get(i).equals(shown));
  }

  private void checkOptimizer() {
    Result result = Compiler.checkSources(List.of(), Options.DEFAULT.withOptimizers(List.of(entry.name())));
    OptimizerSpec rule = required(result).optimizers().getFirst();
    OptimizerSpec.Variant variant = rule.variant(name -> scalar(rule, name));
    Graph graph = variant.update();
    long n = example.inputs().get("p").shape().getFirst();
    Map<Value, double[]> contents = Interpret.run(graph, Interpret.Environment.of(Map.of("n", n), value -> {
      Given given = (Given) value.op();
      return given.kind() == Given.Kind.INPUT ? example.inputs().get(given.path()).values()
          : state(variant, given.path(), n);
    }).withScalars(name -> scalar(rule, name)));
    double[] after = contents.get(graph.results().getFirst().value());
    ExampleValue expected = ExampleValue.of(example.results().getFirst());
    requireResults(List.of(java.util.Arrays.toString(after)), i -> expected.shows(DType.F32, List.of((int) n), after));
  }

  /** The rate at one step; what remembers losses starts with its first argument. */
  private void checkSchedule() {
    String text = "model M {\n  net = Linear(1)\n  fn loss(x: [N, 1]) -> [] = mean(net(x))\n}\n"
        + "train T for M {\n  rate = " + example.expression() + "\n}\n";
    RecipeSpec.Rate rate = compiled(text).recipes().getFirst().rate().orElseThrow();
    double value = switch (rate) {
      case RecipeSpec.Plateau p -> p.arguments().getFirst();
      case RecipeSpec.Formula(Graph graph, var written, var span, var conditions) -> Interpret.run(graph,
          Interpret.Environment.of(Map.of(), v -> new double[0]).withScalars(this::known))
          .get(graph.results().getFirst().value())[0];
    };
    ExampleValue expected = ExampleValue.of(example.results().getFirst());
    requireResults(List.of(Double.toString(value)), i -> expected.shows(DType.F32, List.of(), new double[] {value}));
  }

  /** What the trainer puts into a schedule; 1 where the example does not say it, because it does not matter. */
  private double known(String name) {
    return example.inputs().containsKey(name) ? example.inputs().get(name).values()[0] : 1;
  }

  private static double[] state(OptimizerSpec.Variant rule, String name, long n) {
    double[] numbers = new double[Math.toIntExact(n)];
    rule.states().stream().filter(s -> s.name().equals(name)).forEach(s -> java.util.Arrays.fill(numbers, s.initial()));
    return numbers;
  }

  /** A hyper-parameter as the example gives it, {@code Adam(lr = 0.1)}, or its default. */
  private double scalar(OptimizerSpec rule, String name) {
    if (name.equals("step")) {
      return 1;
    }
    String written = example.expression();
    for (String argument : ExampleValue.split(written.substring(written.indexOf('(') + 1, written.lastIndexOf(')')))) {
      String[] sides = argument.split(" = ", 2);
      if (sides[0].equals(name)) {
        return sides[1].equals("true") ? 1 : sides[1].equals("false") ? 0 : Double.parseDouble(sides[1]);
      }
    }
    return rule.hyperParameters().stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow().value();
  }

  // ------------------------------------------------------------------------------------------------ comparing

  private void requireResults(List<String> shown, java.util.function.IntPredicate equal) {
    boolean right = shown.size() == example.results().size();
    for (int i = 0; right && i < shown.size(); i++) {
      right = equal.test(i);
    }
    if (!right) {
      throw wrong("it gives " + String.join(", ", shown));
    }
  }

  private static boolean shows(String expected, Value value, Map<Value, double[]> contents) {
    return ExampleValue.of(expected).shows(value.type().element(), shape(value), contents.get(value));
  }

  private static List<Integer> shape(Value value) {
    return value.shape().dims().stream().map(d -> Math.toIntExact(d.constant())).toList();
  }

  private static String show(Value value, double[] numbers) {
    return value.type().element() + "" + shape(value) + " " + java.util.Arrays.toString(numbers);
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(entry.name() + ": run " + example.text() + ": " + why);
  }
}
