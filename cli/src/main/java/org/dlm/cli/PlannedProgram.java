package org.dlm.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.emit.ModelClass;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.compiler.shape.DType;
import org.dlm.runtime.ArenaPlan;

/**
 * What a program needs while it runs.
 *
 * @param arena bytes of the memory that its temporaries share
 * @param atOnce bytes of the temporaries that are needed at the same step, at most: no arena can be smaller
 * @param kernels distinct kernels, each of which the just-in-time compiler must get through
 */
record PlannedProgram(long arena, long atOnce, int kernels) {
  /** A function as it answers. */
  static PlannedProgram inference(ModelSpec.Function function, Map<String, Long> dims) {
    return of(WriteJava.inferencePlan(function), dims);
  }

  /** A training step of a function, where it has a gradient. */
  static Optional<PlannedProgram> training(ModelSpec.Function function, Map<String, Long> dims) {
    return WriteJava.trainingPlan(function).map(p -> of(p, dims));
  }

  private static PlannedProgram of(Plan plan, Map<String, Long> dims) {
    return new PlannedProgram(4 * (arena(plan, true, dims) + arena(plan, false, dims)), plan.peak(dims),
        ModelClass.distinctKernels(List.of(plan)));
  }

  /** Elements of the arena, which floats and whole numbers have one each of. */
  private static long arena(Plan plan, boolean floats, Map<String, Long> dims) {
    ArenaPlan arena = new ArenaPlan();
    plan.lifetimes().stream().filter(l -> (l.buffer().type() == DType.F32) == floats).forEach(l ->
        arena.add(String.valueOf(l.buffer().id()), l.buffer().shape().size().evaluate(dims), l.first(), l.last()));
    return arena.place().size();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s of temporaries, %.2f of the %s needed at once; %d distinct kernels",
        SummaryCommand.memory(arena), atOnce == 0 ? 1 : (double) arena / atOnce, SummaryCommand.memory(atOnce),
        kernels);
  }
}
