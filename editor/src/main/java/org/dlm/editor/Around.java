package org.dlm.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before a place of a text that is half typed: the brackets that are open there, found by looking at
 * characters, since there is no tree of such a text.
 *
 * @param inProse whether the place is in a comment or a string
 * @param declaration where the declaration around begins
 * @param open the open brackets, outermost first
 */
record Around(boolean inProse, int declaration, List<Open> open) {
  private static final Pattern START =
      Pattern.compile("(?:package|import|layer|model|prim|fn|const|optimizer|train)\\b|#");
  private static final Pattern CALLEE = Pattern.compile("[A-Za-z_][\\w.]*$");

  /**
   * An open bracket.
   *
   * @param callee what is called, where the bracket is that of a call, else ""
   * @param at where the bracket stands
   * @param items how many items are complete before the place
   * @param item where the item begins that the place is in
   */
  record Open(char bracket, String callee, int at, int items, int item) {}

  static Around of(String text, int offset) {
    List<Open> open = new ArrayList<>();
    int declaration = 0;
    int at = 0;
    while (at < offset) {
      if (isLineStart(text, at) && START.matcher(text).region(at, text.length()).lookingAt()) {
        declaration = at;
        open.clear();
      }
      int end = proseEnd(text, at);
      if (end > at) {
        if (end > offset || end == offset && text.startsWith("//", at)) {
          return new Around(true, declaration, List.copyOf(open));
        }
        at = end;
      } else {
        bracket(text, at++, open);
      }
    }
    return new Around(false, declaration, List.copyOf(open));
  }

  private static boolean isLineStart(String text, int at) {
    return at == 0 || text.charAt(at - 1) == '\n';
  }

  /** Behind the comment or string that begins here; here where there is none. */
  private static int proseEnd(String text, int at) {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() + 1 : end + 2;
    }
    if (text.charAt(at) != '"') {
      return at;
    }
    for (int i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"' || text.charAt(i) == '\n') {
        return i + 1;
      }
    }
    return text.length() + 1;
  }

  private static void bracket(String text, int at, List<Open> open) {
    char c = text.charAt(at);
    switch (c) {
      case '(', '[', '{' -> {
        Matcher callee = CALLEE.matcher(text.substring(Math.max(0, at - 100), at));
        open.add(new Open(c, c == '(' && callee.find() ? callee.group() : "", at, 0, at + 1));
      }
      case ')', ']', '}' -> {
        if (!open.isEmpty()) {
          open.removeLast();
        }
      }
      case ',' -> {
        if (!open.isEmpty()) {
          Open last = open.removeLast();
          open.add(new Open(last.bracket(), last.callee(), last.at(), last.items() + 1, at + 1));
        }
      }
      default -> { }
    }
  }

  /** The call whose arguments the place is among, or null. */
  Open call() {
    Open last = open.isEmpty() ? null : open.getLast();
    return last != null && last.bracket() == '(' && !last.callee().isEmpty() ? last : null;
  }

  /** The innermost call around, also where the place is in a list that is its argument; or null. */
  Open nearestCall() {
    for (int i = open.size() - 1; i >= 0 && open.get(i).bracket() != '{'; i--) {
      if (!open.get(i).callee().isEmpty()) {
        return open.get(i);
      }
    }
    return null;
  }
}
