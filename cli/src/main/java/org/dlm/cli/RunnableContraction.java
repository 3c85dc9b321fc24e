package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Contraction.Term;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.shape.Dim;
import org.dlm.runtime.kernel.Contraction;

/**
 * A contraction of a compiled program at given open dims, with operands of its own: it runs without the steps around
 * it.
 *
 * @param builder the runtime's description
 * @param left an operand of the right size
 * @param right the other one
 * @param out the result
 */
public record RunnableContraction(Contraction.Builder builder, float[] left, float[] right, float[] out) {
  /** Where operands begin, as tensors of a program do: on a cache line. */
  public static final int ALIGNED = 12;

  /** Of a step of a program. */
  public static RunnableContraction of(Step.Contract step, Map<String, Long> dims) {
    List<Buffer> buffers = step.buffers();
    return new RunnableContraction(builder(step, dims), numbers(buffers.get(0), dims), numbers(buffers.get(1), dims),
        numbers(buffers.get(2), dims));
  }

  /** The contractions of a program in the order in which they run, also those in loops over time. */
  public static List<Step.Contract> steps(List<Step> steps) {
    return steps.stream().flatMap(step -> switch (step) {
      case Step.Contract contract -> List.of(contract).stream();
      case Step.Repeat repeat -> steps(repeat.steps()).stream();
      case Step.Loops loops -> List.<Step.Contract>of().stream();
    }).toList();
  }

  private static float[] numbers(Buffer buffer, Map<String, Long> dims) {
    float[] numbers = new float[length(buffer.shape().size(), dims) + ALIGNED + 16];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 7919 % 1000 - 500) / 500f;
    }
    return numbers;
  }

  private static int length(Dim dim, Map<String, Long> dims) {
    return Math.toIntExact(dim.evaluate(dims));
  }

  /** How the runtime is told of a contraction. */
  static Contraction.Builder builder(Step.Contract step, Map<String, Long> dims) {
    var c = step.contraction();
    Contraction.Builder builder = Contraction.named(step.name());
    Map<Axis, String> names = new LinkedHashMap<>();
    List.of(c.batch(), c.row(), c.column(), c.depth())
        .forEach(axes -> axes.forEach(axis -> names.put(axis, "a" + names.size())));
    c.batch().forEach(a -> builder.batch(names.get(a), length(a.extent(), dims)));
    c.row().forEach(a -> builder.row(names.get(a), length(a.extent(), dims)));
    c.column().forEach(a -> builder.column(names.get(a), length(a.extent(), dims)));
    c.depth().forEach(a -> builder.depth(names.get(a), length(a.extent(), dims)));
    switch (step.kept()) {
      case LEFT -> builder.keptLeft();
      case RIGHT -> builder.keptRight();
      case NOTHING -> { }
    }
    return builder.left(terms(c.left(), names, dims)).right(terms(c.right(), names, dims))
        .out(c.out().stream().map(t -> Contraction.axis(names.get(t.axis()), length(t.elements(), dims)))
            .toArray(org.dlm.runtime.kernel.Term.Stride[]::new));
  }

  private static org.dlm.runtime.kernel.Term[] terms(List<Term> terms, Map<Axis, String> names,
      Map<String, Long> dims) {
    return terms.stream().map(term -> switch (term) {
      case Term.Stride(Axis axis, Dim elements) ->
          (org.dlm.runtime.kernel.Term) Contraction.axis(names.get(axis), length(elements, dims));
      case Term.Window w -> new org.dlm.runtime.kernel.Term.Window(names.get(w.position()), names.get(w.tap()),
          length(w.size(), dims), length(w.elements(), dims), (int) w.stride(), (int) w.dilation(), (int) w.padding(),
          (int) w.spread());
    }).toArray(org.dlm.runtime.kernel.Term[]::new);
  }
}
