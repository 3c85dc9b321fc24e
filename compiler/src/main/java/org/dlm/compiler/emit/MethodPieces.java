package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * A long list of statements as one method or, where that would be too large for the just-in-time compiler, as a method
 * that calls pieces of it.
 */
final class MethodPieces {
  /**
   * Characters of Java in a method. A character of what is written here gives half a byte of bytecode, at most one, and
   * HotSpot leaves methods of more than 8000 bytes to the interpreter.
   */
  private static final int LARGEST = 6000;

  private MethodPieces() {}

  /** Whether the statements are one method. */
  static boolean fit(List<CodeBlock> statements) {
    return statements.stream().mapToInt(MethodPieces::size).sum() <= LARGEST;
  }

  private static int size(CodeBlock statement) {
    return statement.toString().length();
  }

  /** The methods of a program's class that do the statements in order; the first overrides {@code name}. */
  static List<MethodSpec> of(String name, List<CodeBlock> statements) {
    return of(MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PROTECTED), name,
        statements);
  }

  /** The statements as the body of {@code whole}, and its pieces. */
  static List<MethodSpec> of(MethodSpec.Builder whole, String name, List<CodeBlock> statements) {
    List<MethodSpec> pieces = new ArrayList<>();
    int[] sizes = statements.stream().mapToInt(MethodPieces::size).toArray();
    if (IntStream.of(sizes).sum() <= LARGEST) {
      statements.forEach(whole::addCode);
    } else {
      for (int from = 0; from < sizes.length;) {
        int to = from + 1;
        for (int size = sizes[from]; to < sizes.length && size + sizes[to] <= LARGEST; to++) {
          size += sizes[to];
        }
        String part = name + (pieces.size() + 1);
        MethodSpec.Builder piece = MethodSpec.methodBuilder(part).addModifiers(Modifier.PRIVATE);
        statements.subList(from, to).forEach(piece::addCode);
        pieces.add(piece.build());
        whole.addStatement("$L()", part);
        from = to;
      }
    }
    pieces.addFirst(whole.build());
    return pieces;
  }
}
