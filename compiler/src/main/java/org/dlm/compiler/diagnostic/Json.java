package org.dlm.compiler.diagnostic;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, whole numbers, truth values and null as JSON on one line. */
public final class Json {
  private Json() {}

  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Boolean truth -> out.append(truth);
      case Integer number -> out.append(number);
      case String text -> quote(text, out);
      case List<?> items -> {
        String separator = "[";
        for (Object item : items) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> entries -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          out.append(separator);
          quote((String) entry.getKey(), out);
          out.append(':');
          write(entry.getValue(), out);
          separator = ",";
        }
        out.append(entries.isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // a lone surrogate, as a broken text may hold, has no UTF-8 form
          boolean paired = Character.isHighSurrogate(c)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
          if (c < ' ' || Character.isSurrogate(c) && !paired) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
