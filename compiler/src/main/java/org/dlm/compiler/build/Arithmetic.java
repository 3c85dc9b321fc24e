package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.Graph.Relation;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Facts;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Operators: between compile-time numbers here, handed on to {@link TensorMath} where a tensor takes part. */
final class Arithmetic {
  /** A list longer than this is a mistake, not a model. */
  private static final long LONGEST_RANGE = 100_000;

  private final Elaboration elaboration;

  Arithmetic(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Meaning unary(Syntax.Unary u, Meaning operand) {
    boolean minus = u.op().equals("-");
    return switch (operand) {
      case Meaning.Int(Dim v) when minus -> new Meaning.Int(v.times(-1));
      case Meaning.Real(double v) when minus -> new Meaning.Real(-v);
      case Meaning.Bool(boolean v) when !minus -> new Meaning.Bool(!v);
      case Meaning.Tensor t -> elaboration.tensors.apply(minus ? "neg" : "not", List.of(operand), u.span());
      case Meaning.Claims(var claims) when !minus && claims.size() == 1 ->
          new Meaning.Claims(List.of(opposite(claims.getFirst(), u)));
      default -> throw wrongOperand(u.op(), operand, u.operand().span());
    };
  }

  private Meaning.Claim opposite(Meaning.Claim claim, Syntax.Unary at) {
    return switch (claim.relation()) {
      case EQUAL -> new Meaning.Claim(Relation.NOT_EQUAL, claim.left(), claim.right());
      case NOT_EQUAL -> new Meaning.Claim(Relation.EQUAL, claim.left(), claim.right());
      case LESS -> new Meaning.Claim(Relation.AT_MOST, claim.right(), claim.left());
      case AT_MOST -> new Meaning.Claim(Relation.LESS, claim.right(), claim.left());
      case DIVIDES -> throw elaboration.fail(Code.E0401, at.span(), "this cannot be required of open dims", "");
    };
  }

  Meaning binary(Syntax.Binary b, Meaning left, Meaning right) {
    try {
      return decide(b, left, right);
    } catch (ArithmeticException e) {
      throw elaboration.fail(Code.E0405, b.span(), "this number cannot be computed: " + e.getMessage(), "");
    }
  }

  private Meaning decide(Syntax.Binary b, Meaning left, Meaning right) {
    if (left instanceof Meaning.Unknown || right instanceof Meaning.Unknown) {
      Syntax.Expr open = left instanceof Meaning.Unknown ? b.left() : b.right();
      throw elaboration.fail(Code.E0404, open.span(),
          "`" + Elaboration.oneLine(open.span().text()) + "` is not inferred yet",
          "its value is known once the layer is applied");
    }
    if (left instanceof Meaning.Tensor || right instanceof Meaning.Tensor) {
      return elaboration.tensors.apply(b.op(), List.of(left, right), b.span());
    }
    if (left instanceof Meaning.Int(Dim l) && right instanceof Meaning.Int(Dim r)) {
      return whole(b, l, r);
    }
    if (isNumber(left) && isNumber(right)) {
      return real(b, left, right);
    }
    return switch (b.op()) {
      case "and", "or" -> logical(b, left, right);
      case "==", "!=" -> new Meaning.Bool(left.equals(right) == b.op().equals("=="));
      case "+" -> joined(b, left, right);
      default -> throw wrongOperand(b.op(), isNumber(left) ? right : left,
          (isNumber(left) ? b.right() : b.left()).span());
    };
  }

  static boolean isNumber(Meaning meaning) {
    return meaning instanceof Meaning.Int || meaning instanceof Meaning.Real;
  }

  private Reported wrongOperand(String op, Meaning operand, Span at) {
    return elaboration.fail(Code.E0206, at, "`" + op + "` cannot be applied to " + operand.kind(), "");
  }

  private Meaning joined(Syntax.Binary b, Meaning left, Meaning right) {
    if (left instanceof Meaning.Items l && right instanceof Meaning.Items r) {
      List<Meaning> items = new ArrayList<>(l.items());
      items.addAll(r.items());
      List<Span> spans = new ArrayList<>(l.spans());
      spans.addAll(r.spans());
      return new Meaning.Items(items, spans);
    }
    if (left instanceof Meaning.Text(String l) && right instanceof Meaning.Text(String r)) {
      return new Meaning.Text(l + r);
    }
    throw wrongOperand("+", isNumber(left) || left instanceof Meaning.Items ? right : left,
        (isNumber(left) || left instanceof Meaning.Items ? b.right() : b.left()).span());
  }

  private Meaning logical(Syntax.Binary b, Meaning left, Meaning right) {
    if (left instanceof Meaning.Bool(boolean l) && right instanceof Meaning.Bool(boolean r)) {
      return new Meaning.Bool(b.op().equals("and") ? l && r : l || r);
    }
    if (b.op().equals("and") && (left instanceof Meaning.Claims || left instanceof Meaning.Bool)
        && (right instanceof Meaning.Claims || right instanceof Meaning.Bool)) {
      // A bool that reaches this point is true, or and would have been decided by it.
      return left instanceof Meaning.Bool ? right : right instanceof Meaning.Bool(boolean r) ? (r ? left : right)
          : new Meaning.Claims(java.util.stream.Stream.concat(((Meaning.Claims) left).claims().stream(),
              ((Meaning.Claims) right).claims().stream()).toList());
    }
    if (left instanceof Meaning.Claims || right instanceof Meaning.Claims) {
      throw elaboration.fail(Code.E0401, b.span(),
          "`or` between conditions on open dims is not decided while compiling",
          "open dims are known only at run time");
    }
    throw wrongOperand(b.op(), left instanceof Meaning.Bool ? right : left,
        (left instanceof Meaning.Bool ? b.right() : b.left()).span());
  }

  // ------------------------------------------------------------------------------------------------ whole numbers

  private Meaning whole(Syntax.Binary b, Dim l, Dim r) {
    return switch (b.op()) {
      case "+" -> new Meaning.Int(l.plus(r));
      case "-" -> new Meaning.Int(l.minus(r));
      case "*" -> new Meaning.Int(l.times(r));
      case "/" -> new Meaning.Int(exact(b, l, r));
      case "%" -> new Meaning.Int(remainder(b, l, r));
      case "**" -> power(b, l, r);
      case "..<" -> range(b, l, r);
      case "<", "<=", ">", ">=", "==", "!=" -> compare(b.op(), l, r);
      default -> throw wrongOperand(b.op(), new Meaning.Int(l), b.left().span());
    };
  }

  private Dim exact(Syntax.Binary b, Dim l, Dim r) {
    requireNotZero(b, r);
    Optional<Dim> quotient = l.dividedBy(r);
    if (quotient.isPresent()) {
      return quotient.get();
    }
    if (l.isConstant() && r.isConstant()) {
      throw elaboration.fail(elaboration.at(Code.E0310, b.span(), l + " / " + r + " is not a whole number")
          .label("= " + l.constant() / (double) r.constant())
          .note("`/` between ints is exact; use floor(a / b) if rounding is intended, float(a) / b for a fraction"));
    }
    Diagnostic.Builder problem = elaboration.at(Code.E0303, b.span(), "cannot prove that " + r + " divides " + l);
    elaboration.showOpenDims(problem, r + " " + l);
    throw elaboration.fail(problem.label("this must be a whole number")
        .help("if callers must guarantee it, write `require " + text(l) + " % " + text(r) + " == 0`")
        .help("use floor(a / b) if rounding is intended, float(a) / b for a fraction"));
  }

  private static String text(Dim dim) {
    String text = dim.toString();
    return text.contains(" ") ? "(" + text + ")" : text;
  }

  private Dim remainder(Syntax.Binary b, Dim l, Dim r) {
    requireNotZero(b, r);
    if (!r.isConstant() && r.lowerBound().filter(least -> least >= 1).isEmpty()) {
      throw elaboration.fail(Code.E0405, b.right().span(), "the divisor must be positive", "this is " + r);
    }
    return l.remainderBy(r);
  }

  private void requireNotZero(Syntax.Binary b, Dim divisor) {
    if (divisor.is(0)) {
      throw elaboration.fail(Code.E0405, b.right().span(), "division by zero", "this is 0");
    }
  }

  private Meaning power(Syntax.Binary b, Dim l, Dim r) {
    if (!r.isConstant()) {
      throw elaboration.fail(Code.E0401, b.right().span(), "the exponent must be known while compiling",
          "this is " + r);
    }
    if (r.constant() < 0) {
      return new Meaning.Real(Math.pow(l.constant(), r.constant()));
    }
    Dim result = Dim.ONE;
    for (long i = 0; i < r.constant(); i++) {
      result = result.times(l);
    }
    return new Meaning.Int(result);
  }

  private Meaning range(Syntax.Binary b, Dim l, Dim r) {
    if (!l.isConstant() || !r.isConstant()) {
      throw elaboration.fail(Code.E0401, b.span(), "a range must be known while compiling",
          "this depends on " + String.join(", ", l.minus(r).symbols()));
    }
    if (r.constant() - l.constant() > LONGEST_RANGE) {
      throw elaboration.fail(Code.E0405, b.span(), "a list of " + (r.constant() - l.constant()) + " items", "");
    }
    List<Meaning> items = new ArrayList<>();
    for (long i = l.constant(); i < r.constant(); i++) {
      items.add(Meaning.Int.of(i));
    }
    return new Meaning.Items(items);
  }

  // ------------------------------------------------------------------------------------------------ comparison

  private Meaning compare(String op, Dim l, Dim r) {
    Facts facts = elaboration.trace() == null ? new Facts() : elaboration.trace().facts;
    return switch (op) {
      case "==" -> answer(facts.equal(l, r), divides(l, r), Relation.EQUAL, l, r);
      case "!=" -> negated(facts.equal(l, r), l, r);
      case "<=" -> answer(facts.atMost(l, r), null, Relation.AT_MOST, l, r);
      case ">=" -> answer(facts.atMost(r, l), null, Relation.AT_MOST, r, l);
      case "<" -> answer(facts.atMost(l.plus(1), r), null, Relation.LESS, l, r);
      default -> answer(facts.atMost(r.plus(1), l), null, Relation.LESS, r, l);
    };
  }

  private static Meaning answer(Facts.Answer answer, Meaning.Claim better, Relation relation, Dim l, Dim r) {
    return switch (answer) {
      case YES -> new Meaning.Bool(true);
      case NO -> new Meaning.Bool(false);
      case UNKNOWN -> new Meaning.Claims(List.of(better != null ? better : new Meaning.Claim(relation, l, r)));
    };
  }

  private static Meaning negated(Facts.Answer equal, Dim l, Dim r) {
    return switch (equal) {
      case YES -> new Meaning.Bool(false);
      case NO -> new Meaning.Bool(true);
      case UNKNOWN -> new Meaning.Claims(List.of(new Meaning.Claim(Relation.NOT_EQUAL, l, r)));
    };
  }

  /** {@code a % b == 0}, or null. */
  private static Meaning.Claim divides(Dim l, Dim r) {
    return r.is(0) ? l.asRemainder().map(m -> new Meaning.Claim(Relation.DIVIDES, m.dividend(), m.divisor()))
        .orElse(null)
        : l.is(0) ? r.asRemainder().map(m -> new Meaning.Claim(Relation.DIVIDES, m.dividend(), m.divisor()))
        .orElse(null) : null;
  }

  // ------------------------------------------------------------------------------------------------ floats

  private Meaning real(Syntax.Binary b, Meaning left, Meaning right) {
    if (left instanceof Meaning.Int(Dim l) && !l.isConstant()
        || right instanceof Meaning.Int(Dim r) && !r.isConstant()) {
      return elaboration.tensors.apply(b.op(), List.of(left, right), b.span());
    }
    double l = number(left);
    double r = number(right);
    return switch (b.op()) {
      case "+" -> new Meaning.Real(l + r);
      case "-" -> new Meaning.Real(l - r);
      case "*" -> new Meaning.Real(l * r);
      case "/" -> new Meaning.Real(l / r);
      case "%" -> new Meaning.Real(l - Math.floor(l / r) * r);
      case "**" -> new Meaning.Real(Math.pow(l, r));
      case "<" -> new Meaning.Bool(l < r);
      case "<=" -> new Meaning.Bool(l <= r);
      case ">" -> new Meaning.Bool(l > r);
      case ">=" -> new Meaning.Bool(l >= r);
      case "==" -> new Meaning.Bool(l == r);
      case "!=" -> new Meaning.Bool(l != r);
      default -> throw wrongOperand(b.op(), left, b.left().span());
    };
  }

  /** The value of a number without open dims. */
  static double number(Meaning meaning) {
    return meaning instanceof Meaning.Int(Dim v) ? v.constant() : ((Meaning.Real) meaning).value();
  }

  /** A number known while compiling, of either kind. */
  static boolean isKnown(Meaning meaning) {
    return meaning instanceof Meaning.Real || meaning instanceof Meaning.Int(Dim v) && v.isConstant();
  }
}
