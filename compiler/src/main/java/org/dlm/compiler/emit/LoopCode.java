package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.loop.Axis;

/** Writes the heads and ends of loops, and the values of axes from a flattened index. */
final class LoopCode {
  private final KernelNames names;
  private final Scope top;
  private final CodeBlock.Builder code;
  /** Loop variables that the block being written declares itself. */
  private final Set<String> blockVariables = new HashSet<>();

  LoopCode(KernelNames names, Scope top, CodeBlock.Builder code) {
    this.names = names;
    this.top = top;
    this.code = code;
  }

  /** A point of the loops around begins: no loop variable is declared in its block yet. */
  void beginPoint() {
    blockVariables.clear();
  }

  /** A loop over the flattened index of the axes from {@code from} to {@code to}. */
  int walk(List<Axis> axes, String point, String from, String to) {
    if (axes.isEmpty()) {
      return 0;
    }
    String counter = axes.size() == 1 ? names.axis(axes.getFirst()) : top.fresh(point);
    code.beginControlFlow("for (int $L = $L; $L < $L; $L++)", counter, from, counter, to, counter);
    if (axes.size() > 1) {
      decodePoint(axes, counter);
    }
    return 1;
  }

  /** The values of the axes from their flattened index. */
  void decodePoint(List<Axis> axes, String point) {
    Code rest = Code.name(point);
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      CodeBlock extent = DimCode.of(axis.extent()).in(Code.UNARY);
      if (i == 0) {
        code.addStatement("int $L = $L", names.axis(axis), rest.block());
      } else {
        code.addStatement("int $L = $L % $L", names.axis(axis), rest.in(Code.PRODUCT), extent);
        rest = Code.of(Code.PRODUCT, "$L / $L", rest.in(Code.PRODUCT), extent);
      }
    }
  }

  /** A loop over each of the axes but {@code but}; how many were opened. */
  int loops(List<Axis> axes, Axis but) {
    int open = 0;
    for (Axis axis : axes) {
      if (!axis.equals(but)) {
        loop(axis);
        open++;
      }
    }
    return open;
  }

  void loop(Axis axis) {
    String name = variable(axis, false);
    code.beginControlFlow("for (int $L = 0; $L < $L; $L++)", name, name, DimCode.of(axis.extent()).in(Code.SUM), name);
  }

  /**
   * The name of a loop over the axis. A loop in lanes declares its variable in the block around it ({@code inBlock}),
   * where a second loop over an axis of that name needs another.
   */
  String variable(Axis axis, boolean inBlock) {
    String name = blockVariables.contains(names.axis(axis)) ? names.again(axis) : names.axis(axis);
    if (inBlock) {
      blockVariables.add(name);
    }
    return name;
  }

  void close(int open) {
    for (int i = 0; i < open; i++) {
      code.endControlFlow();
    }
  }
}
