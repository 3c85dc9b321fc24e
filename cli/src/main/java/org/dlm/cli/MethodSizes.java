package org.dlm.cli;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;

/** Finds methods that HotSpot would never compile: they run in the interpreter, a hundred times slower. */
final class MethodSizes {
  /** HugeMethodLimit of HotSpot, in bytes of bytecode. */
  private static final int LARGEST = 8000;

  private MethodSizes() {}

  /** Class, method and size of each method that is too large. */
  static List<String> tooLarge(byte[] classFile) {
    List<String> found = new ArrayList<>();
    var parsed = ClassFile.of().parse(classFile);
    for (MethodModel method : parsed.methods()) {
      int size = method.code().map(code -> code instanceof CodeAttribute attribute ? attribute.codeLength() : 0)
          .orElse(0);
      if (size > LARGEST) {
        found.add(parsed.thisClass().name().stringValue().replace('/', '.') + "." + method.methodName().stringValue()
            + " (" + size + " bytes)");
      }
    }
    return found;
  }
}
