package org.dlm.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.LaneAccess;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.shape.DType;

/** Writes one kernel as a static method, in lanes or as the scalar twin. */
final class KernelMethod {
  /** The parameters of an end. */
  private static final List<String> BLOCK = List.of("batch", "rowFrom", "rowTo", "columnFrom", "columnTo");

  /** The local variables of a vector that is not full. */
  private static final List<String> PART = List.of("left", "rest");

  private final Kernel kernel;
  private final Schedule schedule;
  private final KernelArguments arguments;
  private final boolean vector;
  private final Scope top = new Scope();
  private final KernelNames names;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final LoopCode loops;
  private final ValueCode values;
  private final StoreCode stores;
  private final ReduceCode reductions;
  private final LineCode lines;

  private KernelMethod(Kernel kernel, Schedule schedule, KernelArguments arguments, boolean vector) {
    this.arguments = arguments;
    this.kernel = kernel;
    this.schedule = schedule;
    this.vector = vector;
    top.fresh("from");
    top.fresh("to");
    BLOCK.forEach(top::fresh);
    PART.forEach(top::fresh);
    arguments.extra().forEach(top::fresh);
    names = new KernelNames(kernel, top);
    names.reserve(kernel.outer());
    ScalarCode scalar = new ScalarCode(kernel, names);
    loops = new LoopCode(names, top, code);
    values = new ValueCode(kernel, schedule, names, scalar, code);
    stores = new StoreCode(kernel, names, scalar, values, code);
    lines = LineCode.of(kernel, vector ? schedule : schedule.alone(), names, top, values, code);
    reductions = new ReduceCode(kernel, names, loops, values, stores, lines, code);
  }

  /** Names that a parameter which stands for a size must not have. */
  static Set<String> names(KernelArguments arguments) {
    Set<String> names = new HashSet<>(BLOCK);
    names.addAll(PART);
    names.addAll(List.of("from", "to"));
    names.addAll(arguments.extra());
    return names;
  }

  static MethodSpec of(String name, Kernel kernel, Schedule schedule, boolean vector, Note note) {
    KernelMethod method = new KernelMethod(kernel, schedule, KernelArguments.of(kernel, schedule), vector);
    method.nest();
    MethodSpec.Builder spec = method.signature(name, note);
    if (!schedule.cut().isEmpty()) {
      spec.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "to");
    }
    return spec.addCode(method.code.build()).build();
  }

  /** The end of a contraction: works on a block of rows and columns of one batch entry. */
  static MethodSpec ofEnd(String name, Step.End end, boolean vector) {
    KernelMethod method = new KernelMethod(end.kernel(), end.schedule(),
        KernelArguments.ofEnd(end.kernel(), end.batchAxes(), end.rowAxes()), vector);
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
    arguments.declare(spec);
    return spec;
  }

  private void block(int batchAxes, int rowAxes) {
    List<Axis> outer = kernel.outer();
    List<Axis> columns = outer.subList(batchAxes + rowAxes, outer.size());
    Axis across = vector ? schedule.across() : null;
    loops.decodePoint(outer.subList(0, batchAxes), "batch");
    int open = loops.walk(outer.subList(batchAxes, batchAxes + rowAxes), "row", "rowFrom", "rowTo");
    if (across == null) {
      open += loops.walk(columns, "column", "columnFrom", "columnTo");
      body(top.inner(), null);
    } else {
      Scope scope = top.inner();
      values.hoist(kernel.body(), across, scope);
      laneLoops(across, CodeBlock.of("columnFrom"), CodeBlock.of("columnTo"), true, scope);
    }
    loops.close(open);
  }

  private void nest() {
    List<Axis> cut = schedule.cut();
    int open = 0;
    Axis across = vector ? schedule.across() : null;
    boolean cutsLanes = cut.size() == 1 && cut.getFirst().equals(across);
    if (!cutsLanes) {
      open += loops.walk(cut, "point", "from", "to");
    }
    for (Axis axis : kernel.outer()) {
      if (!cut.contains(axis) && !axis.equals(across)) {
        loops.loop(axis);
        open++;
      }
    }
    if (across == null) {
      body(top.inner(), null);
    } else {
      CodeBlock from = cutsLanes ? CodeBlock.of("from") : CodeBlock.of("0");
      CodeBlock to = cutsLanes ? CodeBlock.of("to") : DimCode.of(across.extent()).block();
      Scope scope = top.inner();
      values.hoist(kernel.body(), across, scope);
      laneLoops(across, from, to, cutsLanes, scope);
    }
    loops.close(open);
  }

  /** The vector loop over the axis, then the rest of it number by number. */
  private void laneLoops(Axis axis, CodeBlock from, CodeBlock to, boolean cut, Scope scope) {
    String name = names.axis(axis);
    if (LineCode.inLines(kernel, schedule)) {
      lines.inStretches(axis, name, from, to, !cut, scope, stretch -> inLines(stretch));
      return;
    }
    String bound = scope.fresh(name + "Bound");
    code.addStatement("int $L = $L", name, from);
    if (cut) {
      code.addStatement("int $L = $L + FLOATS.loopBound($L - $L)", bound, from, to, from);
    } else {
      code.addStatement("int $L = FLOATS.loopBound($L)", bound, to);
    }
    if (SideBySide.fits(kernel, schedule)) {
      loops.beginPoint();
      new SideBySide(kernel, names, reductions, stores, code).loop(axis, name, to, scope);
    }
    code.beginControlFlow("for (; $L < $L; $L += LANES)", name, bound, name);
    body(scope.inner(), axis);
    code.endControlFlow();
    if (!cut && LaneAccess.isShort(axis)) {
      part(axis, to, scope.inner());
    }
    code.beginControlFlow("for (; $L < $L; $L++)", name, to, name);
    body(scope.inner(), null);
    code.endControlFlow();
  }

  /** One statement after the other: the points are independent. */
  private void inLines(LineCode.Stretch stretch) {
    boolean first = true;
    for (Statement statement : kernel.body()) {
      if (!first) {
        code.addStatement("$L = $L", stretch.name(), stretch.start());
      }
      stores(((Statement.Each) statement).stores(), stretch);
      first = false;
    }
  }

  private void stores(List<Store> stores, LineCode.Stretch stretch) {
    List<Expr.Call> slow = lines.compute(stretch, stores.stream().map(Store::value).toList());
    lines.walk(stretch, slow, (lane, scope) -> this.stores.stores(stores, lane, scope));
  }

  /** What is left of a short loop as one vector that is not full, where the machine has such. */
  private void part(Axis axis, CodeBlock to, Scope inside) {
    String name = names.axis(axis);
    code.beginControlFlow("if ($T.PARTIAL && $L < $L)", Runtime.LANES, name, to);
    code.addStatement("int left = $L - $L", to, name);
    code.addStatement("$T rest = FLOATS.indexInRange(0, left)", LaneCode.type(DType.BOOL));
    values.rest(true);
    body(inside, axis);
    values.rest(false);
    code.addStatement("$L = $L", name, to);
    code.endControlFlow();
  }

  /** The statements at one point, or at neighbouring points along {@code lane} where it is not null. */
  private void body(Scope scope, Axis lane) {
    loops.beginPoint();
    for (int i = 0; i < kernel.body().size(); i++) {
      Axis own = vector && schedule.across() == null ? schedule.inner().get(i) : null;
      switch (kernel.body().get(i)) {
        case Statement.Reduce reduce -> {
          if (own != null) {
            reductions.reduceLanes(reduce, own, scope);
          } else {
            reductions.reduce(reduce, lane, scope);
          }
        }
        case Statement.Each each -> each(each, own, lane, scope);
        case Statement.Running running -> reductions.running(running, scope);
      }
    }
  }

  private void each(Statement.Each each, Axis own, Axis lane, Scope scope) {
    int open = loops.loops(each.axes(), own);
    if (own == null) {
      stores.stores(each.stores(), lane, scope.inside(open > 0));
    } else {
      Scope inner = scope.inside(open > 0);
      String name = loops.variable(own, open == 0);
      values.hoist(List.of(each), own, inner);
      CodeBlock extent = DimCode.of(own.extent()).block();
      if (LineCode.areSlow(each.stores().stream().map(Store::value).toList(), own)) {
        lines.inStretches(own, name, CodeBlock.of("0"), extent, true, inner,
            stretch -> stores(each.stores(), stretch));
      } else {
        lines.whole(own, name, extent, inner, (axis, point) -> stores.stores(each.stores(), axis, point));
      }
    }
    loops.close(open);
  }
}
