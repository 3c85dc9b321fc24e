package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ExprParts;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Registers;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;

/** Writes expressions as Java, in lanes or one by one, with a variable for what is needed more than once. */
final class ValueCode {
  private final Kernel kernel;
  private final Schedule schedule;
  private final KernelNames names;
  private final ScalarCode scalar;
  private final CodeBlock.Builder code;
  private boolean rest;

  ValueCode(Kernel kernel, Schedule schedule, KernelNames names, ScalarCode scalar, CodeBlock.Builder code) {
    this.kernel = kernel;
    this.schedule = schedule;
    this.names = names;
    this.scalar = scalar;
    this.code = code;
  }

  /** The expression at one point, or at neighbouring points along {@code lane} where it is not null. */
  Code value(Expr expr, Axis lane, Scope scope) {
    return lane == null ? scalar.expr(expr, scope)
        : new LaneCode(kernel, names, scalar, lane, varies(lane), rest).vector(expr, scope);
  }

  /** From now on vectors stand for the first {@code left} lanes only, or for all lanes again. */
  void rest(boolean rest) {
    this.rest = rest;
  }

  boolean rest() {
    return rest;
  }

  private Predicate<Expr> varies(Axis lane) {
    boolean across = lane != null && lane.equals(schedule.across());
    return e -> Indices.axes(e).contains(lane) || across && Registers.isReadBy(e, kernel.slots());
  }

  /** Computes what is the same all along the lane axis once, before its loop. */
  void hoist(List<Statement> statements, Axis lane, Scope scope) {
    Predicate<Expr> varies = varies(lane);
    Set<Axis> loopsInside = new HashSet<>();
    loopsInside.add(lane);
    List<Expr> roots = new ArrayList<>();
    List<Index.Loaded> rows = new ArrayList<>();
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Reduce r -> {
          roots.add(r.element());
          if (lane.equals(schedule.across())) {
            loopsInside.addAll(r.over());
          }
        }
        case Statement.Each e -> {
          e.stores().forEach(s -> roots.add(s.value()));
          e.stores().forEach(s -> s.at().forEach(i -> rows.addAll(Indices.lookups(i))));
          if (lane.equals(schedule.across())) {
            loopsInside.addAll(e.axes());
          }
        }
        case Statement.Running r -> { }
      }
    }
    roots.forEach(r -> rows.addAll(Indices.lookups(r)));
    rows.stream().filter(r -> Indices.axes(r).stream().noneMatch(loopsInside::contains)).forEach(r -> row(r, scope));
    for (Expr root : roots) {
      for (Expr part : ExprParts.largest(root,
          e -> !varies.test(e) && Indices.axes(e).stream().noneMatch(loopsInside::contains)
          && !(lane.equals(schedule.across()) && Registers.isReadBy(e, kernel.slots())))) {
        if (scope.lookup(part) == null && ExprParts.isWorthAName(part, kernel.slots())) {
          String name = scope.fresh(localName(part));
          code.addStatement("$T $L = $L", scalarType(Types.of(part)), name, scalar.expr(part, scope).block());
          scope.define(part, Code.name(name));
        }
      }
    }
  }

  /** Looks a number up once for all lanes. */
  private void row(Index.Loaded row, Scope scope) {
    if (scope.lookup(new Expr.Position(row)) == null) {
      String name = scope.fresh(row.value() instanceof Expr.Element e ? names.slot(e.operand()) + "Row" : "row");
      code.addStatement("int $L = $L", name, scalar.index(row, scope).block());
      scope.define(new Expr.Position(row), Code.name(name));
    }
  }

  /** Gives a variable to every expression that is needed more than once at a point. */
  void share(List<Expr> roots, Axis lane, Scope scope) {
    Map<Expr, Integer> counts = new LinkedHashMap<>();
    roots.forEach(r -> ExprParts.count(r, counts));
    Predicate<Expr> varies = varies(lane);
    for (Map.Entry<Expr, Integer> entry : counts.entrySet()) {
      Expr part = entry.getKey();
      if (entry.getValue() < 2 || scope.lookup(part) != null || !ExprParts.isWorthAName(part, kernel.slots())) {
        continue;
      }
      boolean lanes = lane != null && varies.test(part);
      if (lane != null && !lanes) {
        continue;
      }
      Code value = value(part, lane, scope);
      String name = scope.fresh(localName(part));
      TypeName type = lanes ? LaneCode.type(Types.of(part)) : scalarType(Types.of(part));
      code.addStatement("$T $L = $L", type, name, value.block());
      scope.define(part, Code.name(name));
    }
  }

  private String localName(Expr part) {
    return switch (part) {
      case Expr.Element e -> names.slot(e.operand()) + "Value";
      case Expr.Call c -> c.function().name() + "Value";
      case Expr.Select s -> "chosen";
      case Expr.Random r -> "random";
      case Expr.Cast c -> "converted";
      default -> "value";
    };
  }

  static TypeName scalarType(DType type) {
    return switch (type) {
      case F32 -> TypeName.FLOAT;
      case I32 -> TypeName.INT;
      case BOOL -> TypeName.BOOLEAN;
    };
  }
}
