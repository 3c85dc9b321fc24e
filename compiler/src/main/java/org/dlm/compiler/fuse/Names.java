package org.dlm.compiler.fuse;

import javax.lang.model.SourceVersion;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Given;

/** Names for values that a reader of the generated code recognises from the model: {@code conv1Tanh}. */
final class Names {
  private Names() {}

  static String of(Value value) {
    return value.op() instanceof Given given ? camel(given.path())
        : camel(value.origin().instance() + "." + value.op().name().split(" ", 2)[0]);
  }

  /** {@code net.0.weight} becomes {@code net0Weight}. */
  static String camel(String path) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : path.toCharArray()) {
      if (!Character.isJavaIdentifierPart(c) || c == '_') {
        upper = !name.isEmpty();
      } else if (name.isEmpty() && !Character.isJavaIdentifierStart(c)) {
        name.append('t').append(c);
      } else {
        name.append(upper ? Character.toUpperCase(c) : name.isEmpty() ? Character.toLowerCase(c) : c);
        upper = false;
      }
    }
    String text = name.isEmpty() ? "value" : name.toString();
    return SourceVersion.isKeyword(text) ? text + "Value" : text;
  }
}
