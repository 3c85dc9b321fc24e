package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Contraction;
import org.dlm.compiler.loop.Contraction.Term;
import org.dlm.compiler.loop.Step;

/** Contractions as calls of the runtime's engine. */
final class ContractionCode {
  private ContractionCode() {}

  /** {@code field = Contraction.named(...)...plan(workspace)}. */
  static CodeBlock plan(String field, Step.Contract step) {
    Contraction c = step.contraction();
    Map<Axis, String> names = new HashMap<>();
    Scope scope = new Scope();
    List.of(c.batch(), c.row(), c.column(), c.depth())
        .forEach(list -> list.forEach(a -> names.put(a, scope.fresh(a.name()))));
    CodeBlock.Builder code = CodeBlock.builder().add("$L = $T.named($S)$>$>", field, Runtime.CONTRACTION, step.name());
    axes(code, "batch", c.batch(), names);
    axes(code, "row", c.row(), names);
    axes(code, "column", c.column(), names);
    axes(code, "depth", c.depth(), names);
    code.add("\n.left($L)", terms(c.left(), names)).add("\n.right($L)", terms(c.right(), names))
        .add("\n.out($L)", terms(c.out(), names));
    switch (step.kept()) {
      case LEFT -> code.add("\n.keptLeft()");
      case RIGHT -> code.add("\n.keptRight()");
      case NOTHING -> { }
    }
    return code.add("\n.plan(workspace);\n$<$<").build();
  }

  private static void axes(CodeBlock.Builder code, String role, List<Axis> axes, Map<Axis, String> names) {
    if (!axes.isEmpty()) {
      code.add("\n");
    }
    axes.forEach(a -> code.add(".$L($S, $L)", role, names.get(a), DimCode.of(a.extent())));
  }

  private static CodeBlock terms(List<? extends Term> terms, Map<Axis, String> names) {
    return CodeBlock.join(terms.stream().map(t -> switch (t) {
      case Term.Stride(Axis axis, var elements) ->
          CodeBlock.of("$T.axis($S, $L)", Runtime.CONTRACTION, names.get(axis), DimCode.of(elements));
      case Term.Window w -> window(w, names);
    }).toList(), ", ");
  }

  private static CodeBlock window(Term.Window w, Map<Axis, String> names) {
    CodeBlock.Builder code = CodeBlock.builder().add("$T.window($S, $S, $L, $L)", Runtime.CONTRACTION,
        names.get(w.position()), names.get(w.tap()), DimCode.of(w.size()), DimCode.of(w.elements()));
    if (w.stride() != 1) {
      code.add(".stride($L)", w.stride());
    }
    if (w.dilation() != 1) {
      code.add(".dilation($L)", w.dilation());
    }
    if (w.padding() != 0) {
      code.add(".padding($L)", w.padding());
    }
    if (w.spread() != 1) {
      code.add(".inputDilation($L)", w.spread());
    }
    return code.build();
  }
}
