package org.dlm.compiler.loop;

import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/**
 * What an operand number in a kernel's expressions stands for: a tensor handed to the kernel, or a register, which is
 * one number kept between two statements of the same point of the outer loops.
 */
public record Slot(String name, DType type, Shape shape, boolean register) {
  public static Slot tensor(String name, DType type, Shape shape) {
    return new Slot(name, type, shape, false);
  }

  public static Slot register(String name, DType type) {
    return new Slot(name, type, Shape.SCALAR, true);
  }

  @Override
  public String toString() {
    return name + ": " + (register ? "register " : "") + type.source() + shape;
  }
}
