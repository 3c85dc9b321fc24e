package org.dlm.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ExprParts;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Schedule;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/**
 * What a kernel's method needs besides its tensors: open dims, run-time scalars, the key of random numbers.
 */
record KernelArguments(List<String> dims, Map<String, DType> scalars, boolean random) {
  static KernelArguments of(Kernel kernel, Schedule schedule) {
    return of(kernel, schedule.cut().isEmpty() ? List.of() : List.of(schedule.cut().getFirst()));
  }

  /** Of the end of a contraction. */
  static KernelArguments ofEnd(Kernel kernel, int batchAxes, int rowAxes) {
    List<Axis> outer = kernel.outer();
    return of(kernel, Stream.of(0, batchAxes, batchAxes + rowAxes).filter(i -> i < outer.size()).map(outer::get)
        .toList());
  }

  /** {@code ranged}: the axes of which a call is given a range, so that it does not ask how far they go. */
  private static KernelArguments of(Kernel kernel, List<Axis> ranged) {
    Finder finder = new Finder();
    kernel.outer().stream().filter(a -> !ranged.contains(a)).forEach(a -> finder.dim(a.extent()));
    kernel.slots().forEach(s -> s.shape().dims().forEach(finder::dim));
    for (Statement statement : kernel.body()) {
      switch (statement) {
        case Statement.Reduce r -> {
          r.over().forEach(a -> finder.dim(a.extent()));
          finder.expr(r.element());
        }
        case Statement.Each e -> {
          e.axes().forEach(a -> finder.dim(a.extent()));
          e.stores().forEach(s -> {
            finder.expr(s.value());
            s.at().forEach(finder::index);
          });
        }
        case Statement.Running r -> {
          finder.dim(r.along().extent());
          finder.expr(r.element());
          r.at().forEach(finder::index);
        }
      }
    }
    return new KernelArguments(List.copyOf(finder.dims.keySet()), finder.scalars, finder.random);
  }

  /** Their names, in the order of the parameters. */
  List<String> extra() {
    List<String> names = new ArrayList<>(dims);
    names.addAll(scalars.keySet());
    if (random) {
      names.add("seed");
      names.add("step");
    }
    return names;
  }

  void declare(MethodSpec.Builder method) {
    dims.forEach(d -> method.addParameter(TypeName.INT, d));
    scalars.forEach((name, type) -> method.addParameter(ValueCode.scalarType(type), name));
    if (random) {
      method.addParameter(TypeName.LONG, "seed").addParameter(TypeName.LONG, "step");
    }
  }

  private static final class Finder {
    private final TreeMap<String, Boolean> dims = new TreeMap<>();
    private final Map<String, DType> scalars = new LinkedHashMap<>();
    private boolean random;

    void dim(Dim dim) {
      dim.symbols().forEach(s -> dims.put(s, true));
    }

    void index(Index index) {
      switch (index) {
        case Index.Of o -> { }
        case Index.Fixed(Dim value) -> dim(value);
        case Index.Plus(Index left, Index right) -> {
          index(left);
          index(right);
        }
        case Index.Times(Index of, Dim factor) -> {
          index(of);
          dim(factor);
        }
        case Index.Divided(Index of, Dim divisor) -> {
          index(of);
          dim(divisor);
        }
        case Index.Exactly(Index of, Dim divisor) -> {
          index(of);
          dim(divisor);
        }
        case Index.Modulo(Index of, Dim divisor) -> {
          index(of);
          dim(divisor);
        }
        case Index.Loaded(Expr value, Dim extent, var lookup) -> {
          expr(value);
          dim(extent);
        }
      }
    }

    void expr(Expr expr) {
      switch (expr) {
        case Expr.Size s -> dim(s.value());
        case Expr.Position p -> index(p.index());
        case Expr.Element e -> e.at().forEach(this::index);
        case Expr.Random r -> {
          random = true;
          dim(r.site());
          index(r.counter());
        }
        case Expr.Scalar s -> scalars.put(s.name(), s.type());
        case Expr.Constant c -> { }
        case Expr.Call c -> c.args().forEach(this::expr);
        case Expr.Select s -> ExprParts.children(s).forEach(this::expr);
        case Expr.Cast c -> expr(c.value());
      }
    }
  }
}
