package org.dlm.compiler.diagnostic;

/** The stable names of everything we may say, one line each; each is explained in docs/errors/. */
public enum Code {
  E0101("syntax error"),
  E0102("unfinished text or comment"),
  E0103("unknown character"),
  E0107("call or index on a new line"),
  E0108("not supported yet"),
  E0109("file cannot be read"),
  E0201("unknown name"),
  E0202("name declared twice"),
  E0203("unknown parameter of a call"),
  E0204("missing argument"),
  E0205("too many arguments"),
  E0206("wrong kind of argument"),
  E0207("naming rule broken"),
  E0208("not callable"),
  E0209("tag without meaning"),
  E0301("shape does not fit"),
  E0302("wrong number of axes"),
  E0303("equality cannot be proved"),
  E0304("operands do not broadcast"),
  E0305("open dim cannot be inferred from an input"),
  E0306("parameter shape with an open dim"),
  E0307("wrong element type"),
  E0308("axis out of range"),
  E0309("bad einsum or rearrange pattern"),
  E0310("division is not exact"),
  E0311("window does not fit"),
  E0312("model too large"),
  E0313("tensor too large"),
  E0401("compile-time value expected"),
  E0402("requirement not met"),
  E0403("recursion without end"),
  E0404("hyper-parameter cannot be inferred"),
  E0405("compile-time evaluation failed"),
  E0501("buffer update out of place"),
  E0502("gradient of something not differentiable"),
  E0503("update rule that depends on the shape"),
  E0601("loop variable changes shape"),
  E0602("layer built inside a loop over time"),
  E0603("no axis to walk along"),
  E0701("package or import not found"),
  E0702("packages import each other"),
  E0703("ambiguous import"),
  E0801("no form in ONNX"),
  W0901("dim name used once"),
  W0902("unused parameter"),
  W0903("unused import"),
  W0904("unnamed stage with parameters"),
  W0905("buffer never updated"),
  W0906("name never used"),
  W0907("measurements not used"),
  W0908("parameter trained by no objective");

  private final String title;

  Code(String title) {
    this.title = title;
  }

  /** A few words, the heading of the code's page. */
  public String title() {
    return title;
  }

  public Severity severity() {
    return name().startsWith("W") ? Severity.WARNING : Severity.ERROR;
  }

  /** The form users see: {@code E0301}, {@code W904}. */
  public String id() {
    return name().startsWith("W0") ? "W" + name().substring(2) : name();
  }
}
