package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.graph.Fingerprint;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.ParameterPatterns;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/**
 * Writes what a model's users see of one function: typed methods, a record for several results, the function object.
 */
final class FunctionCode {
  /** Names that methods of {@code Model} and {@code Object} have already. */
  private static final Set<String> RESERVED = Set.of("functions", "function", "initialize", "freeze", "unfreeze",
      "frozen", "weightsChanged", "parameterList", "bufferList", "parameters", "gradients", "buffers",
      "parameterVariables", "bufferVariables", "hashCode", "toString", "getClass", "notify", "notifyAll", "wait",
      "clone", "finalize", "equals");

  private static final int LONGEST_TEXT = 90;

  private final ModelSpec.Function function;
  private final Graph graph;
  private final boolean differentiable;
  private final List<Graph.Result> results;
  private final List<String> trained;
  private final boolean trainsAll;

  FunctionCode(ModelSpec.Function function, List<ModelSpec.Variable> parameters, boolean differentiable) {
    ParameterPatterns patterns = new ParameterPatterns(function.trainable());
    this.trained = parameters.stream().map(ModelSpec.Variable::path).filter(patterns::match).toList();
    this.trainsAll = trained.size() == parameters.size();
    this.function = function;
    this.graph = function.inference();
    this.differentiable = differentiable;
    this.results = graph.results();
  }

  static String fieldName(String function) {
    return methodName(function) + "Function";
  }

  static String checksName(String function) {
    return function.toUpperCase(Locale.ROOT) + "_INPUTS";
  }

  static String methodName(String function) {
    String name = ModelClass.camel(function);
    return RESERVED.contains(name) || SourceVersion.isKeyword(name) ? name + "Of" : name;
  }

  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  FieldSpec checks() {
    return FieldSpec.builder(Runtime.ENTRY_CHECK, checksName(function.name()), Modifier.PRIVATE, Modifier.STATIC,
        Modifier.FINAL)
        .initializer("new $T($S, $S, $T.of($L))", Runtime.ENTRY_CHECK, function.name(), function.span().fileAndLine(),
            List.class, CodeBlock.join(inputs().stream().map(p -> CodeBlock.of("\n    $L", p)).toList(), ",")).build();
  }

  private List<CodeBlock> inputs() {
    return graph.inputs().stream().map(v -> port(path(v), v.type())).toList();
  }

  private static String path(Value input) {
    return ((Given) input.op()).path();
  }

  private static CodeBlock port(String name, TensorType type) {
    CodeBlock dims = CodeBlock.join(type.shape().dims().stream().map(d -> CodeBlock.of("$S", d.toString())).toList(),
        ", ");
    return CodeBlock.of("new $T($S, $T.$L, $T.of($L))", Runtime.PORT, name, Runtime.ELEMENT_TYPE, type.element(),
        List.class, dims);
  }

  /** {@code programs}: the classes of the four forms. What it trains is said where that is not everything. */
  FieldSpec field(List<Optional<String>> programs) {
    CodeBlock outputs = CodeBlock.join(results.stream().map(r -> port(r.name(), r.value().type())).toList(), ", ");
    CodeBlock suppliers = CodeBlock.join(programs.stream()
        .map(p -> p.map(n -> CodeBlock.of("() -> new $L(this)", n)).orElse(CodeBlock.of("null"))).toList(), ", ");
    return FieldSpec.builder(Runtime.FUNCTION, fieldName(function.name()), Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T($S,\n    $L.ports(), $T.of($L),\n    $L)$L$L", Runtime.COMPILED_FUNCTION, function.name(),
            checksName(function.name()), List.class, outputs, suppliers, training(), computes()).build();
  }

  private CodeBlock computes() {
    List<CodeBlock> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : Fingerprint.of(function.inference(), function.training()).split("(?<=; )|(?<= )(?=#)")) {
      if (line.length() + part.length() > LONGEST_TEXT) {
        lines.add(CodeBlock.of("$S", line));
        line.setLength(0);
      }
      line.append(part);
    }
    lines.add(CodeBlock.of("$S", line));
    return CodeBlock.of("\n    .computes($L)", CodeBlock.join(lines, "\n    + "));
  }

  private CodeBlock training() {
    return !differentiable || trainsAll ? CodeBlock.of("")
        : CodeBlock.of("\n    .training($L)",
            CodeBlock.join(trained.stream().map(p -> CodeBlock.of("$S", p)).toList(), ", "));
  }

  List<MethodSpec> methods() {
    List<MethodSpec> methods = new ArrayList<>();
    methods.add(method(methodName(function.name()), "inference", ""));
    if (differentiable) {
      methods.add(method(methodName(function.name()) + "AndGradient", "gradient",
          "As in training; fills {@link #gradients} with the gradient of every parameter.\n\n"));
    }
    return methods;
  }

  private MethodSpec method(String name, String form, String lead) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(resultType());
    String signature = String.join(", ", graph.inputs().stream().map(v -> path(v) + ": " + v.type()).toList()) + " -> "
        + String.join(", ", results.stream().map(r -> r.value().type().toString()).toList());
    method.addJavadoc("$L", lead + ModelClass.javadoc(function.doc(), "{@code " + function.name() + "}.",
        "{@code (" + signature.replace(" -> ", ") -> ") + "}, {@code " + function.span().fileAndLine() + "}"));
    Scope names = new Scope();
    names.fresh("program");
    List<CodeBlock> arguments = new ArrayList<>();
    for (Value input : graph.inputs()) {
      String parameter = names.fresh(ModelClass.camel(path(input)));
      arguments.add(CodeBlock.of("$L", parameter));
      method.addParameter(ParameterSpec.builder(tensor(input.type().element()), parameter).build());
    }
    method.addStatement("$T program = $L.$L()", Runtime.PROGRAM, fieldName(function.name()), form)
        .addStatement("program.bind($L)", CodeBlock.join(arguments, ", "))
        .addStatement("program.run()");
    return method.addStatement("return $L", result()).build();
  }

  private static TypeName tensor(DType type) {
    return type == DType.F32 ? Runtime.FLOAT_TENSOR : Runtime.INT_TENSOR;
  }

  private TypeName resultType() {
    return results.size() == 1 ? type(results.getFirst()) : ClassName.get("", recordName());
  }

  private static TypeName type(Graph.Result result) {
    return isScalar(result) ? TypeName.FLOAT : tensor(result.value().type().element());
  }

  private static boolean isScalar(Graph.Result result) {
    return result.value().type().element() == DType.F32 && result.value().shape().rank() == 0;
  }

  private String recordName() {
    return capital(ModelClass.camel(function.name())) + "Result";
  }

  private CodeBlock result() {
    List<CodeBlock> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Graph.Result result = results.get(i);
      all.add(isScalar(result) ? CodeBlock.of("program.scalar($L)", i)
          : CodeBlock.of("($T) program.output($L)", tensor(result.value().type().element()), i));
    }
    return results.size() == 1 ? all.getFirst() : CodeBlock.of("new $L($L)", recordName(), CodeBlock.join(all, ", "));
  }

  /** A record for several results. */
  List<TypeSpec> records() {
    if (results.size() == 1) {
      return List.of();
    }
    Scope names = new Scope();
    RESERVED.forEach(names::fresh);
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    results.forEach(r -> components.addParameter(type(r), names.fresh(ModelClass.camel(r.name()))));
    return List.of(TypeSpec.recordBuilder(recordName()).addModifiers(Modifier.PUBLIC)
        .addJavadoc("What {@code $L} returns.", function.name()).recordConstructor(components.build()).build());
  }
}
