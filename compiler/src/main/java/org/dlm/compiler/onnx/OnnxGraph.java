package org.dlm.compiler.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** A graph under construction: the whole function, or the body of a loop, which sees the values of the graph around. */
final class OnnxGraph {
  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;

  private final OnnxGraph outer;
  private final List<Message> sizes = new ArrayList<>();
  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> initializers = new ArrayList<>();
  private final List<Message> inputs = new ArrayList<>();
  private final List<Message> outputs = new ArrayList<>();
  private final Map<String, String> constants = new HashMap<>();
  private int names;

  /** @param outer null for the whole function */
  OnnxGraph(OnnxGraph outer) {
    this.outer = outer;
  }

  OnnxGraph root() {
    return outer == null ? this : outer.root();
  }

  static int type(DType element) {
    return switch (element) {
      case F32 -> FLOAT;
      case I32 -> INT32;
      case BOOL -> BOOL;
    };
  }

  /** A name that nothing else has. */
  String fresh() {
    return "v" + root().names++;
  }

  /** A node with one result, whose name is returned. */
  String node(String op, List<String> from, Attribute... attributes) {
    return nodes(op, from, 1, attributes).getFirst();
  }

  List<String> nodes(String op, List<String> from, int results, Attribute... attributes) {
    List<String> to = Stream.generate(this::fresh).limit(results).toList();
    nodes.add(message(op, from, to, attributes));
    return to;
  }

  /** A node for the size of an axis, which comes before all others. */
  String size(String op, List<String> from, Attribute... attributes) {
    String to = fresh();
    sizes.add(message(op, from, List.of(to), attributes));
    return to;
  }

  private static Message message(String op, List<String> from, List<String> to, Attribute... attributes) {
    Message node = new Message();
    from.forEach(name -> node.text(1, name));
    to.forEach(name -> node.text(2, name));
    node.text(4, op);
    for (Attribute a : attributes) {
      node.message(5, a.message());
    }
    return node;
  }

  /** Gives a value the name that the outside knows it by. */
  void named(String value, String name) {
    nodes.add(message("Identity", List.of(value), List.of(name)));
  }

  /** A tensor of whole numbers with one axis. */
  String longs(List<Long> values) {
    return root().constants.computeIfAbsent("longs " + values, key -> {
      ByteBuffer data = ByteBuffer.allocate(values.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
      values.forEach(data::putLong);
      return root().initializer(fresh(), INT64, List.of((long) values.size()), data.array());
    });
  }

  /** A tensor of the element type with this value in all places. */
  String constant(DType element, double value, List<Long> shape) {
    return root().constants.computeIfAbsent(element + " " + value + " " + shape, key -> {
      int count = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
      ByteBuffer data = ByteBuffer.allocate(count * (element == DType.BOOL ? 1 : 4)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        switch (element) {
          case F32 -> data.putFloat((float) value);
          case I32 -> data.putInt((int) value);
          case BOOL -> data.put((byte) value);
        }
      }
      return root().initializer(fresh(), type(element), shape, data.array());
    });
  }

  /** A tensor that stands in the file; {@code data}: little-endian. */
  String initializer(String name, int type, List<Long> shape, byte[] data) {
    Message tensor = new Message();
    shape.forEach(length -> tensor.number(1, length));
    initializers.add(tensor.number(2, type).text(8, name).bytes(9, data));
    return name;
  }

  void input(String name, TensorType type) {
    inputs.add(info(name, type(type.element()), type.shape().dims()));
  }

  void output(String name, TensorType type) {
    outputs.add(info(name, type(type.element()), type.shape().dims()));
  }

  /** A counter of a loop: one whole number. */
  void counter(String name) {
    inputs.add(info(name, INT64, List.of()));
  }

  private static Message info(String name, int element, List<Dim> dims) {
    Message shape = new Message();
    dims.forEach(d -> shape.message(1, d.isConstant() ? new Message().number(1, d.constant())
        : new Message().text(2, d.toString())));
    Message tensor = new Message().number(1, element).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  Message message(String name) {
    Message graph = new Message();
    sizes.forEach(n -> graph.message(1, n));
    nodes.forEach(n -> graph.message(1, n));
    graph.text(2, name);
    initializers.forEach(t -> graph.message(5, t));
    inputs.forEach(i -> graph.message(11, i));
    outputs.forEach(o -> graph.message(12, o));
    return graph;
  }
}
