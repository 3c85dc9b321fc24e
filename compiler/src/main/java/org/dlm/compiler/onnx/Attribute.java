package org.dlm.compiler.onnx;

import java.util.List;

/** An attribute of a node, by the numbers that ONNX gives to fields and kinds. */
record Attribute(Message message) {
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int STRING = 3;
  private static final int GRAPH = 5;
  private static final int INTS = 7;

  private static Message named(String name, int kind) {
    return new Message().text(1, name).number(20, kind);
  }

  static Attribute of(String name, long value) {
    return new Attribute(named(name, INT).number(3, value));
  }

  static Attribute of(String name, float value) {
    return new Attribute(named(name, FLOAT).number(2, value));
  }

  static Attribute of(String name, String value) {
    return new Attribute(named(name, STRING).text(4, value));
  }

  static Attribute of(String name, List<? extends Number> values) {
    Message message = named(name, INTS);
    values.forEach(v -> message.number(8, v.longValue()));
    return new Attribute(message);
  }

  static Attribute graph(String name, Message graph) {
    return new Attribute(named(name, GRAPH).message(6, graph));
  }
}
