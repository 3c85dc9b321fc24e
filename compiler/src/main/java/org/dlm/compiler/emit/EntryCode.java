package org.dlm.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.InputLookup;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Writes what a program does when it is handed its inputs: reads the open dims, checks everything else. */
final class EntryCode {
  private final Graph graph;
  private final Plan plan;
  private final Map<Integer, String> fields;
  private final Set<String> dims;
  private final String checks;

  /** {@code checks}: the constant that holds the function's {@code EntryCheck}. */
  EntryCode(Graph graph, Plan plan, Map<Integer, String> fields, Set<String> dims, String checks) {
    this.graph = graph;
    this.plan = plan;
    this.fields = fields;
    this.dims = dims;
    this.checks = checks;
  }

  MethodSpec accept() {
    CodeBlock.Builder code = CodeBlock.builder().addStatement("$L.count(inputs)", checks);
    for (Buffer buffer : plan.buffers()) {
      if (buffer.place() instanceof Place.Argument(int index)) {
        code.addStatement("$L = $L.$L(inputs, $L)", fields.get(buffer.id()), checks,
            buffer.type() == DType.F32 ? "floats" : "ints", index);
      }
    }
    Set<List<Integer>> solved = new HashSet<>();
    Set<String> missing = new TreeSet<>(dims);
    solve(code, missing, solved, true);
    solve(code, missing, solved, false);
    checkAxes(code, solved);
    for (Graph.Requirement r : graph.requirements()) {
      code.addStatement("$L.require($L, $S, $S)", checks, relation(r), r.message(), r.origin().toString());
    }
    for (InputLookup l : InputLookup.of(graph)) {
      code.addStatement("$L.indices(inputs, $L, $L, $S)", checks, l.input(),
          DimCode.of(l.extent(), EntryCode::variable), l.lookup());
    }
    if (dims.isEmpty()) {
      code.addStatement("boolean changed = !planned").addStatement("planned = true");
    } else {
      code.add("boolean changed = ");
      code.add(CodeBlock.join(dims.stream().map(d -> CodeBlock.of("$L != $L", variable(d), d)).toList(), " || "));
      code.add(";\n");
      dims.forEach(d -> code.addStatement("$L = $L", d, variable(d)));
    }
    code.addStatement("return changed");
    return MethodSpec.methodBuilder("accept").addAnnotation(Override.class).addModifiers(Modifier.PROTECTED)
        .returns(TypeName.BOOLEAN).addParameter(ArrayTypeName.of(Runtime.TENSOR), "inputs").addCode(code.build())
        .build();
  }

  /** The local variable that holds an open dim before it is accepted. */
  private static String variable(String dim) {
    return "new" + Character.toUpperCase(dim.charAt(0)) + dim.substring(1);
  }

  private void solve(CodeBlock.Builder code, Set<String> missing, Set<List<Integer>> solved, boolean bareOnly) {
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      for (int axis = 0; axis < input.shape().rank(); axis++) {
        Dim dim = input.shape().dim(axis);
        if (dim.symbols().size() != 1) {
          continue;
        }
        String symbol = dim.symbols().iterator().next();
        long constant = dim.constantTerm();
        java.util.Optional<Dim> factor = dim.minus(constant).dividedBy(Dim.symbol(symbol));
        if (missing.contains(symbol) && factor.isPresent() && factor.get().isConstant()
            && (!bareOnly || factor.get().is(1) && constant == 0)) {
          code.addStatement("int $L = $L.solve(inputs, $L, $L, $L, $L)", variable(symbol), checks, i, axis,
              factor.get().constant(), constant);
          missing.remove(symbol);
          solved.add(List.of(i, axis));
        }
      }
    }
    if (!bareOnly && !missing.isEmpty()) {
      throw new IllegalStateException("no input of `" + graph.name() + "` says what " + missing + " is");
    }
  }

  private void checkAxes(CodeBlock.Builder code, Set<List<Integer>> solved) {
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      for (int axis = 0; axis < input.shape().rank(); axis++) {
        if (!solved.contains(List.of(i, axis))) {
          code.addStatement("$L.axis(inputs, $L, $L, $L)", checks, i, axis,
              DimCode.of(input.shape().dim(axis), EntryCode::variable));
        }
      }
    }
  }

  private static CodeBlock relation(Graph.Requirement r) {
    CodeBlock left = DimCode.of(r.left(), EntryCode::variable).in(Code.SUM);
    CodeBlock right = DimCode.of(r.right(), EntryCode::variable).in(Code.SUM);
    return switch (r.relation()) {
      case EQUAL -> CodeBlock.of("$L == $L", left, right);
      case NOT_EQUAL -> CodeBlock.of("$L != $L", left, right);
      case LESS -> CodeBlock.of("$L < $L", left, right);
      case AT_MOST -> CodeBlock.of("$L <= $L", left, right);
      case DIVIDES -> CodeBlock.of("($L) % ($L) == 0", left, right);
    };
  }
}
