package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Taps;
import org.dlm.compiler.shape.DType;

/** Writes reductions and running totals: total, loop, and how partial results come together. */
final class ReduceCode {
  private final Kernel kernel;
  private final KernelNames names;
  private final LoopCode loops;
  private final ValueCode values;
  private final StoreCode stores;
  private final LineCode lines;
  private final CodeBlock.Builder code;

  ReduceCode(Kernel kernel, KernelNames names, LoopCode loops, ValueCode values, StoreCode stores, LineCode lines,
      CodeBlock.Builder code) {
    this.kernel = kernel;
    this.names = names;
    this.loops = loops;
    this.values = values;
    this.stores = stores;
    this.lines = lines;
    this.code = code;
  }

  /** One total, or one total for each lane along {@code lane} where it is not null. */
  void reduce(Statement.Reduce reduce, Axis lane, Scope scope) {
    String total = names.slot(reduce.register());
    DType type = kernel.slots().get(reduce.register()).type();
    List<Expr> taps = Taps.of(reduce);
    if (!taps.isEmpty()) {
      Scope beside = scope.beside();
      values.share(taps, lane, beside);
      Code all = null;
      for (Expr tap : taps) {
        Code value = values.value(tap, lane, beside);
        all = all == null ? value : both(all, reduce.combiner(), value, lane != null);
      }
      code.addStatement("$T $L = $L", lane == null ? ValueCode.scalarType(type) : LaneCode.type(type), total,
          all.block());
      return;
    }
    if (lane == null) {
      code.addStatement("$T $L = $L", ValueCode.scalarType(type), total, neutral(reduce.combiner(), type));
    } else {
      code.addStatement("$T $L = $L", LaneCode.type(type), total,
          LaneCode.broadcast(type, neutral(reduce.combiner(), type)).block());
    }
    int open = loops.loops(reduce.over(), null);
    Scope inner = scope.inside(open > 0);
    values.share(List.of(reduce.element()), lane, inner);
    combine(total, reduce.combiner(), values.value(reduce.element(), lane, inner), lane != null);
    loops.close(open);
  }

  /** The totals of neighbouring vectors along {@code lane}, in one loop: the names of each of them. */
  List<String> reduceSideBySide(Statement.Reduce reduce, Axis lane, List<String> places, Scope scope) {
    DType type = kernel.slots().get(reduce.register()).type();
    List<String> totals = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      totals.add(scope.fresh(names.slot(reduce.register()) + i));
      code.addStatement("$T $L = $L", LaneCode.type(type), totals.get(i),
          LaneCode.broadcast(type, neutral(reduce.combiner(), type)).block());
    }
    int open = loops.loops(reduce.over(), null);
    Scope inner = scope.inside(open > 0);
    for (int i = 0; i < places.size(); i++) {
      names.shift(lane, places.get(i));
      Scope one = inner.beside();
      values.share(List.of(reduce.element()), lane, one);
      combine(totals.get(i), reduce.combiner(), values.value(reduce.element(), lane, one), true);
    }
    loops.close(open);
    return totals;
  }

  /** Four sums side by side in lanes, one sum of all lanes at the end, and what the vectors left over. */
  void reduceLanes(Statement.Reduce reduce, Axis own, Scope scope) {
    boolean four = !own.extent().isConstant() || own.extent().constant() >= FixedSizes.FOUR_SUMS;
    String total = names.slot(reduce.register());
    CodeBlock neutral = neutral(reduce.combiner(), DType.F32);
    int count = four ? 4 : 1;
    List<String> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sums.add(scope.fresh(total + "Lanes" + (four ? i : "")));
      code.addStatement("$T $L = $T.broadcast(FLOATS, $L)", LaneCode.FLOAT_VECTOR, sums.get(i), LaneCode.FLOAT_VECTOR,
          neutral);
    }
    code.addStatement("float $L = $L", total, neutral);
    int open = loops.loops(reduce.over(), own);
    Scope inner = scope.inside(open > 0);
    String name = loops.variable(own, open == 0);
    values.hoist(List.of(reduce), own, inner);
    CodeBlock extent = DimCode.of(own.extent()).block();
    if (LineCode.areSlow(List.of(reduce.element()), own)) {
      lines.inStretches(own, name, CodeBlock.of("0"), extent, true, inner, stretch -> {
        List<Expr.Call> slow = lines.compute(stretch, List.of(reduce.element()));
        if (four) {
          fourAtATime(reduce, stretch, sums, slow);
        }
        oneByOne(reduce, stretch, total, sums.getFirst(), slow);
      });
    } else {
      code.addStatement("int $L = 0", name);
      if (four) {
        fourAtATime(reduce, new LineCode.Stretch(own, name, null, "0", extent, inner), sums, List.of());
      }
      String bound = inner.fresh(name + "Bound");
      code.addStatement("int $L = FLOATS.loopBound($L)", bound, extent);
      oneByOne(reduce, new LineCode.Stretch(own, name, bound, "0", extent, inner), total, sums.getFirst(), List.of());
    }
    loops.close(open);
    together(reduce.combiner(), total, sums);
  }

  private void fourAtATime(Statement.Reduce reduce, LineCode.Stretch stretch, List<String> sums, List<Expr.Call> slow) {
    Axis own = stretch.axis();
    String name = stretch.name();
    String bound = stretch.scope().fresh(name + "Bound4");
    code.addStatement("int $L = $L - 4 * LANES", bound, stretch.end());
    code.beginControlFlow("for (; $L <= $L; $L += 4 * LANES)", name, bound, name);
    Scope point = stretch.scope().inner();
    for (int i = 0; i < 4; i++) {
      names.shift(own, i == 0 ? name : i == 1 ? name + " + LANES" : name + " + " + i + " * LANES");
      Scope one = point.beside();
      lines.define(stretch, slow, own, one);
      values.share(List.of(reduce.element()), own, one);
      combine(sums.get(i), reduce.combiner(), values.value(reduce.element(), own, one), true);
    }
    names.shift(own, name);
    code.endControlFlow();
  }

  private void oneByOne(Statement.Reduce reduce, LineCode.Stretch stretch, String total, String sum,
      List<Expr.Call> slow) {
    lines.walk(stretch, slow, (lane, scope) -> {
      values.share(List.of(reduce.element()), lane, scope);
      combine(lane == null ? total : sum, reduce.combiner(), values.value(reduce.element(), lane, scope), lane != null);
    });
  }

  private void together(Combiner combiner, String total, List<String> sums) {
    String method = function(combiner);
    CodeBlock all = sums.size() == 1 ? CodeBlock.of("$L", sums.getFirst())
        : CodeBlock.of("$L.$L($L).$L($L.$L($L))", sums.get(0), method, sums.get(1), method, sums.get(2), method,
            sums.get(3));
    // Not reduceLanes: the order in which that adds changes when the code is compiled, and with it the bits.
    CodeBlock folded = switch (combiner) {
      case SUM, PRODUCT -> CodeBlock.of("$T.$L($L)", Runtime.LANES, combiner == Combiner.SUM ? "sum" : "product", all);
      case MAXIMUM, MINIMUM -> CodeBlock.of("$L.reduceLanes($T.$L)", all, LaneCode.OPERATORS,
          combiner == Combiner.MAXIMUM ? "MAX" : "MIN");
    };
    combine(total, combiner, new Code(folded, Code.PRIMARY), false);
  }

  void running(Statement.Running running, Scope scope) {
    DType type = kernel.slots().get(running.operand()).type();
    String total = scope.fresh("total");
    code.addStatement("$T $L = $L", ValueCode.scalarType(type), total, neutral(running.combiner(), type));
    loops.loop(running.along());
    Scope inner = scope.inner();
    combine(total, running.combiner(), values.value(running.element(), null, inner), false);
    stores.store(new Store(running.operand(), running.at(), running.element(), false), CodeBlock.of("$L", total), null,
        inner);
    code.endControlFlow();
  }

  private static Code both(Code left, Combiner combiner, Code right, boolean lanes) {
    if (lanes) {
      return Code.primary("$L.$L($L)", left.in(Code.PRIMARY), function(combiner), right);
    }
    return switch (combiner) {
      case SUM -> Code.of(Code.SUM, "$L + $L", left.in(Code.SUM), right.in(Code.PRODUCT));
      case PRODUCT -> Code.of(Code.PRODUCT, "$L * $L", left.in(Code.PRODUCT), right.in(Code.UNARY));
      case MAXIMUM, MINIMUM -> Code.primary("$T.$L($L, $L)", Math.class, function(combiner), left, right);
    };
  }

  private void combine(String total, Combiner combiner, Code value, boolean lanes) {
    String function = function(combiner);
    if (lanes) {
      code.addStatement("$L = $L.$L($L)", total, total, function, value.block());
    } else if (combiner == Combiner.SUM || combiner == Combiner.PRODUCT) {
      code.addStatement("$L $L $L", total, combiner == Combiner.SUM ? "+=" : "*=", value.block());
    } else {
      code.addStatement("$L = $T.$L($L, $L)", total, Math.class, function, total, value.block());
    }
  }

  private static String function(Combiner combiner) {
    return switch (combiner) {
      case SUM -> "add";
      case PRODUCT -> "mul";
      case MAXIMUM -> "max";
      case MINIMUM -> "min";
    };
  }

  static CodeBlock neutral(Combiner combiner, DType type) {
    if (type == DType.I32 && (combiner == Combiner.MAXIMUM || combiner == Combiner.MINIMUM)) {
      return CodeBlock.of("Integer.$L", combiner == Combiner.MAXIMUM ? "MIN_VALUE" : "MAX_VALUE");
    }
    return ScalarCode.constant(type, combiner.neutral()).block();
  }
}
