package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.shape.DType;

/** Writes what a point stores. */
final class StoreCode {
  private final Kernel kernel;
  private final KernelNames names;
  private final ScalarCode scalar;
  private final ValueCode values;
  private final CodeBlock.Builder code;

  StoreCode(Kernel kernel, KernelNames names, ScalarCode scalar, ValueCode values, CodeBlock.Builder code) {
    this.kernel = kernel;
    this.names = names;
    this.scalar = scalar;
    this.values = values;
    this.code = code;
  }

  /** All values are computed before any is stored. */
  void stores(List<Store> stores, Axis lane, Scope scope) {
    values.share(stores.stream().map(Store::value).toList(), lane, scope);
    List<CodeBlock> results = new ArrayList<>();
    for (Store store : stores) {
      Code value = values.value(store.value(), lane, scope);
      if (stores.size() > 1) {
        String name = scope.fresh("new" + capital(names.slot(store.operand())));
        code.addStatement("$T $L = $L",
            lane == null ? ValueCode.scalarType(Types.of(store.value())) : LaneCode.type(Types.of(store.value())), name,
            value.block());
        results.add(CodeBlock.of("$L", name));
      } else {
        results.add(value.block());
      }
    }
    for (int i = 0; i < stores.size(); i++) {
      store(stores.get(i), results.get(i), lane, scope);
    }
  }

  void store(Store store, CodeBlock value, Axis lane, Scope scope) {
    CodeBlock at = scalar.offset(store.operand(), store.at(), scope);
    String array = names.slot(store.operand());
    if (lane != null) {
      code.addStatement(LaneCode.store(kernel.slots().get(store.operand()).type(),
          store.add() ? LaneCode.added(value, array, at, values.rest()) : value, array, at, values.rest()));
    } else if (kernel.slots().get(store.operand()).type() == DType.BOOL) {
      code.addStatement("$L[$L] = $L ? 1 : 0", array, at, value);
    } else {
      code.addStatement("$L[$L] $L $L", array, at, store.add() ? "+=" : "=", value);
    }
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
