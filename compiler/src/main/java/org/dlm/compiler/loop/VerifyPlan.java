package org.dlm.compiler.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks of every step what later passes and the generated code rely on. */
public final class VerifyPlan {
  private VerifyPlan() {}

  /** Throws where a step is not well formed; the message says which and why. */
  public static void check(Plan plan) {
    Set<Integer> written = new HashSet<>();
    plan.steps().forEach(s -> step(s, written));
    plan.results().forEach(r -> require(isThere(r.buffer(), written), "result " + r.name() + " is not computed"));
    for (Plan.Lifetime life : plan.lifetimes()) {
      require(life.first() <= life.last(), life.buffer() + " ends before it begins");
    }
  }

  private static void step(Step step, Set<Integer> written) {
    switch (step) {
      case Step.Loops loops -> {
        kernel(loops.kernel(), loops.buffers());
        reads(loops.kernel(), loops.buffers(), written);
        writes(loops.kernel(), loops.buffers(), written);
      }
      case Step.Contract c -> {
        require(isThere(c.buffers().get(0), written) && isThere(c.buffers().get(1), written),
            c.name() + " reads what no step has computed");
        written.add(c.buffers().get(2).id());
        c.end().ifPresent(e -> {
          List<Buffer> own = c.buffers().subList(3, c.buffers().size());
          kernel(e.kernel(), own);
          reads(e.kernel(), own, written);
          writes(e.kernel(), own, written);
        });
      }
      case Step.Repeat r -> r.steps().forEach(s -> step(s, written));
    }
  }

  private static boolean isThere(Buffer buffer, Set<Integer> written) {
    return switch (buffer.place()) {
      case Place.Arena a -> written.contains(buffer.id());
      case Place.Gradient g -> written.contains(buffer.id());
      case Place.Argument a -> true;
      case Place.Parameter p -> true;
      case Place.State s -> true;
    };
  }

  private static void reads(Kernel kernel, List<Buffer> buffers, Set<Integer> written) {
    Set<Integer> own = new HashSet<>();
    writes(kernel, buffers, own);
    for (Buffer buffer : buffers) {
      require(own.contains(buffer.id()) || isThere(buffer, written),
          kernel.name() + " reads " + buffer.name() + " too early");
    }
  }

  private static void writes(Kernel kernel, List<Buffer> buffers, Set<Integer> written) {
    int tensor = 0;
    for (int slot = 0; slot < kernel.slots().size(); slot++) {
      if (!kernel.slots().get(slot).register()) {
        Buffer buffer = buffers.get(tensor++);
        if (kernel.writes(slot)) {
          require(!(buffer.place() instanceof Place.Argument) && !(buffer.place() instanceof Place.Parameter),
              kernel.name() + " writes " + buffer);
          written.add(buffer.id());
        }
      }
    }
  }

  private static void kernel(Kernel kernel, List<Buffer> buffers) {
    require(kernel.tensors().size() == buffers.size(),
        kernel.name() + " has " + kernel.tensors().size() + " tensors and is given " + buffers.size());
    for (int i = 0; i < buffers.size(); i++) {
      require(kernel.tensors().get(i).type() == buffers.get(i).type(),
          kernel.name() + ": " + buffers.get(i) + " is given for "
          + kernel.tensors().get(i));
    }
    Set<Integer> set = new HashSet<>();
    for (Statement statement : kernel.body()) {
      Set<Axis> known = new HashSet<>(kernel.outer());
      switch (statement) {
        case Statement.Reduce r -> {
          known.addAll(r.over());
          expr(r.element(), kernel, known, set);
          set.add(r.register());
        }
        case Statement.Each e -> {
          known.addAll(e.axes());
          for (Store store : e.stores()) {
            place(store.operand(), store.at(), kernel, known, set);
            expr(store.value(), kernel, known, set);
          }
        }
        case Statement.Running r -> {
          known.add(r.along());
          place(r.operand(), r.at(), kernel, known, set);
          expr(r.element(), kernel, known, set);
        }
      }
    }
  }

  private static void place(int slot, List<Index> at, Kernel kernel, Set<Axis> known, Set<Integer> set) {
    Slot into = kernel.slots().get(slot);
    require(!into.register() && into.shape().rank() == at.size(),
        kernel.name() + ": " + at + " is no place in " + into);
    at.forEach(i -> require(known.containsAll(Indices.axes(i)),
        kernel.name() + ": " + i + " uses an axis that is not walked"));
  }

  private static void expr(Expr expr, Kernel kernel, Set<Axis> known, Set<Integer> set) {
    require(known.containsAll(Indices.axes(expr)), kernel.name() + ": " + expr + " uses an axis that is not walked");
    Types.of(expr);
    switch (expr) {
      case Expr.Element e -> {
        Slot slot = kernel.slots().get(e.operand());
        require(slot.type() == e.type() && slot.shape().rank() == e.at().size(),
            kernel.name() + ": " + e + " of " + slot);
        require(!slot.register() || set.contains(e.operand()),
            kernel.name() + " reads " + slot.name() + " before it is set");
      }
      case Expr.Call c -> c.args().forEach(a -> expr(a, kernel, known, set));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        expr(condition, kernel, known, set);
        expr(then, kernel, known, set);
        expr(otherwise, kernel, known, set);
      }
      case Expr.Cast c -> expr(c.value(), kernel, known, set);
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position p -> { }
      case Expr.Random r -> { }
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
