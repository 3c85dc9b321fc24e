package org.dlm.runtime.store;

/** Writes the one part of JSON that needs care: strings. */
public final class JsonText {
  private JsonText() {}

  /** The text in quotes, with everything escaped that must be. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
