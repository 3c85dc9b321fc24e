package org.dlm.compiler.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.dlm.compiler.loop.Expr;

/** The names that are taken and the expressions that have a local variable at one place of a method. */
final class Scope {
  private final Set<String> taken;
  private final Map<Expr, Code> known;

  Scope() {
    this(new HashSet<>(), new HashMap<>());
  }

  private Scope(Set<String> taken, Map<Expr, Code> known) {
    this.taken = taken;
    this.known = known;
  }

  /** A scope inside this one: what it adds is gone after it. */
  Scope inner() {
    return new Scope(new HashSet<>(taken), new HashMap<>(known));
  }

  /** A scope in the same block of Java: the names it takes stay taken, its expressions are its own. */
  Scope beside() {
    return new Scope(taken, new HashMap<>(known));
  }

  /** The scope of what follows: {@link #inner} where a block of Java was opened for it, else {@link #beside}. */
  Scope inside(boolean block) {
    return block ? inner() : beside();
  }

  /** A free name like the wanted one. */
  String fresh(String wanted) {
    String base = SourceVersion.isKeyword(wanted) ? wanted + "Value" : wanted;
    String candidate = base;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = base + i;
    }
    return candidate;
  }

  void define(Expr expr, Code code) {
    known.put(expr, code);
  }

  /** The variable that holds the expression, or null. */
  Code lookup(Expr expr) {
    return known.get(expr);
  }
}
