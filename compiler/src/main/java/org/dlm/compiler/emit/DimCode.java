package org.dlm.compiler.emit;

import java.util.function.UnaryOperator;
import org.dlm.compiler.shape.Atom;
import org.dlm.compiler.shape.Dim;

/** Dims as Java; an open dim is the variable of its name. */
final class DimCode {
  private DimCode() {}

  static Code of(Dim dim) {
    return of(dim, UnaryOperator.identity());
  }

  /** {@code names} gives the variable of an open dim. */
  static Code of(Dim dim, UnaryOperator<String> names) {
    return dim.fold(new Dim.Folder<>() {
      @Override
      public Code constant(long value) {
        return Code.literal(value);
      }

      @Override
      public Code atom(Atom atom) {
        return switch (atom) {
          case Atom.Symbol(String name) -> Code.name(names.apply(name));
          case Atom.Quotient(Dim n, Dim d) ->
              Code.primary("$T.floorDiv($L, $L)", Math.class, of(n, names), of(d, names));
          case Atom.Remainder(Dim n, Dim d) ->
              Code.primary("$T.floorMod($L, $L)", Math.class, of(n, names), of(d, names));
          case Atom.Minimum(Dim a, Dim b) -> Code.primary("$T.min($L, $L)", Math.class, of(a, names), of(b, names));
          case Atom.Maximum(Dim a, Dim b) -> Code.primary("$T.max($L, $L)", Math.class, of(a, names), of(b, names));
        };
      }

      @Override
      public Code plus(Code left, Code right) {
        return left.plus(right);
      }

      @Override
      public Code times(Code left, Code right) {
        return left.isLiteral() ? right.times(left) : left.times(right);
      }
    });
  }
}
