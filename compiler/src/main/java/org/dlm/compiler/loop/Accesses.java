package org.dlm.compiler.loop;

import java.util.ArrayList;
import java.util.List;

/** Every place where a kernel reads or writes a tensor, and every other use of a loop variable. */
public record Accesses(List<Access> accesses, List<Index> others) {
  /** An element of slot {@code slot} is read or written. */
  public record Access(int slot, List<Index> at, boolean guarded, boolean write) {}

  public static Accesses of(List<Statement> statements, List<Slot> slots) {
    Accesses found = new Accesses(new ArrayList<>(), new ArrayList<>());
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Reduce r -> found.collect(r.element(), slots);
        case Statement.Each e -> {
          for (Store store : e.stores()) {
            found.store(store.operand(), store.at(), slots);
            found.collect(store.value(), slots);
          }
        }
        case Statement.Running r -> {
          found.store(r.operand(), r.at(), slots);
          found.collect(r.element(), slots);
        }
      }
    }
    return found;
  }

  private void store(int slot, List<Index> at, List<Slot> slots) {
    accesses.add(new Access(slot, at, false, true));
    at.forEach(i -> inside(i, slots));
  }

  private void collect(Expr expr, List<Slot> slots) {
    switch (expr) {
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position p -> others.add(p.index());
      case Expr.Element e -> {
        if (!slots.get(e.operand()).register()) {
          accesses.add(new Access(e.operand(), e.at(), e.guarded(), false));
          e.at().forEach(i -> inside(i, slots));
        }
      }
      case Expr.Call c -> c.args().forEach(a -> collect(a, slots));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        collect(condition, slots);
        collect(then, slots);
        collect(otherwise, slots);
      }
      case Expr.Cast c -> collect(c.value(), slots);
      case Expr.Random r -> others.add(r.counter());
    }
  }

  private void inside(Index index, List<Slot> slots) {
    switch (index) {
      case Index.Of o -> { }
      case Index.Fixed f -> { }
      case Index.Plus(Index left, Index right) -> {
        inside(left, slots);
        inside(right, slots);
      }
      case Index.Times t -> inside(t.index(), slots);
      case Index.Divided d -> inside(d.index(), slots);
      case Index.Exactly e -> inside(e.index(), slots);
      case Index.Modulo m -> inside(m.index(), slots);
      case Index.Loaded(Expr value, var extent, var lookup) -> collect(value, slots);
    }
  }
}
