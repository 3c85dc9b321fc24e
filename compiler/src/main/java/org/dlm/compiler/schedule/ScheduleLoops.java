package org.dlm.compiler.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.LaneAccess;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Registers;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Taps;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.loop.Update;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Decides how each loop nest runs: which axes become one, which one goes in lanes, where it may be cut. */
public final class ScheduleLoops {
  /**
   * Shorter loops are not worth a vector: there is little to win, and until the just-in-time compiler has seen a loop
   * often enough, which takes a short one many calls, every vector is an object.
   */
  private static final long SHORTEST_LANES = 64;

  /** In a nest that comes round so often, the compiler has soon seen enough. */
  private static final long MANY_POINTS = 1 << 14;

  private static final long SHORTEST_LANES_OF_MANY = 16;

  /** The same where one vector that is not full may do it all. */
  private static final long SHORTEST_PART = 8;

  /** So many points are enough to share among threads. */
  private static final long ENOUGH_POINTS = 32;

  /** The value that stands for an open dim when a length is estimated at build time. */
  private static final long TYPICAL_DIM = 32;

  /** The same in an optimizer's update, which walks all parameters of a model. */
  private static final long TYPICAL_PARAMETERS = 1 << 16;

  private ScheduleLoops() {}

  /** The plan with a schedule in every loop step. */
  public static Plan of(Plan plan) {
    List<Step> steps = plan.steps().stream().map(ScheduleLoops::scheduled).toList();
    return new Plan(plan.buffers(), steps, plan.results(), plan.lifetimes());
  }

  private static Step scheduled(Step step) {
    return switch (step) {
      case Step.Loops loops -> {
        Kernel kernel = Flatten.of(ByColumns.of(loops.kernel()));
        yield new Step.Loops(loops.note(), kernel, schedule(kernel), loops.buffers());
      }
      case Step.Contract contract -> contract.ending(contract.end().map(ScheduleLoops::scheduled));
      case Step.Repeat repeat ->
          KeepOperands.in(repeat.with(repeat.steps().stream().map(ScheduleLoops::scheduled).toList()));
    };
  }

  /** The update of an optimizer with its schedule. */
  public static Update of(Update update) {
    Step.Loops loops = update.loops();
    Kernel kernel = Flatten.of(loops.kernel());
    Schedule schedule = schedule(kernel, TYPICAL_PARAMETERS);
    return new Update(new Step.Loops(loops.note(), kernel, schedule, loops.buffers()), update.numbers(),
        update.wholeTensors());
  }

  private static Step.End scheduled(Step.End end) {
    List<Axis> outer = end.kernel().outer();
    int rows = end.batchAxes() + end.rowAxes();
    List<List<Axis>> groups = List.of(outer.subList(0, end.batchAxes()), outer.subList(end.batchAxes(), rows),
        outer.subList(rows, outer.size()));
    Flatten.Groups flat = Flatten.of(end.kernel(), groups);
    Kernel kernel = flat.kernel();
    int batch = flat.sizes().get(0);
    int row = flat.sizes().get(1);
    boolean oneColumn = kernel.outer().size() - batch - row == 1;
    Axis across = oneColumn && fits(kernel, kernel.body(), kernel.outer().getLast(), Place.END, TYPICAL_DIM)
        ? kernel.outer().getLast() : null;
    List<Axis> none = Collections.nCopies(kernel.body().size(), null);
    return new Step.End(end.note(), kernel, new Schedule(List.of(), across, none, Dim.ONE), batch, row);
  }

  static Schedule schedule(Kernel kernel) {
    return schedule(kernel, TYPICAL_DIM);
  }

  private static Schedule schedule(Kernel kernel, long typical) {
    List<Axis> inner = new ArrayList<>();
    for (Statement statement : kernel.body()) {
      inner.add(innerLanes(kernel, statement, typical));
    }
    Axis across = null;
    boolean hasInner = inner.stream().anyMatch(a -> a != null);
    if (!hasInner && !kernel.serial() && !kernel.outer().isEmpty()
        && fits(kernel, kernel.body(), kernel.outer().getLast(),
            kernel.outer().size() == 1 ? Place.CUT : Place.ACROSS, typical)) {
      across = kernel.outer().getLast();
    }
    Axis lane = across;
    List<Axis> cut = kernel.serial() ? List.of() : kernel.outer().size() == 1 ? kernel.outer()
        : enough(kernel.outer().stream().filter(a -> !a.equals(lane)).toList());
    List<Axis> whole = kernel.outer().stream().filter(a -> !cut.contains(a)).toList();
    return new Schedule(cut, across, Collections.unmodifiableList(inner), Work.of(kernel, whole));
  }

  private static long estimate(Dim dim, long typical) {
    return dim.map(name -> Dim.of(typical)).constant();
  }

  private static long points(Kernel kernel, long typical) {
    long outer = kernel.outer().stream().mapToLong(a -> estimate(a.extent(), typical)).reduce(1, (a, b) -> a * b);
    long most = kernel.body().stream().mapToLong(s -> switch (s) {
      case Statement.Reduce r ->
          r.over().stream().mapToLong(a -> estimate(a.extent(), typical)).reduce(1, (a, b) -> a * b);
      case Statement.Each e ->
          e.axes().stream().mapToLong(a -> estimate(a.extent(), typical)).reduce(1, (a, b) -> a * b);
      case Statement.Running r -> estimate(r.along().extent(), typical);
    }).max().orElse(1);
    return outer * most;
  }

  /** The outermost axes that make enough points for all threads; the others are plain loops, which cost less. */
  private static List<Axis> enough(List<Axis> axes) {
    long points = 1;
    for (int i = 0; i < axes.size(); i++) {
      points *= estimate(axes.get(i).extent(), TYPICAL_DIM);
      if (points >= ENOUGH_POINTS) {
        return axes.subList(0, i + 1);
      }
    }
    return axes;
  }

  private static Axis innerLanes(Kernel kernel, Statement statement, long typical) {
    List<Axis> own = switch (statement) {
      case Statement.Reduce r -> r.over();
      case Statement.Each e -> kernel.serial() ? List.of() : e.axes();
      case Statement.Running r -> List.<Axis>of();
    };
    return !own.isEmpty() && fits(kernel, List.of(statement), own.getLast(), Place.INNER, typical) ? own.getLast()
        : null;
  }

  /** Whether neighbours along the axis can share a vector in all the statements. */
  private static boolean fits(Kernel kernel, List<Statement> statements, Axis axis, Place place, long typical) {
    if (estimate(axis.extent(), typical) < shortest(axis, points(kernel, typical), place)) {
      return false;
    }
    boolean across = place != Place.INNER;
    boolean anywhere = place == Place.CUT || place == Place.END;
    Set<LaneAccess> allowed = anywhere ? EnumSet.of(LaneAccess.SAME, LaneAccess.NEIGHBOURS)
        : EnumSet.allOf(LaneAccess.class);
    List<Statement> written = across ? statements.stream().flatMap(ScheduleLoops::taps).toList() : statements;
    boolean contiguousSomewhere = false;
    for (Accesses.Access access : Accesses.of(written, kernel.slots()).accesses()) {
      LaneAccess found = laneAccess(access, kernel.slots().get(access.slot()), axis);
      if (found == null || !allowed.contains(found) || access.write() && found != LaneAccess.NEIGHBOURS) {
        return false;
      }
      contiguousSomewhere |= found == LaneAccess.NEIGHBOURS;
    }
    Lanes lanes = new Lanes(kernel.slots(), across, anywhere);
    return contiguousSomewhere && written.stream().allMatch(s -> switch (s) {
      case Statement.Reduce r ->
          lanes.fit(r.element(), axis) && (across || kernel.slots().get(r.register()).type() == DType.F32);
      case Statement.Each e -> e.stores().stream().allMatch(w -> (!w.add() || !across) && lanes.fit(w.value(), axis));
      case Statement.Running r -> false;
    });
  }

  /** How long a loop must be for lanes. */
  private static long shortest(Axis axis, long points, Place place) {
    return points < MANY_POINTS ? SHORTEST_LANES
        : place == Place.ACROSS && LaneAccess.isShort(axis) ? SHORTEST_PART : SHORTEST_LANES_OF_MANY;
  }

  /**
   * Where a loop in lanes stands: in one statement, around all of them, there also where it may begin anywhere, which
   * steps of two do not allow.
   */
  private enum Place { INNER, ACROSS, CUT, END }

  /** The elements of a small window as they will be written: one by one. */
  private static Stream<Statement> taps(Statement statement) {
    return statement instanceof Statement.Reduce r && !Taps.of(r).isEmpty()
        ? Taps.of(r).stream().map(e -> new Statement.Reduce(r.register(), r.combiner(), List.of(), e))
        : Stream.of(statement);
  }

  /** Null where it has no form in lanes. */
  private static LaneAccess laneAccess(Accesses.Access access, Slot slot, Axis axis) {
    return LaneAccess.of(access.at(), slot.shape(), axis)
        .filter(a -> a == LaneAccess.SAME || !access.guarded()).orElse(null);
  }

  /** Which expressions have a form in lanes. */
  private record Lanes(List<Slot> slots, boolean across, boolean anywhere) {
    private static final Set<String> OF_WHOLE_NUMBERS = Set.of("neg", "abs", "add", "sub", "mul", "max", "min", "lt",
        "le", "eq");

    private static final Set<String> IN_LANES = Set.of("neg", "abs", "exp", "log", "sqrt", "rsqrt", "tanh", "sigmoid",
        "add", "sub", "mul", "div", "max", "min", "lt", "le", "eq", "not", "and", "or", "sign", "expm1", "log1p",
        "erf");

    boolean fit(Expr expr, Axis axis) {
      if (!Indices.axes(expr).contains(axis) && !(across && Registers.isReadBy(expr, slots))) {
        return true;
      }
      return switch (expr) {
        case Expr.Element e -> true;
        case Expr.Call c -> functions(Types.of(c.args().getFirst())).contains(c.function().name())
            && c.args().stream().allMatch(a -> fit(a, axis));
        case Expr.Select s -> fit(s.condition(), axis) && fit(s.then(), axis) && fit(s.otherwise(), axis);
        case Expr.Cast c -> Types.of(c.value()) != DType.F32 && c.type() != DType.BOOL && fit(c.value(), axis);
        case Expr.Position p -> position(p.index(), axis);
        case Expr.Random r -> Affine.of(r.counter()).filter(c -> c.factor(axis).is(1)).isPresent();
        case Expr.Constant c -> true;
        case Expr.Size s -> true;
        case Expr.Scalar s -> true;
      };
    }

    private static Set<String> functions(DType type) {
      return type == DType.I32 ? OF_WHOLE_NUMBERS : IN_LANES;
    }

    private boolean position(Index index, Axis axis) {
      return !Indices.axes(index).contains(axis) || Affine.of(index).isPresent() || switch (index) {
        case Index.Modulo(Index of, Dim two) -> !anywhere && two.is(2) && LaneAccess.startsEven(of, axis);
        case Index.Plus(Index left, Index right) -> position(left, axis) && position(right, axis);
        case Index.Times(Index of, Dim factor) -> position(of, axis);
        default -> false;
      };
    }
  }
}
