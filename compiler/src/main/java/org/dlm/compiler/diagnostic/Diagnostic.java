package org.dlm.compiler.diagnostic;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.source.Span;

/**
 * One thing we say to a user: a code, a general sentence, the place at fault whose label alone makes sense, other
 * places that matter, facts ({@code notes}) and ways out ({@code helps}).
 */
public record Diagnostic(
    Code code,
    String message,
    Label primary,
    List<Label> secondary,
    List<TraceLine> shapeTrace,
    List<String> notes,
    List<Help> helps,
    List<String> instantiation) {

  /** A place and what to say beside it (may be empty). */
  public record Label(Span span, String text) {}

  /** A row of "shapes along the list": the stage, the shape it gives, a remark; the row at fault is marked. */
  public record TraceLine(String stage, String shape, String remark, boolean atFault) {}

  /**
   * A proposal; {@code replacement} of {@code span} where a tool can apply it, else null; {@code sure} when it surely
   * is right.
   */
  public record Help(String text, Span span, String replacement, boolean sure) {}

  public static Builder of(Code code, Span at, String message) {
    return new Builder(code, at, message);
  }

  /** Collects the parts; only the code, the place and the message are required. */
  public static final class Builder {
    private final Code code;
    private final String message;
    private Label primary;
    private final List<Label> secondary = new ArrayList<>();
    private final List<TraceLine> shapeTrace = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Help> helps = new ArrayList<>();
    private final List<String> instantiation = new ArrayList<>();

    private Builder(Code code, Span at, String message) {
      this.code = code;
      this.message = message;
      this.primary = new Label(at, "");
    }

    /** What stands beside the carets under the place at fault. */
    public Builder label(String text) {
      primary = new Label(primary.span(), text);
      return this;
    }

    public Builder also(Span at, String text) {
      secondary.add(new Label(at, text));
      return this;
    }

    public Builder trace(List<TraceLine> lines) {
      shapeTrace.addAll(lines);
      return this;
    }

    public Builder note(String text) {
      notes.add(text);
      return this;
    }

    public Builder help(String text) {
      helps.add(new Help(text, null, null, false));
      return this;
    }

    public Builder fix(String text, Span span, String replacement) {
      helps.add(new Help(text, span, replacement, true));
      return this;
    }

    /** "while building `net` of model `Mnist` (lenet.dlm:12)", innermost first. */
    public Builder whileBuilding(List<String> lines) {
      instantiation.addAll(lines);
      return this;
    }

    public Diagnostic build() {
      return new Diagnostic(code, message, primary, List.copyOf(secondary), List.copyOf(shapeTrace), List.copyOf(notes),
          List.copyOf(helps), List.copyOf(instantiation));
    }
  }
}
