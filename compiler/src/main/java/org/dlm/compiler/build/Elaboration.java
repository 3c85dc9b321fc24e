package org.dlm.compiler.build;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.Declarations;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * The state of one elaboration, and its parts: each part gives meaning to one kind of syntax and asks the others
 * through this object. Keeps the stack of calls, so that a message about library code points at the user's line that
 * led there.
 */
final class Elaboration {
  /** Calls inside one another before we say that it never ends. */
  private static final int DEEPEST = 200;

  final Declarations declarations;
  final TensorMath tensors = new TensorMath(this);
  final CompileTime compileTime = new CompileTime(this);
  final Arithmetic arithmetic = new Arithmetic(this);
  final Expressions expressions = new Expressions(this);
  final Statements statements = new Statements(this);
  final TimeLoops timeLoops = new TimeLoops(this);
  final Arguments arguments = new Arguments(this);
  final Signatures signatures = new Signatures(this);
  final Calls calls = new Calls(this);
  final PrimitiveCalls primitives = new PrimitiveCalls(this);
  final Construction construction = new Construction(this);
  final Stages stages = new Stages(this);
  final Indexing indexing = new Indexing(this);
  final Gradients gradients = new Gradients(this);

  /** Where names stand that do not exist; that was said. */
  final Set<Span> unknownNames = new HashSet<>();

  /** Functions, and layers that are a list of stages, which some model has called. */
  final Set<Syntax.Top> traced = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Lists of stages whose work is computed again in the backward pass, by identity. */
  final Set<List<Meaning>> recomputed = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Sightings sightings;
  private Diagnostics diagnostics;
  private boolean generic;
  private int unseen;
  private Trace trace;

  /** A call or construction under way: where it was asked for, and in which instance we are since. */
  private record Frame(Span site, Instance owner) {}

  Elaboration(Declarations declarations, Sightings sightings, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.sightings = sightings;
    this.diagnostics = diagnostics;
    declarations.evaluateConstantsWith((constant, scope) -> {
      try {
        return expressions.typed(constant.value(), constant.type(), scope);
      } catch (Reported e) {
        return Meaning.POISON;
      }
    });
  }

  // ------------------------------------------------------------------------------------------------ tracing

  /** The function being traced, or null while layers are put together. */
  Trace trace() {
    return trace;
  }

  /** The function being traced; an error where there is none. */
  Trace trace(Span at) {
    if (trace == null) {
      throw fail(Code.E0401, at,
          "a tensor is computed here, but only compile-time values can be used between the members",
          "run-time work belongs in a `fn`");
    }
    return trace;
  }

  <T> T traced(Trace inner, Supplier<T> work) {
    Trace before = trace;
    trace = inner;
    try {
      return work.get();
    } finally {
      trace = before;
    }
  }

  /** Tries something whose messages nobody shall see; true where there was no error. */
  boolean succeeds(Runnable work) {
    Diagnostics before = diagnostics;
    diagnostics = new Diagnostics();
    try {
      unseen(work);
      return !diagnostics.hasErrors();
    } catch (Reported e) {
      return false;
    } finally {
      diagnostics = before;
    }
  }

  /** Is the work of {@link CheckGenerically} under way, so that hyper-parameters are no numbers? */
  boolean generic() {
    return generic;
  }

  /** Does work whose hyper-parameters are no numbers; its messages are collected apart. */
  void generically(Diagnostics messages, Runnable work) {
    Diagnostics before = diagnostics;
    diagnostics = messages;
    generic = true;
    try {
      work.run();
    } catch (Reported e) {
      // whoever asked looks at the messages
    } finally {
      diagnostics = before;
      generic = false;
    }
  }

  // ------------------------------------------------------------------------------------------------ what tools show

  void saw(Span place, Meaning meaning) {
    if (unseen == 0) {
      sightings.add(place, meaning);
    }
  }

  /** A value went through a stage. */
  void sawStage(Span stage, Meaning input, Meaning output) {
    if (unseen == 0) {
      sightings.passed(stage, input, output);
    }
  }

  /** Does work of which tools show nothing: attempts, and guesses of what an input may be. */
  void unseen(Runnable work) {
    unseen++;
    try {
      work.run();
    } finally {
      unseen--;
    }
  }

  <T> T within(Span site, Instance owner, Supplier<T> work) {
    if (frames.size() >= DEEPEST) {
      throw fail(Code.E0403, site, "this calls itself without end",
          DEEPEST + " calls inside one another; is the condition that ends it ever true?");
    }
    frames.push(new Frame(site, owner));
    try {
      return work.get();
    } finally {
      frames.pop();
    }
  }

  // ------------------------------------------------------------------------------------------------ messages

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Reports and gives the exception to throw. */
  Reported fail(Code code, Span at, String message, String label) {
    return fail(at(code, at, message).label(label));
  }

  Reported fail(Diagnostic.Builder diagnostic) {
    diagnostics.add(diagnostic.whileBuilding(instantiation()));
    return new Reported();
  }

  /** Begins a message at a place of the user's text: where library code is at fault, at the call that led into it. */
  Diagnostic.Builder at(Code code, Span at, String message) {
    Span shown = visible(at);
    Diagnostic.Builder builder = Diagnostic.of(code, shown, message);
    if (shown != at && Prelude.holds(at.file())) {
      builder.note("found in the library, " + at.fileAndLine() + ": " + oneLine(at.text()));
    }
    return builder;
  }

  /** Points at where the open dims of a sentence get their names. */
  void showOpenDims(Diagnostic.Builder builder, String sentence) {
    if (trace != null) {
      trace.openDims.forEach((name, span) -> {
        if (sentence.matches("(?s).*\\b" + name + "\\b.*") && !Prelude.holds(span.file())) {
          builder.also(span, name + " is bound here, at run time");
        }
      });
    }
  }

  /** The place itself, or the innermost call outside the library that led to it. */
  Span visible(Span at) {
    if (!Prelude.holds(at.file())) {
      return at;
    }
    for (Frame frame : frames) {
      if (!Prelude.holds(frame.site().file())) {
        return frame.site();
      }
    }
    return at;
  }

  /** Source text for a message. */
  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  /** "while building `net` of model `Mnist` (lenet.dlm:12)", innermost first. */
  private List<String> instantiation() {
    List<String> lines = new ArrayList<>();
    for (Instance i = frames.isEmpty() ? null
        : frames.peek().owner(); i != null && i.parent() != null; i = i.parent()) {
      Span field = i.fieldSpan();
      boolean named = !i.segment().isEmpty() && !Character.isDigit(i.segment().charAt(0));
      if (named && field != null && !Prelude.holds(field.file())) {
        String kind = i.parent().declaration() instanceof Syntax.Model ? "model" : "layer";
        lines.add("while building `" + i.segment() + "` of " + kind + " `" + i.parent().layerName() + "` ("
            + field.fileAndLine() + ")");
      }
    }
    int shown = 4;
    return lines.size() <= shown ? lines
        : java.util.stream.Stream.concat(lines.stream().limit(shown), java.util.stream.Stream.of("and so on")).toList();
  }
}
