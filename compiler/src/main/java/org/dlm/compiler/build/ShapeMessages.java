package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Words for shapes that do not fit: what was expected, what came, where each was fixed, and a way out. */
final class ShapeMessages {
  private final Elaboration elaboration;

  ShapeMessages(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  // ------------------------------------------------------------------------------------------------ arguments

  Diagnostic.Builder element(Signatures.Call call, Signatures.Input input, DType expected) {
    return about(call, input, Code.E0307, expected.source() + " elements", input.tensor().type().toString(),
        "this is " + input.tensor().type());
  }

  Diagnostic.Builder rank(Signatures.Call call, Signatures.Input input) {
    String needs = needs(input.type(), call.frame());
    Diagnostic.Builder builder = about(call, input, Code.E0302, needs, input.tensor().type().toString(),
        input.tensor().shape().rank() + " axes, not " + count(input.type()));
    elaboration.stages.addTrace(builder, "needs " + needs);
    return builder;
  }

  private static String count(Syntax.TensorType type) {
    boolean dots = type.dims().stream().anyMatch(d -> d instanceof Syntax.Dots);
    return dots ? (type.dims().size() - 1) + " or more" : String.valueOf(type.dims().size());
  }

  Diagnostic.Builder dots(Signatures.Call call, Signatures.Input input, List<Dim> before, List<Dim> here) {
    return about(call, input, Code.E0302, "axes like those of the inputs before it, " + new Shape(before),
        new Shape(here).toString(), "all `...` of a signature are the same dims");
  }

  /** The dim at {@code axis} is surely not {@code expected}. */
  Diagnostic.Builder different(Signatures.Call call, Signatures.Input input, int axis, Dim expected,
      Syntax.DimExpr item) {
    Shape shape = input.tensor().shape();
    String unit = unit(item, axis, shape.rank());
    String needs = needs(input.type(), call.frame());
    String fixed = fixedBy(call, item);
    Diagnostic.Builder builder = about(call, input, Code.E0301, expected + unit, shape.dim(axis).toString(),
        fixed != null ? "`" + fixed + "` is fixed here" : needs + " is needed, this is " + input.tensor().type());
    elaboration.stages.addTrace(builder, "needs " + needs);
    if (fixed != null) {
      helpToInfer(call, item, builder);
    }
    if (call.piped() && input.ordinal() == 0 && expected.isConstant()) {
      for (ProposalSearch.Proposal proposal : elaboration.stages.proposals()) {
        builder.also(proposal.stage(), proposal.now()).help("maybe: " + proposal.text() + " would give " + expected);
      }
    }
    return builder;
  }

  private static String unit(Syntax.DimExpr item, int axis, int rank) {
    boolean isSize = item != null && item.value() instanceof Syntax.Name(var span, var name)
        && (name.equals("in") || name.equals("c") || name.equals("d"));
    return isSize && axis == rank - 1 ? " features" : isSize && axis == 1 ? " channels" : " on axis " + axis;
  }

  /** {@code in = 400}, where the dim is a hyper-parameter that the constructor call gives; else null. */
  private static String fixedBy(Signatures.Call call, Syntax.DimExpr item) {
    Instance owner = call.function().scope().owner();
    if (owner != null && item != null && item.value() instanceof Syntax.Name(var span, var name)
        && owner.arguments().containsKey(name)) {
      return name + " = " + owner.arguments().get(name).span().text().replaceFirst("^\\w+\\s*=\\s*", "");
    }
    return null;
  }

  private static void helpToInfer(Signatures.Call call, Syntax.DimExpr item, Diagnostic.Builder builder) {
    Instance owner = call.function().scope().owner();
    String name = ((Syntax.Name) item.value()).name();
    boolean inferable = DeclaredMembers.params(owner).stream()
        .anyMatch(p -> p.name().name().equals(name) && p.value() instanceof Syntax.Infer);
    String written = owner.site().text();
    String shorter = written.replaceFirst(",?\\s*" + name + "\\s*=\\s*" + java.util.regex.Pattern.quote(
        owner.arguments().get(name).span().text().replaceFirst("^\\w+\\s*=\\s*", "")), "");
    if (inferable && !shorter.equals(written) && !Prelude.holds(owner.site().file())) {
      builder.fix("leave `" + name + "` out and it is inferred:  " + shorter, owner.site(), shorter);
    }
  }

  Diagnostic.Builder undecided(Signatures.Call call, Signatures.Input input, int axis, Dim expected, Dim actual) {
    Diagnostic.Builder builder = elaboration.at(Code.E0303, place(call, input),
        "cannot prove " + expected + " == " + actual)
        .label(Calls.nameOf(call.function()) + " needs " + expected + " on axis " + axis + ", this is "
            + input.tensor().type());
    elaboration.stages.addTrace(builder, "needs " + needs(input.type(), call.frame()));
    elaboration.showOpenDims(builder, expected + " " + actual);
    return builder.help(ifEqual(expected, actual));
  }

  private static String ifEqual(Dim a, Dim b) {
    return "if they are always equal, use one name; if callers must guarantee it, write `require " + a + " == " + b
        + "`";
  }

  Diagnostic.Builder unsolved(Signatures.Call call, Signatures.Input input, Signatures.Aligned aligned, Dim actual,
      Set<String> open) {
    String written = aligned.item().span().text();
    return elaboration.at(Code.E0310, place(call, input),
        "no whole `" + String.join("`, `", open) + "` makes " + written + " equal to "
        + actual).label(Calls.nameOf(call.function()) + " needs " + input.type().span().text() + ", this is "
        + input.tensor().type());
  }

  private Diagnostic.Builder about(Signatures.Call call, Signatures.Input input, Code code, String expected,
      String actual, String label) {
    String name = Calls.nameOf(call.function());
    boolean fromPipe = call.piped() && input.ordinal() == 0;
    String message = fromPipe ? "`" + name + "` expects " + expected + ", the pipe delivers " + actual
        : "`" + input.param().name().name() + "` of `" + name + "` must be " + expected + ", not " + actual;
    return elaboration.at(code, place(call, input), message).label(label);
  }

  private static Span place(Signatures.Call call, Signatures.Input input) {
    return call.piped() && input.ordinal() == 0 ? call.site() : input.span();
  }

  /** A written shape with what is known filled in: {@code [..., 400]}. */
  String needs(Syntax.TensorType type, Scope frame) {
    List<String> dims = new ArrayList<>();
    for (Syntax.DimItem item : type.dims()) {
      String text = item.span().text();
      if (item instanceof Syntax.DimExpr dim && Signatures.openNames(dim.value(), frame).isEmpty()) {
        String[] known = {text};
        elaboration.succeeds(() -> known[0] = elaboration.signatures.dim(dim.value(), frame).toString());
        text = known[0];
      }
      dims.add(text);
    }
    return (type.element() == null ? "" : type.element().name()) + "[" + String.join(", ", dims) + "]";
  }

  // ------------------------------------------------------------------------------------------------ results

  Diagnostic.Builder resultRank(Meaning.Function f, Value value, Syntax.TensorType type, Scope frame, Span at) {
    return elaboration.at(Code.E0302, at,
        "`" + Calls.nameOf(f) + "` promises " + needs(type, frame) + ", but gives " + value.type())
        .label("this is " + value.type()).also(elaboration.visible(type.span()), "promised here");
  }

  Diagnostic.Builder result(Value value, Shape promised, String what, Span at, Span typeSpan) {
    Diagnostic.Builder builder = elaboration.at(value.shape().rank() == promised.rank() ? Code.E0301 : Code.E0302, at,
        what + " promises " + promised + ", but gives " + value.shape()).label("this is " + value.type());
    return also(builder, at, typeSpan);
  }

  Diagnostic.Builder resultUndecided(Value value, Shape promised, int axis, String what, Span at, Span typeSpan) {
    Dim a = promised.dim(axis);
    Dim b = value.shape().dim(axis);
    Diagnostic.Builder builder = elaboration.at(Code.E0303, at, "cannot prove " + a + " == " + b)
        .label("this is " + value.type() + ", " + what + " promises " + promised).help(ifEqual(a, b));
    elaboration.showOpenDims(builder, a + " " + b);
    return also(builder, at, typeSpan);
  }

  private Diagnostic.Builder also(Diagnostic.Builder builder, Span at, Span typeSpan) {
    return Prelude.holds(typeSpan.file()) || Prelude.holds(at.file()) ? builder
        : builder.also(typeSpan, "promised here");
  }
}
