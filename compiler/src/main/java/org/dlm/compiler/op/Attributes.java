package org.dlm.compiler.op;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * The compile-time arguments of a primitive's call, by name, defaults filled in. Values are Long, Double, Boolean,
 * String, {@link Dim} (an int that depends on open dims) or lists of these.
 */
public record Attributes(Map<String, Object> values) {
  /** Stands for a {@code _} inside a list: work it out. A {@code _} in place of a whole attribute leaves it out. */
  public static final Dim INFERRED = Dim.symbol("_");

  public boolean has(String name) {
    return values.get(name) != null;
  }

  public long integer(String name) {
    return values.get(name) instanceof Dim d ? constant(name, d) : (Long) values.get(name);
  }

  public Dim dim(String name) {
    return values.get(name) instanceof Dim d ? d : Dim.of((Long) values.get(name));
  }

  public double number(String name) {
    return values.get(name) instanceof Dim d ? constant(name, d) : ((Number) values.get(name)).doubleValue();
  }

  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  public String text(String name) {
    return (String) values.get(name);
  }

  /** A list of whole numbers; one number is the list of it. */
  public List<Long> integers(String name) {
    return dims(name).stream().map(d -> constant(name, d)).toList();
  }

  private static long constant(String name, Dim dim) {
    if (!dim.isConstant()) {
      throw new ShapeProblem(Code.E0401, -1, "`" + name + "` must be known while compiling, not "
          + (dim.equals(INFERRED) ? "`_`" : dim), null);
    }
    return dim.constant();
  }

  /** A list of whole numbers that may depend on open dims; one number is the list of it. */
  public List<Dim> dims(String name) {
    Object value = values.get(name);
    List<?> list = value instanceof List<?> l ? l : List.of(value);
    return list.stream().map(v -> v instanceof Dim d ? d : Dim.of((Long) v)).toList();
  }
}
