package org.dlm.runtime.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON strictly into maps, lists, strings, longs, doubles, booleans and null. A key that stands twice in an
 * object is an error: a lenient reader would let two tensors pass under one name.
 */
final class JsonParser {
  /** A safetensors header is three levels deep; more is an attempt to exhaust the stack. */
  private static final int DEEPEST = 32;

  /** What is wrong with the text, and where. */
  static final class JsonProblem extends Exception {
    private static final long serialVersionUID = 1L;

    JsonProblem(String message) {
      super(message);
    }
  }

  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  static Object parse(String text) throws JsonProblem {
    JsonParser parser = new JsonParser(text);
    Object value = parser.value(0);
    parser.space();
    if (parser.at < text.length()) {
      throw parser.problem("more text after the end");
    }
    return value;
  }

  private Object value(int depth) throws JsonProblem {
    space();
    if (depth > DEEPEST) {
      throw problem("nested too deeply");
    }
    if (at == text.length()) {
      throw problem("the text ends too early");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws JsonProblem {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    space();
    if (take('}')) {
      return members;
    }
    do {
      space();
      if (at == text.length() || text.charAt(at) != '"') {
        throw problem("expected a name in quotes");
      }
      String name = string();
      space();
      expect(':');
      if (members.containsKey(name)) {
        throw problem("the name `" + name + "` stands there twice");
      }
      members.put(name, value(depth + 1));
      space();
    } while (take(','));
    expect('}');
    return members;
  }

  private List<Object> array(int depth) throws JsonProblem {
    List<Object> elements = new ArrayList<>();
    at++;
    space();
    if (take(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
      space();
    } while (take(','));
    expect(']');
    return elements;
  }

  private String string() throws JsonProblem {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw problem("a control character in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
    expect('"');
    return out.toString();
  }

  private char escape() throws JsonProblem {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw problem("an unknown escape in a string");
    };
  }

  private char unicode() throws JsonProblem {
    if (at + 4 > text.length()) {
      throw problem("the text ends too early");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at++), 16);
      if (digit < 0) {
        throw problem("four hexadecimal digits must follow \\u");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private Object number() throws JsonProblem {
    int start = at;
    while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.matches("-?(0|[1-9][0-9]{0,17})")) {
      return Long.parseLong(digits);
    }
    if (digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      return Double.parseDouble(digits);
    }
    throw problem("expected a value");
  }

  private Object word(String word, Object value) throws JsonProblem {
    if (!text.startsWith(word, at)) {
      throw problem("expected a value");
    }
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char c) throws JsonProblem {
    if (!take(c)) {
      throw problem(at == text.length() ? "the text ends too early" : "expected `" + c + "`");
    }
  }

  private JsonProblem problem(String message) {
    return new JsonProblem(message + " (at character " + at + ")");
  }
}
