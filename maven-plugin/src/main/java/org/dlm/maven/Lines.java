package org.dlm.maven;

import java.util.ArrayList;
import java.util.List;

/**
 * Records as lines of tab-separated fields: how the Mojo and the compiler's process talk, and how the build state is
 * kept.
 */
final class Lines {
  private Lines() {}

  static String of(String... fields) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      line.append(i > 0 ? "\t" : "");
      line.append(fields[i].replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"));
    }
    return line.toString();
  }

  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        char escaped = line.charAt(++i);
        field.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
