package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Which argument goes to which parameter, and whether it is of the kind that the parameter asks for. */
final class Arguments {
  private final Elaboration elaboration;

  Arguments(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /**
   * Evaluates what is written; {@code shift} arguments come before (from a pipe). The parameter's type tells where an
   * initialiser is meant.
   */
  List<Meaning.Argument> evaluate(List<Syntax.Arg> args, List<Syntax.Param> params, int shift, Scope scope) {
    List<Meaning.Argument> values = new ArrayList<>();
    int position = shift;
    for (Syntax.Arg arg : args) {
      Syntax.Param param = arg.name() == null ? (position < params.size() ? params.get(position) : null)
          : named(params, arg.name().name());
      position += arg.name() == null ? 1 : 0;
      Meaning value = param != null && Kind.of(param.type()) == Kind.INIT
          ? elaboration.expressions.initialiser(arg.value(), scope)
          : elaboration.expressions.evaluate(arg.value(), scope);
      values.add(new Meaning.Argument(arg.span(), arg.name() == null ? null : arg.name().name(), value));
    }
    return values;
  }

  private static Syntax.Param named(List<Syntax.Param> params, String name) {
    return params.stream().filter(p -> p.name().name().equals(name)).findFirst().orElse(null);
  }

  /** Arguments in their places, not by name, may be {@code most}. */
  void requireRoom(String callee, int most, List<Meaning.Argument> args) {
    args.stream().filter(a -> a.name() == null).skip(most).findFirst().ifPresent(a -> {
      throw elaboration.fail(Code.E0205, a.span(), tooMany(callee, most), "this one is too many");
    });
  }

  /** The arguments by parameter; one without a default that is not given is an error. */
  Map<String, Meaning.Argument> match(String callee, List<Syntax.Param> params, List<Meaning.Argument> args,
      Span site) {
    Map<String, Meaning.Argument> matched = new LinkedHashMap<>();
    int position = 0;
    for (Meaning.Argument arg : args) {
      Syntax.Param param;
      if (arg.name() == null) {
        requireRoom(callee, params.size(), args);
        param = params.get(position++);
      } else {
        param = named(params, arg.name());
        if (param == null) {
          throw elaboration.fail(unknown(callee, arg, params));
        }
      }
      if (matched.put(param.name().name(), arg) != null) {
        throw elaboration.fail(Code.E0203, arg.span(),
            "`" + param.name().name() + "` of `" + callee + "` is given twice", "");
      }
    }
    for (Syntax.Param param : params) {
      if (param.value() == null && !matched.containsKey(param.name().name())) {
        throw elaboration.fail(Code.E0204, site, missing(callee, param), "");
      }
    }
    return matched;
  }

  static String tooMany(String callee, int most) {
    return "`" + callee + "` takes "
        + (most == 0 ? "no arguments" : most == 1 ? "one argument" : "at most " + most + " arguments");
  }

  static String missing(String callee, Syntax.Param param) {
    return "`" + callee + "` needs `" + param.name().name() + "`";
  }

  static String unknownMessage(String callee, String name) {
    return "`" + callee + "` has no parameter `" + name + "`";
  }

  private org.dlm.compiler.diagnostic.Diagnostic.Builder unknown(String callee, Meaning.Argument arg,
      List<Syntax.Param> params) {
    Span name = new Span(arg.span().file(), arg.span().start(), arg.span().start() + arg.name().length());
    return elaboration.at(Code.E0203, name, unknownMessage(callee, arg.name()))
        .label(Suggest.didYouMean(arg.name(), params.stream().map(p -> p.name().name()).toList()));
  }

  // ------------------------------------------------------------------------------------------------ kinds

  /**
   * The value as the type wants it: an int where a float is wanted is one, a single value where a list is wanted is the
   * list of it.
   */
  Meaning convert(Meaning value, Syntax.Type type, Span at) {
    Kind kind = Kind.of(type);
    if (kind == null) {
      throw elaboration.fail(Code.E0201, type.span(), "there is no type `" + type.span().text() + "`",
          "types are int, float, bool, str, fn, init, lists of these, and tensors such as [N, d]");
    }
    if (kind == Kind.ANY || value instanceof Meaning.Unknown || kind == Kind.TUPLE) {
      return value;
    }
    Meaning converted = kind == Kind.LIST ? list(value, Kind.ofItems(type)) : single(value, kind);
    if (converted == null) {
      throw elaboration.fail(Code.E0206, at,
          kind.words() + (kind == Kind.LIST ? " of " + Kind.ofItems(type).words().replaceFirst("^an? ", "")
          + "s" : "") + " is needed here", "this is " + value.kind());
    }
    return converted;
  }

  private static Meaning list(Meaning value, Kind item) {
    if (value instanceof Meaning.Items items) {
      List<Meaning> converted = items.items().stream().map(i -> single(i, item)).toList();
      return converted.contains(null) ? null : new Meaning.Items(converted, items.spans());
    }
    Meaning one = single(value, item);
    return one == null ? null : new Meaning.Items(List.of(one));
  }

  /** The value as one of that kind, or null. */
  static Meaning single(Meaning value, Kind kind) {
    boolean fits = switch (kind) {
      case INT -> value instanceof Meaning.Int;
      case FLOAT -> Arithmetic.isNumber(value);
      case BOOL -> value instanceof Meaning.Bool;
      case STR -> value instanceof Meaning.Text;
      case FN -> value instanceof Meaning.Function || value instanceof Meaning.Built || value instanceof Meaning.Items
          || value instanceof Meaning.Intrinsic;
      case INIT -> value instanceof Meaning.Initial;
      case TENSOR -> value instanceof Meaning.Tensor || Arithmetic.isNumber(value) || value instanceof Meaning.Bool;
      case LIST, TUPLE, ANY -> true;
    };
    if (!fits && !(value instanceof Meaning.Unknown)) {
      return null;
    }
    return kind == Kind.FLOAT && value instanceof Meaning.Int(Dim v) && v.isConstant() ? new Meaning.Real(v.constant())
        : value;
  }
}
