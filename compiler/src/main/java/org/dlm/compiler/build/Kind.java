package org.dlm.compiler.build;

import org.dlm.compiler.shape.DType;
import org.dlm.compiler.syntax.Syntax;

/** What a written type asks for: a compile-time value of some kind, or a tensor. */
enum Kind {
  INT, FLOAT, BOOL, STR, FN, INIT, LIST, TENSOR, TUPLE, ANY;

  /** A missing type takes anything. */
  static Kind of(Syntax.Type type) {
    return switch (type) {
      case null -> ANY;
      case Syntax.InferredType i -> ANY;
      case Syntax.TupleType t -> TUPLE;
      case Syntax.SimpleType s -> simple(s.name());
      case Syntax.TensorType t ->
          t.dims().isEmpty() && t.element() != null && isListElement(t.element().name()) ? LIST : TENSOR;
    };
  }

  private static Kind simple(String name) {
    return switch (name) {
      case "int" -> INT;
      case "float" -> FLOAT;
      case "bool" -> BOOL;
      case "str" -> STR;
      case "fn" -> FN;
      case "init" -> INIT;
      default -> null;
    };
  }

  private static boolean isListElement(String name) {
    return simple(name) != null && !name.equals("bool");
  }

  /** The kind of a list type's items. */
  static Kind ofItems(Syntax.Type type) {
    return simple(((Syntax.TensorType) type).element().name());
  }

  /** The element type of a tensor type, or null where its name is none. */
  static DType element(Syntax.TensorType type) {
    return type.element() == null ? DType.F32 : switch (type.element().name()) {
      case "f32" -> DType.F32;
      case "i32" -> DType.I32;
      case "bool" -> DType.BOOL;
      default -> null;
    };
  }

  String words() {
    return switch (this) {
      case INT -> "an int";
      case FLOAT -> "a float";
      case BOOL -> "a bool";
      case STR -> "a str";
      case FN -> "a function or layer";
      case INIT -> "an initialiser";
      case LIST -> "a list";
      case TENSOR -> "a tensor";
      case TUPLE -> "a tuple";
      case ANY -> "anything";
    };
  }
}
