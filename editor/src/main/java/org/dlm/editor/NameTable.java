package org.dlm.editor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * Which names stand where in a text, and what each of them is.
 *
 * @param occurrences names with their places
 * @param expressions everything that has a value
 * @param calls the call around what is called, by the place of that
 */
record NameTable(List<Occurrence> occurrences, List<Syntax.Expr> expressions, Map<Span, Syntax.Call> calls) {
  /** A name at a place. */
  record Occurrence(Span span, Symbol symbol) {}

  /** The name that the offset is in or right behind. */
  Optional<Occurrence> at(int offset) {
    return occurrences.stream().filter(o -> o.span().start() <= offset && offset <= o.span().end())
        .min(Comparator.comparingInt(o -> o.span().end() - o.span().start()));
  }

  /** The smallest expression around the offset. */
  Optional<Syntax.Expr> expressionAt(int offset) {
    return expressions.stream().filter(e -> e.span().start() <= offset && offset <= e.span().end())
        .min(Comparator.comparingInt(e -> e.span().end() - e.span().start()));
  }

  /** Where a symbol stands, its declarations among them. */
  List<Span> places(Symbol symbol) {
    return occurrences.stream().filter(o -> o.symbol() == symbol || o.symbol().same(symbol)).map(Occurrence::span)
        .distinct().sorted(Comparator.comparingInt(Span::start)).toList();
  }
}
