package org.dlm.compiler.diagnostic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dlm.compiler.source.Span;

/**
 * A diagnostic as one JSON object on one line, for tools. Lines and columns count from 1 (columns in UTF-16 units), an
 * end is behind the last character, {@code start} and {@code end} are offsets into the file.
 */
public final class RenderJson {
  private RenderJson() {}

  public static String json(Diagnostic diagnostic) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("code", diagnostic.code().id());
    object.put("severity", diagnostic.code().severity() == Severity.ERROR ? "error" : "warning");
    object.put("message", diagnostic.message());
    object.put("primary", label(diagnostic.primary()));
    object.put("secondary", diagnostic.secondary().stream().map(RenderJson::label).toList());
    object.put("shapeTrace", diagnostic.shapeTrace().stream().map(RenderJson::traceLine).toList());
    object.put("notes", diagnostic.notes());
    object.put("helps", diagnostic.helps().stream().map(RenderJson::help).toList());
    object.put("instantiation", diagnostic.instantiation());
    return Json.write(object);
  }

  private static Map<String, Object> label(Diagnostic.Label label) {
    Map<String, Object> object = place(label.span());
    object.put("label", label.text());
    return object;
  }

  private static Map<String, Object> place(Span span) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", span.file().name());
    object.put("line", span.line());
    object.put("column", span.column());
    object.put("endLine", span.file().line(span.end()));
    object.put("endColumn", span.file().column(span.end()));
    object.put("start", span.start());
    object.put("end", span.end());
    return object;
  }

  private static Map<String, Object> traceLine(Diagnostic.TraceLine line) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("stage", line.stage());
    object.put("shape", line.shape());
    object.put("remark", line.remark());
    object.put("atFault", line.atFault());
    return object;
  }

  private static Map<String, Object> help(Diagnostic.Help help) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", help.text());
    object.put("sure", help.sure());
    Map<String, Object> edit = null;
    if (help.span() != null && help.replacement() != null) {
      edit = place(help.span());
      edit.put("replacement", help.replacement());
    }
    object.put("edit", edit);
    return object;
  }
}
