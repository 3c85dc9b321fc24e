package org.dlm.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.emit.KernelSizes.Scheduled;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.shape.Dim;

/**
 * The kernels of one model. Two that differ in names only are one; two that differ in sizes as well are one with the
 * sizes that differ as parameters, since the just-in-time compiler takes its time over every method.
 */
final class KernelLibrary {
  /**
   * A kernel's method, and what one user of it hands over.
   *
   * @param lanes whether it has a form in lanes besides the scalar one
   * @param arguments what the method needs besides tensors
   * @param sizes the sizes among those that are this user's own
   */
  record Entry(String method, boolean lanes, KernelArguments arguments, Map<String, Dim> sizes) {}

  private record Method(String name, boolean lanes, KernelArguments arguments) {}

  private final Map<Object, KernelFamily> families = new HashMap<>();
  private final Map<KernelFamily, Method> methods = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<MethodSpec> scalar = new ArrayList<>();
  private final List<MethodSpec> vector = new ArrayList<>();

  /** A library for these plans: what is added to it later is a step of one of them. */
  KernelLibrary(List<Plan> plans) {
    plans.forEach(p -> p.steps().forEach(this::see));
  }

  private void see(Step step) {
    switch (step) {
      case Step.Loops loops -> family(loops).see(KernelSizes.of(loops));
      case Step.Contract contract -> contract.end().ifPresent(e -> family(e).see(KernelSizes.of(e)));
      case Step.Repeat repeat -> repeat.steps().forEach(this::see);
    }
  }

  /** How many kernels there are, a form in lanes and its scalar twin counted as one. */
  int size() {
    return families.size();
  }

  Entry add(Step.Loops step) {
    KernelFamily family = family(step);
    Method method = methods.get(family);
    if (method == null) {
      Scheduled shared = family.shared(KernelSizes.of(step),
          KernelMethod.names(KernelArguments.of(step.kernel(), step.schedule())));
      method = method(shared.kernel(), KernelArguments.of(shared.kernel(), shared.schedule()),
          shared.schedule().lanes());
      Note note = family.note(step.note());
      scalar.add(KernelMethod.of(method.name(), shared.kernel(), shared.schedule(), false, note));
      if (method.lanes()) {
        vector.add(KernelMethod.of(method.name(), shared.kernel(), shared.schedule(), true, note));
      }
      methods.put(family, method);
    }
    return new Entry(method.name(), method.lanes(), method.arguments(), family.arguments(KernelSizes.of(step)));
  }

  /** The end of a contraction. */
  Entry add(Step.End end) {
    KernelFamily family = family(end);
    Method method = methods.get(family);
    if (method == null) {
      Scheduled shared = family.shared(KernelSizes.of(end),
          KernelMethod.names(KernelArguments.ofEnd(end.kernel(), end.batchAxes(), end.rowAxes())));
      method = method(shared.kernel(),
          KernelArguments.ofEnd(shared.kernel(), end.batchAxes(), end.rowAxes()), end.schedule().across() != null);
      Step.End all = new Step.End(family.note(end.note()), shared.kernel(), shared.schedule(), end.batchAxes(),
          end.rowAxes());
      scalar.add(KernelMethod.ofEnd(method.name(), all, false));
      if (method.lanes()) {
        vector.add(KernelMethod.ofEnd(method.name(), all, true));
      }
      methods.put(family, method);
    }
    return new Entry(method.name(), method.lanes(), method.arguments(), family.arguments(KernelSizes.of(end)));
  }

  private Method method(Kernel kernel, KernelArguments arguments, boolean lanes) {
    String name = kernel.name();
    for (int i = 2; !taken.add(name); i++) {
      name = kernel.name() + i;
    }
    return new Method(name, lanes, arguments);
  }

  private KernelFamily family(Step.Loops step) {
    return families.computeIfAbsent(KernelSizes.of(step).structure(), k -> new KernelFamily());
  }

  private KernelFamily family(Step.End end) {
    return families.computeIfAbsent(List.of(end.batchAxes(), end.rowAxes(), KernelSizes.of(end).structure()),
        k -> new KernelFamily());
  }

  List<MethodSpec> scalarMethods() {
    return scalar;
  }

  List<MethodSpec> vectorMethods() {
    return vector;
  }
}
