package org.dlm.runtime;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A {@link Function} of a generated model: each form is made when it is first asked for. */
public final class CompiledFunction implements Function {
  private final String name;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final Form inference;
  private final Form training;
  private final Form gradient;
  private final Form inferenceGradient;
  private Set<String> trained;
  private String computes = "";

  /** One form of the function, made once. */
  private static final class Form {
    private final Supplier<Program> maker;
    private Program program;

    Form(Supplier<Program> maker) {
      this.maker = maker;
    }

    Program get() {
      if (program == null) {
        program = new ProgramsByShape(maker);
      }
      return program;
    }
  }

  /** {@code gradient} and {@code inferenceGradient} are null for functions without a gradient. */
  public CompiledFunction(String name, List<Port> inputs, List<Port> outputs, Supplier<Program> inference,
      Supplier<Program> training, Supplier<Program> gradient, Supplier<Program> inferenceGradient) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.inference = new Form(inference);
    this.training = new Form(training);
    this.gradient = gradient == null ? null : new Form(gradient);
    this.inferenceGradient = inferenceGradient == null ? null : new Form(inferenceGradient);
  }

  /** The parameters that it trains, where these are not all; for the declaration only. */
  public CompiledFunction training(String... parameters) {
    trained = Set.of(parameters);
    return this;
  }

  /** What the function computes, in a line; for the declaration only. */
  public CompiledFunction computes(String fingerprint) {
    computes = fingerprint;
    return this;
  }

  @Override
  public String computes() {
    return computes;
  }

  @Override
  public boolean trains(String parameter) {
    return trained == null || trained.contains(parameter);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Port> inputs() {
    return inputs;
  }

  @Override
  public List<Port> outputs() {
    return outputs;
  }

  @Override
  public Program inference() {
    return inference.get();
  }

  @Override
  public Program training() {
    return training.get();
  }

  @Override
  public boolean differentiable() {
    return gradient != null;
  }

  @Override
  public Program gradient() {
    return form(gradient);
  }

  @Override
  public Program inferenceGradient() {
    return form(inferenceGradient);
  }

  private Program form(Form form) {
    if (form == null) {
      throw new UnsupportedOperationException(
          "`" + name + "` has no gradient: it does not return one f32 scalar, or no parameter moves its result");
    }
    return form.get();
  }
}
