package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the printer's layout what a person would write: short comments on one line, fields of a kind without gaps, long
 * lines broken.
 */
final class TidyText {
  private static final Pattern SHORT_COMMENT = Pattern.compile("/\\*\\*\\n +\\* ([^\\n]{1,100})\\n +\\*/");
  private static final Pattern FIELD = Pattern.compile(" *private (static )?(final )?[\\w.<>\\[\\]]+ \\w+( = [^{]*)?;");

  private TidyText() {}

  static String of(String text) {
    String[] lines = SHORT_COMMENT.matcher(text).replaceAll("/** $1 */").split("\n", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      boolean gap = lines[i].isEmpty() && i > 0 && FIELD.matcher(lines[i - 1]).matches() && beginsField(lines, i + 1);
      if (!gap) {
        kept.addAll(LongLines.broken(lines[i]));
      }
    }
    return String.join("\n", kept);
  }

  private static boolean beginsField(String[] lines, int i) {
    return i < lines.length && FIELD.matcher(lines[i]).matches()
        || i + 1 < lines.length && lines[i].strip().startsWith("/** ") && lines[i].endsWith("*/")
            && FIELD.matcher(lines[i + 1]).matches();
  }
}
