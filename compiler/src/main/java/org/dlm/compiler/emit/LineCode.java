package org.dlm.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ExprParts;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Taps;

/**
 * Slow functions in a loop in lanes: their arguments go to lines of the thread's memory, the runtime's shared loops put
 * the results in their place, and the loop proper reads them there.
 */
final class LineCode {
  private static final ClassName LINES = ClassName.get("org.dlm.runtime.lanes", "Lines");
  private static final ClassName MATH = ClassName.get("org.dlm.runtime.lanes", "LineMath");
  private static final Set<String> SLOW = Set.of("exp", "expm1", "log", "log1p", "tanh", "sigmoid", "erf");

  /** {@code Lines.LENGTH}: a loop known to be no longer needs no loop over lines around it. */
  private static final long LENGTH = 512;

  private final KernelNames names;
  private final ValueCode values;
  private final CodeBlock.Builder code;
  private final String lines;

  private LineCode(KernelNames names, ValueCode values, CodeBlock.Builder code, String lines) {
    this.names = names;
    this.values = values;
    this.code = code;
    this.lines = lines;
  }

  /** Declares the lines that the kernel needs, if it needs any. */
  static LineCode of(Kernel kernel, Schedule schedule, KernelNames names, Scope top, ValueCode values,
      CodeBlock.Builder code) {
    int most = 0;
    for (int i = 0; i < kernel.body().size(); i++) {
      Axis lane = inLines(kernel, schedule) ? schedule.across() : schedule.inner().get(i);
      most = lane == null ? most : Math.max(most, levels(roots(kernel.body().get(i)), lane).stream()
          .mapToInt(List::size).sum());
    }
    String lines = most == 0 ? null : top.fresh("lines");
    if (most > 0) {
      code.addStatement("$T $L = $T.of($L)", ArrayTypeName.of(TypeName.FLOAT), lines, LINES, most);
    }
    return new LineCode(names, values, code, lines);
  }

  /** Whether a loop in lanes around all statements can be done line by line: they hand each other no single numbers. */
  static boolean inLines(Kernel kernel, Schedule schedule) {
    return schedule.across() != null
        && kernel.body().stream().allMatch(s -> s instanceof Statement.Each e && e.axes().isEmpty())
        && kernel.body().stream().anyMatch(s -> !levels(roots(s), schedule.across()).isEmpty());
  }

  private static List<Expr> roots(Statement statement) {
    return switch (statement) {
      case Statement.Reduce r -> Taps.of(r).isEmpty() ? List.of(r.element()) : List.of();
      case Statement.Each e -> e.stores().stream().map(Store::value).toList();
      case Statement.Running r -> List.of();
    };
  }

  /** The slow calls that differ along the axis, those that others need first. */
  private static List<List<Expr.Call>> levels(List<Expr> roots, Axis lane) {
    Map<Expr.Call, Integer> depths = new LinkedHashMap<>();
    roots.forEach(r -> depth(r, lane, depths));
    List<List<Expr.Call>> levels = new ArrayList<>();
    depths.forEach((call, depth) -> {
      while (levels.size() < depth) {
        levels.add(new ArrayList<>());
      }
      levels.get(depth - 1).add(call);
    });
    return levels;
  }

  /** How many slow calls are behind one another in the expression. */
  private static int depth(Expr expr, Axis lane, Map<Expr.Call, Integer> depths) {
    if (expr instanceof Expr.Call call && depths.containsKey(call)) {
      return depths.get(call);
    }
    int inside = 0;
    for (Expr child : ExprParts.children(expr)) {
      inside = Math.max(inside, depth(child, lane, depths));
    }
    if (expr instanceof Expr.Call call && SLOW.contains(call.function().name())
        && Indices.axes(call).contains(lane)) {
      depths.put(call, ++inside);
    }
    return inside;
  }

  static boolean areSlow(List<Expr> roots, Axis lane) {
    return !levels(roots, lane).isEmpty();
  }

  /** A part of a loop in lanes that fits into a line. */
  record Stretch(Axis axis, String name, String bound, String start, CodeBlock end, Scope scope) {}

  /**
   * The loop from {@code from} to {@code to} in stretches, after what {@code work} writes for one; {@code name} is the
   * loop variable.
   */
  void inStretches(Axis axis, String name, CodeBlock from, CodeBlock to, boolean whole, Scope scope,
      Consumer<Stretch> work) {
    boolean one = whole && axis.extent().isConstant() && axis.extent().constant() <= LENGTH;
    Scope inner = one ? scope : scope.inner();
    String start = from.toString();
    CodeBlock end = to;
    if (!one) {
      start = inner.fresh(name + "Start");
      end = CodeBlock.of("$L", inner.fresh(name + "End"));
      code.beginControlFlow("for (int $L = $L; $L < $L; $L += $T.LENGTH)", start, from, start, to, start, LINES);
      code.addStatement("int $L = $T.min($L, $L + $T.LENGTH)", end, Math.class, to, start, LINES);
    }
    String bound = inner.fresh(name + "Bound");
    code.addStatement("int $L = $L", name, start);
    if (start.equals("0")) {
      code.addStatement("int $L = FLOATS.loopBound($L)", bound, end);
    } else {
      code.addStatement("int $L = $L + FLOATS.loopBound($L - $L)", bound, start, end, start);
    }
    work.accept(new Stretch(axis, name, bound, start, end, inner));
    if (!one) {
      code.endControlFlow();
    }
  }

  /** The whole loop over the axis at once, without slow calls. */
  void whole(Axis axis, String name, CodeBlock extent, Scope scope, BiConsumer<Axis, Scope> body) {
    String bound = scope.fresh(name + "Bound");
    code.addStatement("int $L = 0", name);
    code.addStatement("int $L = FLOATS.loopBound($L)", bound, extent);
    walk(new Stretch(axis, name, bound, "0", extent, scope), List.of(), body);
  }

  /** Computes the slow calls in the roots; {@link #define} then tells where they lie. */
  List<Expr.Call> compute(Stretch stretch, List<Expr> roots) {
    List<Expr.Call> done = new ArrayList<>();
    for (List<Expr.Call> level : levels(roots, stretch.axis())) {
      List<Expr> arguments = level.stream().map(c -> c.args().getFirst()).toList();
      Set<Expr> different = new LinkedHashSet<>(arguments);
      walk(stretch, done, (lane, scope) -> {
        values.share(new ArrayList<>(different), lane, scope);
        for (int i = 0; i < level.size(); i++) {
          Code value = values.value(arguments.get(i), lane, scope);
          CodeBlock at = place(stretch, done.size() + i);
          if (lane == null) {
            code.addStatement("$L[$L] = $L", lines, at, value.block());
          } else {
            code.addStatement("$L.intoArray($L, $L)", value.in(Code.PRIMARY), lines, at);
          }
        }
      });
      CodeBlock count = stretch.start().equals("0") ? stretch.end()
          : CodeBlock.of("$L - $L", stretch.end(), stretch.start());
      for (Expr.Call call : level) {
        code.addStatement("$T.$L($L, $L, $L)", MATH, call.function().name(), lines, line(done.size()), count);
        done.add(call);
      }
      code.addStatement("$L = $L", stretch.name(), stretch.start());
    }
    return done;
  }

  /** The loop over a stretch, in vectors and then number by number; {@code body} gets the lane axis or null. */
  void walk(Stretch stretch, List<Expr.Call> done, BiConsumer<Axis, Scope> body) {
    String name = stretch.name();
    code.beginControlFlow("for (; $L < $L; $L += LANES)", name, stretch.bound(), name);
    Scope point = stretch.scope().inner();
    define(stretch, done, stretch.axis(), point);
    body.accept(stretch.axis(), point);
    code.endControlFlow();
    code.beginControlFlow("for (; $L < $L; $L++)", name, stretch.end(), name);
    Scope rest = stretch.scope().inner();
    define(stretch, done, null, rest);
    body.accept(null, rest);
    code.endControlFlow();
  }

  /** Lets the calls be read from their lines, at the place where the axis stands. */
  void define(Stretch stretch, List<Expr.Call> done, Axis lane, Scope scope) {
    for (int i = 0; i < done.size(); i++) {
      CodeBlock at = place(stretch, i);
      scope.define(done.get(i), lane == null ? Code.primary("$L[$L]", lines, at)
          : Code.primary("$T.fromArray(FLOATS, $L, $L)", LaneCode.FLOAT_VECTOR, lines, at));
    }
  }

  private CodeBlock place(Stretch stretch, int line) {
    Code at = Code.of(Code.SUM, "$L", names.axis(stretch.axis()));
    CodeBlock place = stretch.start().equals("0") ? at.block() : CodeBlock.of("$L - $L", at, stretch.start());
    return line == 0 ? place : CodeBlock.of("$L + $L", line(line), place);
  }

  private static CodeBlock line(int line) {
    return line == 0 ? CodeBlock.of("0") : line == 1 ? CodeBlock.of("$T.LENGTH", LINES)
        : CodeBlock.of("$L * $T.LENGTH", line, LINES);
  }
}
