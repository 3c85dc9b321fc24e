package org.dlm.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Registers;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;

/** Writes one kernel as a static method, in lanes or as the scalar twin. */
final class KernelMethod {
  private static final List<String> BLOCK = List.of("batch", "rowFrom", "rowTo", "columnFrom", "columnTo");

  private final Kernel kernel;
  private final Schedule schedule;
  private final boolean vector;
  private final Scope top = new Scope();
  private final KernelNames names;
  private final ScalarCode scalar;
  private final CodeBlock.Builder code = CodeBlock.builder();
  /** Loop variables that the block being written declares itself. */
  private final Set<String> blockVariables = new HashSet<>();

  private KernelMethod(Kernel kernel, Schedule schedule, boolean vector, String place) {
    this.kernel = kernel;
    this.schedule = schedule;
    this.vector = vector;
    top.fresh("from");
    top.fresh("to");
    BLOCK.forEach(top::fresh);
    KernelArguments.of(kernel).extra().forEach(top::fresh);
    names = new KernelNames(kernel, top);
    names.reserve(kernel.outer());
    scalar = new ScalarCode(kernel, names, place);
  }

  static MethodSpec of(String name, Kernel kernel, Schedule schedule, boolean vector, Note note) {
    KernelMethod method = new KernelMethod(kernel, schedule, vector, note.place());
    method.loops();
    MethodSpec.Builder spec = method.signature(name, note);
    if (!schedule.cut().isEmpty()) {
      spec.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "to");
    }
    return spec.addCode(method.code.build()).build();
  }

  /** The end of a contraction: works on a block of rows and columns of one batch entry. */
  static MethodSpec ofEnd(String name, Step.End end, boolean vector) {
    KernelMethod method = new KernelMethod(end.kernel(), end.schedule(), vector, end.note().place());
    method.block(end.batchAxes(), end.rowAxes());
    MethodSpec.Builder spec = method.signature(name, end.note());
    BLOCK.forEach(p -> spec.addParameter(TypeName.INT, p));
    return spec.addCode(method.code.build()).build();
  }

  private MethodSpec.Builder signature(String name, Note note) {
    MethodSpec.Builder spec = MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC)
        .addJavadoc("$L$L.", note.formula(), note.span() == null ? "" : ", " + note.place());
    for (int i = 0; i < kernel.slots().size(); i++) {
      Slot slot = kernel.slots().get(i);
      if (!slot.register()) {
        TypeName element = slot.type() == DType.F32 ? TypeName.FLOAT : TypeName.INT;
        spec.addParameter(ArrayTypeName.of(element), names.slot(i));
        spec.addParameter(TypeName.INT, names.base(i));
      }
    }
    KernelArguments.of(kernel).declare(spec);
    return spec;
  }

  private void block(int batchAxes, int rowAxes) {
    List<Axis> outer = kernel.outer();
    List<Axis> columns = outer.subList(batchAxes + rowAxes, outer.size());
    Axis across = vector ? schedule.across() : null;
    decodePoint(outer.subList(0, batchAxes), "batch");
    int open = walk(outer.subList(batchAxes, batchAxes + rowAxes), "row", "rowFrom", "rowTo");
    if (across == null) {
      open += walk(columns, "column", "columnFrom", "columnTo");
      body(top.inner(), null);
    } else {
      Scope scope = top.inner();
      hoist(kernel.body(), across, scope);
      laneLoops(across, CodeBlock.of("columnFrom"), CodeBlock.of("columnTo"), true, scope);
    }
    for (; open > 0; open--) {
      code.endControlFlow();
    }
  }

  /** A loop over the flattened index of the axes from {@code from} to {@code to}. */
  private int walk(List<Axis> axes, String point, String from, String to) {
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

  private void loops() {
    List<Axis> cut = schedule.cut();
    int open = 0;
    Axis across = vector ? schedule.across() : null;
    boolean cutsLanes = cut.size() == 1 && cut.getFirst().equals(across);
    if (!cutsLanes) {
      open += walk(cut, "point", "from", "to");
    }
    for (Axis axis : kernel.outer()) {
      if (!cut.contains(axis) && !axis.equals(across)) {
        open += loop(axis);
      }
    }
    if (across == null) {
      body(top.inner(), null);
    } else {
      CodeBlock from = cutsLanes ? CodeBlock.of("from") : CodeBlock.of("0");
      CodeBlock to = cutsLanes ? CodeBlock.of("to") : DimCode.of(across.extent()).block();
      Scope scope = top.inner();
      hoist(kernel.body(), across, scope);
      laneLoops(across, from, to, cutsLanes, scope);
    }
    for (; open > 0; open--) {
      code.endControlFlow();
    }
  }

  /** The values of the axes from their flattened index. */
  private void decodePoint(List<Axis> axes, String point) {
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

  private int loop(Axis axis) {
    String name = variable(axis, false);
    code.beginControlFlow("for (int $L = 0; $L < $L; $L++)", name, name, DimCode.of(axis.extent()).in(Code.SUM), name);
    return 1;
  }

  /**
   * The name of a loop over the axis. A loop in lanes declares its variable in the block around it ({@code inBlock}), where
   * a second loop over an axis of that name needs another.
   */
  private String variable(Axis axis, boolean inBlock) {
    String name = blockVariables.contains(names.axis(axis)) ? names.again(axis) : names.axis(axis);
    if (inBlock) {
      blockVariables.add(name);
    }
    return name;
  }

  /** The vector loop over the axis, then the rest of it number by number. */
  private void laneLoops(Axis axis, CodeBlock from, CodeBlock to, boolean cut, Scope scope) {
    String name = names.axis(axis);
    String bound = scope.fresh(name + "Bound");
    code.addStatement("int $L = $L", name, from);
    if (cut) {
      code.addStatement("int $L = $L + FLOATS.loopBound($L - $L)", bound, from, to, from);
    } else {
      code.addStatement("int $L = FLOATS.loopBound($L)", bound, to);
    }
    code.beginControlFlow("for (; $L < $L; $L += LANES)", name, bound, name);
    body(scope.inner(), axis);
    code.endControlFlow();
    code.beginControlFlow("for (; $L < $L; $L++)", name, to, name);
    body(scope.inner(), null);
    code.endControlFlow();
  }

  /** The statements at one point, or at neighbouring points along {@code lane} where it is not null. */
  private void body(Scope scope, Axis lane) {
    blockVariables.clear();
    for (int i = 0; i < kernel.body().size(); i++) {
      Axis own = vector && schedule.across() == null ? schedule.inner().get(i) : null;
      switch (kernel.body().get(i)) {
        case Statement.Reduce reduce -> {
          if (own != null) {
            reduceLanes(reduce, own, scope);
          } else {
            reduce(reduce, lane, scope);
          }
        }
        case Statement.Each each -> each(each, own, lane, scope);
        case Statement.Running running -> running(running, scope);
      }
    }
  }

  private LaneCode lanes(Axis lane) {
    return new LaneCode(kernel, names, scalar, varies(lane));
  }

  private Predicate<Expr> varies(Axis lane) {
    boolean across = lane != null && lane.equals(schedule.across());
    return e -> Indices.axes(e).contains(lane) || across && Registers.isReadBy(e, kernel.slots());
  }

  private void each(Statement.Each each, Axis own, Axis lane, Scope scope) {
    int open = 0;
    for (Axis axis : each.axes()) {
      if (!axis.equals(own)) {
        open += loop(axis);
      }
    }
    if (own == null) {
      stores(each.stores(), lane, scope.inner());
    } else {
      Scope inner = open == 0 ? scope.beside() : scope.inner();
      String name = variable(own, open == 0);
      hoist(List.of(each), own, inner);
      CodeBlock extent = DimCode.of(own.extent()).block();
      String bound = inner.fresh(name + "Bound");
      code.addStatement("int $L = 0", name);
      code.addStatement("int $L = FLOATS.loopBound($L)", bound, extent);
      code.beginControlFlow("for (; $L < $L; $L += LANES)", name, bound, name);
      stores(each.stores(), own, inner.inner());
      code.endControlFlow();
      code.beginControlFlow("for (; $L < $L; $L++)", name, extent, name);
      stores(each.stores(), null, inner.inner());
      code.endControlFlow();
    }
    for (; open > 0; open--) {
      code.endControlFlow();
    }
  }

  /** All values are computed before any is stored. */
  private void stores(List<Store> stores, Axis lane, Scope scope) {
    share(stores.stream().map(Store::value).toList(), lane, scope);
    List<CodeBlock> values = new ArrayList<>();
    for (Store store : stores) {
      Code value = value(store.value(), lane, scope);
      if (stores.size() > 1) {
        String name = scope.fresh("new" + capital(names.slot(store.operand())));
        code.addStatement("$T $L = $L", lane == null ? scalarType(Types.of(store.value())) : LaneCode.FLOAT_VECTOR, name,
            value.block());
        values.add(CodeBlock.of("$L", name));
      } else {
        values.add(value.block());
      }
    }
    for (int i = 0; i < stores.size(); i++) {
      store(stores.get(i), values.get(i), lane, scope);
    }
  }

  private void store(Store store, CodeBlock value, Axis lane, Scope scope) {
    List<CodeBlock> guards = scalar.guards(store, scope);
    if (!guards.isEmpty()) {
      code.beginControlFlow("if ($L)", CodeBlock.join(guards, " && "));
    }
    CodeBlock at = scalar.offset(store.operand(), store.at(), true, scope);
    String array = names.slot(store.operand());
    if (lane != null) {
      code.addStatement("$L.intoArray($L, $L)", value, array, at);
    } else if (kernel.slots().get(store.operand()).type() == DType.BOOL) {
      code.addStatement("$L[$L] = $L ? 1 : 0", array, at, value);
    } else {
      code.addStatement("$L[$L] $L $L", array, at, store.add() ? "+=" : "=", value);
    }
    if (!guards.isEmpty()) {
      code.endControlFlow();
    }
  }

  private Code value(Expr expr, Axis lane, Scope scope) {
    return lane == null ? scalar.expr(expr, scope) : lanes(lane).vector(expr, scope);
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  static TypeName scalarType(DType type) {
    return switch (type) {
      case F32 -> TypeName.FLOAT;
      case I32 -> TypeName.INT;
      case BOOL -> TypeName.BOOLEAN;
    };
  }

  private void reduce(Statement.Reduce reduce, Axis lane, Scope scope) {
    String total = names.slot(reduce.register());
    DType type = kernel.slots().get(reduce.register()).type();
    if (lane == null) {
      code.addStatement("$T $L = $L", scalarType(type), total, neutral(reduce.combiner(), type));
    } else {
      code.addStatement("$T $L = $T.broadcast(FLOATS, $L)", LaneCode.FLOAT_VECTOR, total, LaneCode.FLOAT_VECTOR,
          neutral(reduce.combiner(), type));
    }
    int open = 0;
    for (Axis axis : reduce.over()) {
      open += loop(axis);
    }
    Scope inner = scope.inner();
    share(List.of(reduce.element()), lane, inner);
    combine(total, reduce.combiner(), value(reduce.element(), lane, inner), lane != null);
    for (; open > 0; open--) {
      code.endControlFlow();
    }
  }

  private void combine(String total, Combiner combiner, Code value, boolean lanes) {
    String function = switch (combiner) {
      case SUM -> "add";
      case PRODUCT -> "mul";
      case MAXIMUM -> "max";
      case MINIMUM -> "min";
    };
    if (lanes) {
      code.addStatement("$L = $L.$L($L)", total, total, function, value.block());
    } else if (combiner == Combiner.SUM || combiner == Combiner.PRODUCT) {
      code.addStatement("$L $L $L", total, combiner == Combiner.SUM ? "+=" : "*=", value.block());
    } else {
      code.addStatement("$L = $T.$L($L, $L)", total, Math.class, function, total, value.block());
    }
  }

  static CodeBlock neutral(Combiner combiner, DType type) {
    if (type == DType.I32 && (combiner == Combiner.MAXIMUM || combiner == Combiner.MINIMUM)) {
      return CodeBlock.of("Integer.$L", combiner == Combiner.MAXIMUM ? "MIN_VALUE" : "MAX_VALUE");
    }
    return ScalarCode.constant(type, combiner.neutral()).block();
  }

  /** Four sums side by side in lanes, one sum of all lanes at the end, and what the vectors left over. */
  private void reduceLanes(Statement.Reduce reduce, Axis own, Scope scope) {
    boolean four = !own.extent().isConstant() || own.extent().constant() >= 64;
    String total = names.slot(reduce.register());
    CodeBlock neutral = neutral(reduce.combiner(), DType.F32);
    int count = four ? 4 : 1;
    List<String> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sums.add(scope.fresh(total + "Lanes" + (four ? i : "")));
      code.addStatement("$T $L = $T.broadcast(FLOATS, $L)", LaneCode.FLOAT_VECTOR, sums.get(i), LaneCode.FLOAT_VECTOR, neutral);
    }
    code.addStatement("float $L = $L", total, neutral);
    int open = 0;
    for (Axis axis : reduce.over()) {
      if (!axis.equals(own)) {
        open += loop(axis);
      }
    }
    Scope inner = open == 0 ? scope.beside() : scope.inner();
    String name = variable(own, open == 0);
    hoist(List.of(reduce), own, inner);
    CodeBlock extent = DimCode.of(own.extent()).block();
    code.addStatement("int $L = 0", name);
    if (four) {
      String bound = inner.fresh(name + "Bound4");
      code.addStatement("int $L = $L - 4 * LANES", bound, DimCode.of(own.extent()).in(Code.SUM));
      code.beginControlFlow("for (; $L <= $L; $L += 4 * LANES)", name, bound, name);
      Scope point = inner.inner();
      for (int i = 0; i < 4; i++) {
        names.shift(own, i == 0 ? name : i == 1 ? name + " + LANES" : name + " + " + i + " * LANES");
        Scope one = point.beside();
        share(List.of(reduce.element()), own, one);
        combine(sums.get(i), reduce.combiner(), value(reduce.element(), own, one), true);
      }
      names.shift(own, name);
      code.endControlFlow();
    }
    String bound = inner.fresh(name + "Bound");
    code.addStatement("int $L = FLOATS.loopBound($L)", bound, extent);
    code.beginControlFlow("for (; $L < $L; $L += LANES)", name, bound, name);
    Scope point = inner.inner();
    share(List.of(reduce.element()), own, point);
    combine(sums.getFirst(), reduce.combiner(), value(reduce.element(), own, point), true);
    code.endControlFlow();
    code.beginControlFlow("for (; $L < $L; $L++)", name, extent, name);
    Scope rest = inner.inner();
    share(List.of(reduce.element()), null, rest);
    combine(total, reduce.combiner(), value(reduce.element(), null, rest), false);
    code.endControlFlow();
    for (; open > 0; open--) {
      code.endControlFlow();
    }
    together(reduce.combiner(), total, sums);
  }

  private void together(Combiner combiner, String total, List<String> sums) {
    String method = switch (combiner) {
      case SUM -> "add";
      case PRODUCT -> "mul";
      case MAXIMUM -> "max";
      case MINIMUM -> "min";
    };
    CodeBlock all = sums.size() == 1 ? CodeBlock.of("$L", sums.getFirst())
        : CodeBlock.of("$L.$L($L).$L($L.$L($L))", sums.get(0), method, sums.get(1), method, sums.get(2), method, sums.get(3));
    // Not reduceLanes: the order in which that adds changes when the code is compiled, and with it the bits.
    CodeBlock folded = switch (combiner) {
      case SUM, PRODUCT -> CodeBlock.of("$T.$L($L)", Runtime.LANES, combiner == Combiner.SUM ? "sum" : "product", all);
      case MAXIMUM, MINIMUM -> CodeBlock.of("$L.reduceLanes($T.$L)", all, LaneCode.OPERATORS,
          combiner == Combiner.MAXIMUM ? "MAX" : "MIN");
    };
    combine(total, combiner, new Code(folded, Code.PRIMARY), false);
  }

  private void running(Statement.Running running, Scope scope) {
    DType type = kernel.slots().get(running.operand()).type();
    String total = scope.fresh("total");
    code.addStatement("$T $L = $L", scalarType(type), total, neutral(running.combiner(), type));
    loop(running.along());
    Scope inner = scope.inner();
    combine(total, running.combiner(), value(running.element(), null, inner), false);
    store(new Store(running.operand(), running.at(), running.element(), false), CodeBlock.of("$L", total), null, inner);
    code.endControlFlow();
  }

  /** Computes what is the same all along the lane axis once, before its loop. */
  private void hoist(List<Statement> statements, Axis lane, Scope scope) {
    Predicate<Expr> varies = varies(lane);
    java.util.Set<Axis> loopsInside = new java.util.HashSet<>();
    loopsInside.add(lane);
    List<Expr> roots = new ArrayList<>();
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
          if (lane.equals(schedule.across())) {
            loopsInside.addAll(e.axes());
          }
        }
        case Statement.Running r -> { }
      }
    }
    for (Expr root : roots) {
      for (Expr part : ExprParts.largest(root, e -> !varies.test(e) && Indices.axes(e).stream().noneMatch(loopsInside::contains)
          && !(lane.equals(schedule.across()) && Registers.isReadBy(e, kernel.slots())))) {
        if (scope.lookup(part) == null && ExprParts.isWorthAName(part, kernel.slots())) {
          String name = scope.fresh(localName(part));
          code.addStatement("$T $L = $L", scalarType(Types.of(part)), name, scalar.expr(part, scope).block());
          scope.define(part, Code.name(name));
        }
      }
    }
  }

  /** Gives a variable to every expression that is needed more than once at a point. */
  private void share(List<Expr> roots, Axis lane, Scope scope) {
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
      TypeName type = !lanes ? scalarType(Types.of(part))
          : Types.of(part) == DType.BOOL
              ? com.palantir.javapoet.ParameterizedTypeName.get(
                  com.palantir.javapoet.ClassName.get("jdk.incubator.vector", "VectorMask"), TypeName.FLOAT.box())
              : LaneCode.FLOAT_VECTOR;
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
}
