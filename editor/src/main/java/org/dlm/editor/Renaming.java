package org.dlm.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.source.Span;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Gives a symbol another name wherever it stands. */
final class Renaming {
  private static final Set<String> RESERVED = Set.of("and", "along", "buffer", "const", "else", "false", "fn", "for",
      "if", "import", "layer", "model", "not", "or", "package", "param", "require", "return", "then", "true", "yield");

  private final Workspace workspace;
  private final Locations locations;

  Renaming(Workspace workspace, Locations locations) {
    this.workspace = workspace;
    this.locations = locations;
  }

  /** Why the symbol keeps its name, or "". */
  static String refusal(Symbol symbol) {
    return Prelude.holds(symbol.declared().file()) || symbol.declared().file().name().contains("!/")
        ? "`" + symbol.name() + "` is a name of a library" : "";
  }

  WorkspaceEdit rename(Snapshot snapshot, Symbol symbol, String name) {
    String refusal = refusal(symbol);
    boolean upper = Character.isUpperCase(symbol.name().charAt(0));
    if (!refusal.isEmpty()) {
      throw refused(refusal);
    }
    if (!name.matches("[A-Za-z]\\w*|_\\w+") || RESERVED.contains(name)) {
      throw refused("`" + name + "` cannot be a name");
    }
    if (Character.isUpperCase(name.charAt(0)) != upper) {
      throw refused("the name must begin with " + (upper ? "an upper-case" : "a lower-case") + " letter, as `"
          + symbol.name() + "` does");
    }
    Map<String, List<TextEdit>> edits = new LinkedHashMap<>();
    for (Span place : workspace.places(snapshot, symbol)) {
      // an alias keeps its name
      if (place.text().equals(symbol.name())) {
        Location at = locations.in(snapshot, place);
        edits.computeIfAbsent(at.getUri(), _ -> new ArrayList<>()).add(new TextEdit(at.getRange(), name));
      }
    }
    return new WorkspaceEdit(edits);
  }

  private static ResponseErrorException refused(String why) {
    return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, why, null));
  }
}
