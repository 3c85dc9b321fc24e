package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ExprParts;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Expressions and indices of a kernel as Java, one number at a time. */
final class ScalarCode {
  private static final ClassName BOUNDS = ClassName.get("org.dlm.runtime.kernel", "Bounds");
  static final ClassName RANDOM = ClassName.get("org.dlm.runtime.lanes", "CounterRandom");

  private final Kernel kernel;
  private final KernelNames names;

  ScalarCode(Kernel kernel, KernelNames names) {
    this.kernel = kernel;
    this.names = names;
  }

  Code expr(Expr expr, Scope scope) {
    Code known = scope.lookup(expr);
    if (known != null) {
      return known;
    }
    return switch (expr) {
      case Expr.Constant(DType type, double value) -> constant(type, value);
      case Expr.Size(DType type, Dim value) ->
          type == DType.F32 ? Code.of(Code.UNARY, "(float) $L", DimCode.of(value).in(Code.UNARY)) : DimCode.of(value);
      case Expr.Position(Index index) -> index(index, scope);
      case Expr.Element element -> element(element, scope);
      case Expr.Call call -> ScalarFunctions.call(call.function().name(), Types.of(call.args().getFirst()),
          call.args().stream().map(a -> expr(a, scope)).toList());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> Code.of(Code.CHOICE, "$L ? $L : $L",
          expr(condition, scope).in(Code.OR), expr(then, scope).in(Code.CHOICE),
          expr(otherwise, scope).in(Code.CHOICE));
      case Expr.Cast(DType type, Expr value) -> cast(type, value, scope);
      case Expr.Random(var distribution, Dim site, Index counter) -> Code.primary("$T.$L(seed, step, $L, $L)", RANDOM,
          distribution.name().toLowerCase(java.util.Locale.ROOT), DimCode.of(site), index(counter, scope));
      case Expr.Scalar s -> Code.name(s.name());
    };
  }

  static Code constant(DType type, double value) {
    return switch (type) {
      case F32 -> Double.isNaN(value) ? Code.primary("Float.NaN")
          : Double.isInfinite(value) ? Code.primary("Float.$L_INFINITY", value > 0 ? "POSITIVE" : "NEGATIVE")
          : Code.of(value < 0 || 1 / value < 0 ? Code.UNARY : Code.PRIMARY, "$L", literal((float) value));
      case I32 -> Code.literal((int) value);
      case BOOL -> Code.primary("$L", value != 0);
    };
  }

  private static String literal(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6 && 1 / value != Float.NEGATIVE_INFINITY
        ? (int) value + "f" : value + "f";
  }

  private Code cast(DType type, Expr value, Scope scope) {
    DType from = Types.of(value);
    Code code = expr(value, scope);
    if (from == type) {
      return code;
    }
    return switch (type) {
      case F32 -> from == DType.BOOL ? Code.of(Code.CHOICE, "$L ? 1f : 0f", code.in(Code.OR))
          : Code.of(Code.UNARY, "(float) $L", code.in(Code.UNARY));
      case I32 -> from == DType.BOOL ? Code.of(Code.CHOICE, "$L ? 1 : 0", code.in(Code.OR))
          : Code.of(Code.UNARY, "(int) $L", code.in(Code.UNARY));
      case BOOL -> Code.of(Code.EQUALITY, "$L != 0", code.in(Code.EQUALITY));
    };
  }

  private Code element(Expr.Element e, Scope scope) {
    if (kernel.slots().get(e.operand()).register()) {
      return Code.name(names.slot(e.operand()));
    }
    Code read = Code.primary("$L[$L]", names.slot(e.operand()), offset(e.operand(), e.at(), scope));
    Code value = e.type() == DType.BOOL ? Code.of(Code.EQUALITY, "$L != 0", read) : read;
    List<CodeBlock> guards = e.guarded() ? guards(e, scope) : List.of();
    return guards.isEmpty() ? value : Code.of(Code.CHOICE, "$L ? $L : $L",
        CodeBlock.join(guards, " && "), value.in(Code.CHOICE), constant(e.type(), 0));
  }

  private List<CodeBlock> guards(Expr.Element e, Scope scope) {
    Shape shape = kernel.slots().get(e.operand()).shape();
    List<CodeBlock> guards = new ArrayList<>();
    for (int i = 0; i < e.at().size(); i++) {
      Index index = e.at().get(i);
      if (index instanceof Index.Exactly(Index of, Dim divisor)) {
        Code inner = index(of, scope);
        guards.add(CodeBlock.of("$L % $L == 0", inner.in(Code.PRODUCT), DimCode.of(divisor).in(Code.UNARY)));
        // Java's division rounds towards zero, which would let -1 / 2 in: ask about the dividend.
        guards.add(CodeBlock.of("$L >= 0", inner.in(Code.SUM)));
        guards.add(CodeBlock.of("$L < $L", inner.in(Code.SUM), DimCode.of(shape.dim(i).times(divisor)).in(Code.SUM)));
      } else if (!Indices.surelyInside(index, shape.dim(i))) {
        guards.add(CodeBlock.of("$L >= 0", index(index, scope).in(Code.SUM)));
        guards.add(CodeBlock.of("$L < $L", index(index, scope).in(Code.SUM), DimCode.of(shape.dim(i)).in(Code.SUM)));
      }
    }
    return guards;
  }

  /** Where in the slot's array the element lies. */
  CodeBlock offset(int slot, List<Index> at, Scope scope) {
    return place(Code.name(names.base(slot)), slot, at, scope).block();
  }

  private Code place(Code sum, int slot, List<Index> at, Scope scope) {
    Shape shape = kernel.slots().get(slot).shape();
    List<Dim> strides = shape.strides();
    for (int i = 0; i < at.size(); i++) {
      Index index = at.get(i);
      Optional<Affine> affine = Affine.of(index);
      if (affine.isPresent()) {
        sum = sum.plus(affine(affine.get().times(strides.get(i))));
      } else {
        sum = sum.plus(index(index, scope).times(DimCode.of(strides.get(i))));
      }
    }
    return sum;
  }

  /** Where in the first tensor it is read from the number lies that is looked up. */
  private Code lookedUpAt(Expr value, Scope scope) {
    return ExprParts.largest(value, e -> e instanceof Expr.Element n && !kernel.slots().get(n.operand()).register())
        .stream().findFirst().map(e -> (Expr.Element) e)
        .map(e -> place(Code.literal(0), e.operand(), e.at(), scope)).orElse(Code.literal(-1));
  }

  private Code affine(Affine affine) {
    Code sum = Code.literal(0);
    for (var term : affine.factors().entrySet()) {
      Code axis = Code.name(names.axis(term.getKey()));
      boolean negative = term.getValue().isConstant() && term.getValue().constant() < 0;
      Code product = axis.times(DimCode.of(negative ? term.getValue().times(-1) : term.getValue()));
      sum = negative ? Code.of(Code.SUM, "$L - $L", sum.in(Code.SUM), product.in(Code.PRODUCT)) : sum.plus(product);
    }
    return sum.plus(DimCode.of(affine.constant()));
  }

  Code index(Index index, Scope scope) {
    Optional<Affine> affine = Affine.of(index);
    if (affine.isPresent()) {
      return affine(affine.get());
    }
    return switch (index) {
      case Index.Of(Axis axis) -> Code.name(names.axis(axis));
      case Index.Fixed(Dim value) -> DimCode.of(value);
      case Index.Plus(Index left, Index right) -> index(left, scope).plus(index(right, scope));
      case Index.Times(Index of, Dim factor) -> index(of, scope).times(DimCode.of(factor));
      case Index.Divided(Index of, Dim divisor) -> divided(of, divisor, scope);
      case Index.Exactly(Index of, Dim divisor) ->
          Code.of(Code.PRODUCT, "$L / $L", index(of, scope).in(Code.PRODUCT), DimCode.of(divisor).in(Code.UNARY));
      case Index.Modulo(Index of, Dim divisor) -> modulo(of, divisor, scope);
      case Index.Loaded loaded -> loaded(loaded, scope);
    };
  }

  private Code loaded(Index.Loaded loaded, Scope scope) {
    Code known = scope.lookup(new Expr.Position(loaded));
    return known != null ? known : Code.primary("$T.check($L, $L, $L, $S)", BOUNDS, expr(loaded.value(), scope),
        DimCode.of(loaded.extent()), lookedUpAt(loaded.value(), scope), loaded.lookup());
  }

  private Code divided(Index of, Dim divisor, Scope scope) {
    return isNeverNegative(of)
        ? Code.of(Code.PRODUCT, "$L / $L", index(of, scope).in(Code.PRODUCT), DimCode.of(divisor).in(Code.UNARY))
        : Code.primary("$T.floorDiv($L, $L)", Math.class, index(of, scope), DimCode.of(divisor));
  }

  private Code modulo(Index of, Dim divisor, Scope scope) {
    return isNeverNegative(of)
        ? Code.of(Code.PRODUCT, "$L % $L", index(of, scope).in(Code.PRODUCT), DimCode.of(divisor).in(Code.UNARY))
        : Code.primary("$T.floorMod($L, $L)", Math.class, index(of, scope), DimCode.of(divisor));
  }

  private static boolean isNeverNegative(Index index) {
    return Affine.of(index).filter(Affine::isNeverNegative).isPresent()
        || index instanceof Index.Modulo || index instanceof Index.Divided(Index of, Dim d) && isNeverNegative(of)
        || index instanceof Index.Times(Index of, Dim f) && isNeverNegative(of)
        && f.lowerBound().filter(b -> b >= 0).isPresent()
        || index instanceof Index.Plus(Index a, Index b) && isNeverNegative(a) && isNeverNegative(b);
  }
}
