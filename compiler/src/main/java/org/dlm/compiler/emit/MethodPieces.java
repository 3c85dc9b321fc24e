package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Cuts long runs of statements into methods that the just-in-time compiler takes. */
final class MethodPieces {
  /** Characters of source in one method: far below the size at which the just-in-time compiler gives up. */
  private static final int LONGEST = 12_000;

  private MethodPieces() {}

  /** Whether the statements fit into one method. */
  static boolean areFew(List<CodeBlock> statements) {
    return cut(statements).size() == 1;
  }

  /** Adds the method with the statements, which calls methods {@code name1}, {@code name2}... where they are many. */
  static void add(TypeSpec.Builder type, MethodSpec.Builder method, String name, List<CodeBlock> statements) {
    List<List<CodeBlock>> pieces = cut(statements);
    if (pieces.size() == 1) {
      pieces.getFirst().forEach(method::addCode);
    } else {
      List<ParameterSpec> parameters = method.build().parameters();
      String arguments = String.join(", ", parameters.stream().map(ParameterSpec::name).toList());
      for (int part = 1; part <= pieces.size(); part++) {
        MethodSpec.Builder piece = MethodSpec.methodBuilder(name + part).addModifiers(Modifier.PRIVATE)
            .addParameters(parameters);
        pieces.get(part - 1).forEach(piece::addCode);
        method.addStatement("$L($L)", name + part, arguments);
        type.addMethod(piece.build());
      }
    }
    type.addMethod(method.build());
  }

  private static List<List<CodeBlock>> cut(List<CodeBlock> statements) {
    List<List<CodeBlock>> pieces = new ArrayList<>(List.of(new ArrayList<>()));
    int length = 0;
    for (CodeBlock statement : statements) {
      int more = statement.toString().length();
      if (length > 0 && length + more > LONGEST) {
        pieces.add(new ArrayList<>());
        length = 0;
      }
      pieces.getLast().add(statement);
      length += more;
    }
    return pieces;
  }
}
