package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Port;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.AtomicFile;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.dlm.runtime.train.ParallelUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm run}: one call of a function on given tensors. */
@Command(name = "run", description = "Call a function of a model on tensors from a file.")
final class RunCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private CalledFunction asked;

  @Option(names = "--inputs", paramLabel = "IN", required = true,
      description = "A tensor for each parameter of the function, by name.")
  private Path inputs;

  @Option(names = "--outputs", paramLabel = "OUT", required = true, description = "Where the results go.")
  private Path outputs;

  @Option(names = "--grad", description = "Also grad.PATH for each parameter of the model.")
  private boolean gradients;

  @Option(names = "--training",
      description = "Call the function's training form: dropout drops, running statistics move.")
  private boolean training;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
      description = "Decides random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--optimizer", paramLabel = "SPEC",
      description = "Make training steps on these tensors; also param.PATH.")
  private String optimizer;

  @Option(names = "--steps", paramLabel = "K", description = "How many steps (default: 1).")
  private Integer steps;

  RunCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (steps != null && (steps < 1 || optimizer == null)) {
      throw usage(steps < 1 ? "--steps " + steps + ": at least one" : "--steps needs --optimizer");
    }
    asked.check();
    LoadedModel loaded = LoadedModel.load(files, console, optimizer);
    Model model = loaded.model();
    String function = asked.of(loaded);
    Function called = model.function(function);
    if ((gradients || optimizer != null) && !called.differentiable()) {
      throw new InputProblem("`" + function + "` has no gradient: it does not give a single f32 number",
          "Name the loss with --fn.");
    }
    Tensor[] tensors = read(called);
    IndexRanges.check(loaded.graph(function), tensors, inputs.toString());
    asked.fill(model, seed, console);
    AtomicFile.checkWritable(output(outputs));
    Program program = loaded.optimizer().isPresent() ? train(model, called, loaded.optimizer().get(), tensors)
        : call(called, tensors);
    write(called, program, model);
    console.err().println("wrote " + outputs);
  }

  private Tensor[] read(Function called) {
    try (SafetensorsFile file = SafetensorsFile.open(inputs)) {
      return called.inputs().stream().map(port -> file.read(port.name(), port.type())).toArray(Tensor[]::new);
    }
  }

  private Program call(Function called, Tensor[] tensors) {
    Program program = gradients ? training ? called.gradient() : called.inferenceGradient()
        : training ? called.training() : called.inference();
    program.random(seed, 1);
    program.bind(tensors);
    program.run();
    return program;
  }

  private Program train(Model model, Function called, Optimizer rule, Tensor[] tensors) {
    Program program = called.gradient();
    rule.prepare(model.parameters.length);
    ParallelUpdate update = new ParallelUpdate(model, rule, called);
    for (int step = 1; step <= (steps == null ? 1 : steps); step++) {
      program.random(seed, step);
      program.bind(tensors);
      program.run();
      update.apply(step);
    }
    return program;
  }

  private void write(Function called, Program program, Model model) {
    SafetensorsWriter writer = new SafetensorsWriter();
    List<Port> results = called.outputs();
    for (int i = 0; i < results.size(); i++) {
      writer.add(results.get(i).name(), program.output(i));
    }
    if (gradients) {
      model.parameterList().forEach(v -> writer.add("grad." + v.path(), model.gradients, v.offset(), v.shape()));
    }
    model.bufferList().forEach(v -> writer.add("buffer." + v.path(), model.buffers, v.offset(), v.shape()));
    if (optimizer != null) {
      model.parameterList().forEach(v -> writer.add("param." + v.path(), model.parameters, v.offset(), v.shape()));
    }
    writer.write(outputs, Map.of("format", "dlm"));
  }
}
