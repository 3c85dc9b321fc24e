package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;

/** Memory that lasts over the steps of a loop: each step has its place along a first axis. */
final class StepMemory {
  private StepMemory() {}

  /** The memory itself, named as what it keeps. */
  record Room(String name, TensorType type) implements Inner {
    @Override
    public TensorType infer(List<Value> inputs) {
      return type;
    }

    @Override
    public Lowering lower(Value self) {
      return new Lowering.Room();
    }
  }

  /** The memory (first input) after the second input was stored at place {@code at}. */
  record Put(Dim at) implements Inner {
    @Override
    public String name() {
      return "store";
    }

    @Override
    public TensorType infer(List<Value> inputs) {
      return inputs.getFirst().type();
    }

    @Override
    public Lowering lower(Value self) {
      List<Axis> axes = axes(self.input(1).type());
      return new Lowering.Put(axes, indices(new Index.Fixed(at), axes),
          new Expr.Element(1, self.type().element(), Index.of(axes), false));
    }
  }

  /** What lies at place {@code at}. */
  record At(Dim at) implements Inner {
    @Override
    public String name() {
      return "at";
    }

    @Override
    public TensorType infer(List<Value> inputs) {
      TensorType type = inputs.getFirst().type();
      return new TensorType(type.element(), type.shape().withoutFirst());
    }

    @Override
    public Lowering lower(Value self) {
      List<Axis> axes = axes(self.type());
      return new Lowering.Map(axes,
          new Expr.Element(0, self.type().element(), indices(new Index.Fixed(at), axes), false));
    }
  }

  /** The {@code extent} places from place {@code start} on. */
  record Places(Dim start, Dim extent) implements Inner {
    @Override
    public String name() {
      return "places";
    }

    @Override
    public TensorType infer(List<Value> inputs) {
      TensorType type = inputs.getFirst().type();
      return new TensorType(type.element(), type.shape().with(0, extent));
    }

    @Override
    public Lowering lower(Value self) {
      List<Axis> axes = axes(self.type());
      List<Index> at = new ArrayList<>(Index.of(axes));
      at.set(0, at.getFirst().plus(new Index.Fixed(start)));
      return new Lowering.Map(axes, new Expr.Element(0, self.type().element(), at, false));
    }
  }

  /** Exists only here, behind all gradients. */
  private interface Inner extends Op {
    @Override
    default List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
      throw new IllegalStateException("gradients are made before memory is");
    }
  }

  private static List<Axis> axes(TensorType type) {
    List<Axis> axes = new ArrayList<>();
    for (Dim dim : type.shape().dims()) {
      axes.add(new Axis("i" + axes.size(), dim));
    }
    return axes;
  }

  private static List<Index> indices(Index first, List<Axis> axes) {
    List<Index> all = new ArrayList<>(List.of(first));
    all.addAll(Index.of(axes));
    return all;
  }
}
