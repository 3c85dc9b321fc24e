package org.dlm.editor;

import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.SymbolKind;

/** The declarations of a file with their members. */
final class Outline {
  private Outline() {}

  static List<DocumentSymbol> of(Syntax.File file) {
    return file.declarations().stream().map(Outline::top).toList();
  }

  private static DocumentSymbol top(Syntax.Top top) {
    DocumentSymbol symbol = symbol(Symbol.of(top), top.span());
    symbol.setChildren(Members.of(top).stream()
        .flatMap(m -> Stream.ofNullable(Symbol.of(m)).map(s -> symbol(s, m.span()))).toList());
    return symbol;
  }

  private static DocumentSymbol symbol(Symbol symbol, Span whole) {
    DocumentSymbol made = new DocumentSymbol(symbol.name(), kind(symbol.kind()),
        Places.range(whole.to(symbol.declared())), Places.range(symbol.declared()));
    made.setDetail(symbol.kind().name().toLowerCase(java.util.Locale.ROOT));
    return made;
  }

  static SymbolKind kind(Symbol.Kind kind) {
    return switch (kind) {
      case LAYER, OPTIMIZER -> SymbolKind.Class;
      case MODEL -> SymbolKind.Module;
      case RECIPE -> SymbolKind.Event;
      case FUNCTION -> SymbolKind.Function;
      case CONSTANT -> SymbolKind.Constant;
      case TRAINED, BUFFER -> SymbolKind.Property;
      case FIELD -> SymbolKind.Field;
      case PARAMETER, VARIABLE -> SymbolKind.Variable;
      case DIM -> SymbolKind.TypeParameter;
    };
  }
}
