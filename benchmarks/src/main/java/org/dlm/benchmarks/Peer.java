package org.dlm.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A system that runs the same models: how it is started, and how one finds out whether it is there.
 *
 * @param name its column in the table
 * @param script the script of the peers' folder that times it
 * @param module the Python module it needs
 * @param options what the script is told besides models, time and threads
 */
record Peer(String name, String script, String module, List<String> options) {
  /** All peers whose scripts have the suite's command line. PyTorch's two are what DLM's ratio is taken against. */
  static final List<Peer> ALL = List.of(
      new Peer("PyTorch eager", "torch_suite.py", "torch", List.of("--mode", "eager")),
      new Peer("torch.compile", "torch_suite.py", "torch", List.of("--mode", "compile")),
      new Peer("JAX", "jax_suite.py", "jax", List.of()),
      new Peer("Keras/TensorFlow", "keras_suite.py", "keras", List.of()),
      new Peer("ONNX Runtime", "onnxruntime_suite.py", "onnxruntime", List.of()));

  /** Whether DLM's ratio is taken against this one. */
  boolean measure() {
    return script.equals("torch_suite.py");
  }

  /** Why this peer cannot run here, or nothing. */
  Optional<String> missing(Path folder, String python) {
    if (!Files.isRegularFile(folder.resolve(script))) {
      return Optional.of("there is no " + folder.resolve(script));
    }
    try {
      Child child = Child.run(List.of(python, "-c", "import " + module), Path.of(".").toAbsolutePath());
      return child.exitCode() == 0 ? Optional.empty() : Optional.of(python + " has no module " + module);
    } catch (java.io.IOException e) {
      return Optional.of(python + " does not start");
    }
  }

  /** The command that times one model and writes its rows as JSON. */
  List<String> command(Path folder, String python, String model, double seconds, int threads, Path json) {
    List<String> command = new ArrayList<>(List.of(python, folder.resolve(script).toString(), "--only", model,
        "--seconds", String.valueOf(seconds), "--threads", String.valueOf(threads), "--json", json.toString()));
    command.addAll(options);
    return command;
  }
}
