package org.dlm.editor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.syntax.Syntax;

/** What a call of a text that is half typed calls, by its spelling. */
final class Callees {
  private final Snapshot snapshot;
  private final String text;

  /** {@code text}: what is typed now; {@code snapshot}: what is known, perhaps of an earlier text. */
  Callees(Snapshot snapshot, String text) {
    this.snapshot = snapshot;
    this.text = text;
  }

  /** The declaration whose parameters a call of the name takes. */
  Optional<Syntax.Top> find(String callee, Around around) {
    int dot = callee.lastIndexOf('.');
    if (dot >= 0) {
      return function(callee.substring(dot + 1));
    }
    Optional<Syntax.Top> called = ofField(callee, around);
    called = called.isPresent() ? called : snapshot.surroundings().find(callee);
    called = called.isPresent() ? called : snapshot.surroundings().initialiser(callee);
    called = called.isPresent() ? called : snapshot.surroundings().schedule(callee);
    return called.isPresent() ? called : function(callee);
  }

  /** A function of some layer of the file. */
  private Optional<Syntax.Top> function(String name) {
    return snapshot.tree().declarations().stream().flatMap(t -> Members.named(t, name).stream())
        .filter(Syntax.Fn.class::isInstance).map(Syntax.Top.class::cast).findFirst();
  }

  /** {@code lin = Linear(4)} in the declaration around: what an instance of the layer takes. */
  private Optional<Syntax.Top> ofField(String name, Around around) {
    Matcher field = Pattern.compile("(?m)^\\s+" + Pattern.quote(name) + "\\s*=\\s*([A-Z]\\w*)\\(")
        .matcher(text).region(around.declaration(), text.length());
    return field.find() ? snapshot.surroundings().find(field.group(1)).flatMap(Members::forward) : Optional.empty();
  }

  /** Is the first parameter what stands before a pipe, or goes through a list? */
  boolean isPiped(Around.Open call, Around around, Syntax.Top called) {
    if (!(called instanceof Syntax.Fn fn) || fn.params().isEmpty()
        || !(fn.params().getFirst().type() instanceof Syntax.TensorType
            || fn.params().getFirst().type() instanceof Syntax.InferredType)) {
      return false;
    }
    String before = text.substring(0, call.at() - call.callee().length()).stripTrailing();
    int place = around.open().indexOf(call);
    boolean inList = place > 0 && around.open().get(place - 1).bracket() == '[';
    return before.endsWith("|>") || inList;
  }
}
