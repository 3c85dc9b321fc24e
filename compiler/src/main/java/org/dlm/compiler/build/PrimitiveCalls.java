package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.Attributes;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Calls of {@code prim fn}s: tensors on one side, attributes on the other. Their shape rules are the ops' own. */
final class PrimitiveCalls {
  /** Those that take any number of tensors, a pattern, and sizes by name. */
  static final Set<String> BY_PATTERN = Set.of("einsum", "rearrange");

  /** Those whose first parameter is a list of tensors. */
  private static final Set<String> TAKING_LISTS = Set.of("concat", "stack");

  private final Elaboration elaboration;

  PrimitiveCalls(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Meaning call(Syntax.Fn fn, List<Meaning.Argument> args, Scope home, Span site) {
    String name = fn.name().name();
    if (elaboration.compileTime.computes(fn, args)) {
      return elaboration.compileTime.call(name, args, site);
    }
    if (BY_PATTERN.contains(name)) {
      return byPattern(name, args, site);
    }
    Map<String, Meaning.Argument> matched = elaboration.arguments.match(name, fn.params(), args, site);
    List<Meaning> tensors = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    Scope frame = home.ofFunction();
    for (Syntax.Param param : fn.params()) {
      Meaning.Argument arg = matched.get(param.name().name());
      Meaning value = arg != null ? arg.value() : elaboration.expressions.typed(param.value(), param.type(), frame);
      Span at = arg != null ? arg.span() : site;
      frame.define(param.name().name(), value);
      if (Calls.takesTensor(fn, param)) {
        operands(name, param, value, at, tensors);
      } else if (value instanceof Meaning.Unknown && !(param.value() instanceof Syntax.Infer)) {
        throw elaboration.fail(Code.E0401, at, "`" + param.name().name() + "` of `" + name + "` cannot be left open",
            "this is `_`");
      } else {
        attributes.put(param.name().name(), attribute(elaboration.arguments.convert(value, param.type(), at), at));
      }
    }
    List<Value> values = elaboration.tensors.tensors(tensors, site);
    return new Meaning.Tensor(elaboration.tensors.primitive(name, values, new Attributes(attributes), site));
  }

  private void operands(String name, Syntax.Param param, Meaning value, Span at, List<Meaning> tensors) {
    List<Meaning> several = switch (value) {
      case Meaning.Items(List<Meaning> items, var spans) -> items;
      case Meaning.Several(List<Meaning> items, var names) -> items;
      default -> null;
    };
    if (several == null && TAKING_LISTS.contains(name) && value instanceof Meaning.Tensor) {
      throw elaboration.fail(elaboration.at(Code.E0206, at, "`" + name + "` takes a list of tensors")
          .label("this is " + value.kind()).help("write the list: " + name + "([a, b])"));
    }
    if (several == null) {
      tensors.add(value);
    } else if (several.isEmpty() || !TAKING_LISTS.contains(name)) {
      throw elaboration.fail(Code.E0206, at, "`" + param.name().name() + "` of `" + name + "` is "
          + (TAKING_LISTS.contains(name) ? "a list of at least one tensor" : "one tensor"), "this is " + value.kind());
    } else {
      tensors.addAll(several);
    }
  }

  private Meaning byPattern(String name, List<Meaning.Argument> args, Span site) {
    List<Value> tensors = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Meaning.Argument arg : args) {
      switch (arg.value()) {
        case Meaning.Text(String pattern) when !attributes.containsKey("pattern") -> attributes.put("pattern", pattern);
        case Meaning.Tensor(Value value) when arg.name() == null -> tensors.add(value);
        case Meaning.Int i when arg.name() != null -> attributes.put(arg.name(), attribute(i, arg.span()));
        default -> throw elaboration.fail(Code.E0206, arg.span(),
            "`" + name + "` takes tensors, then a pattern, then sizes by name", "this is " + arg.value().kind());
      }
    }
    if (!attributes.containsKey("pattern") || tensors.isEmpty()) {
      throw elaboration.fail(Code.E0204, site, "`" + name + "` needs " + (tensors.isEmpty() ? "a tensor" : "a pattern"),
          "");
    }
    return new Meaning.Tensor(elaboration.tensors.primitive(name, tensors, new Attributes(attributes), site));
  }

  /** As {@link Attributes} keeps it. */
  private Object attribute(Meaning value, Span at) {
    return switch (value) {
      case Meaning.Int(Dim dim) -> dim.isConstant() ? (Object) dim.constant() : dim;
      case Meaning.Real(double number) -> number;
      case Meaning.Bool(boolean flag) -> flag;
      case Meaning.Text(String text) -> text;
      case Meaning.Unknown u -> null;
      case Meaning.Dims(List<Dim> dims) -> List.copyOf(dims);
      case Meaning.Items(List<Meaning> items, var spans) -> {
        List<Object> list = new ArrayList<>();
        items.forEach(i -> list.add(i instanceof Meaning.Unknown ? Attributes.INFERRED : attribute(i, at)));
        yield list;
      }
      default -> throw elaboration.fail(Code.E0206, at, "a compile-time value is needed here",
          "this is " + value.kind());
    };
  }
}
