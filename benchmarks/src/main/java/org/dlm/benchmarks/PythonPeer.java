package org.dlm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A peer with a script in the peers' folder.
 *
 * @param name its column in the table
 * @param script the script that times it
 * @param module the Python module it needs
 * @param options what the script is told besides models, time and threads
 */
record PythonPeer(String name, String script, String module, List<String> options) implements Peer {
  static final List<Peer> ALL = List.of(
      new PythonPeer(PYTORCH.get(0), "torch_suite.py", "torch", List.of("--mode", "eager")),
      new PythonPeer(PYTORCH.get(1), "torch_suite.py", "torch", List.of("--mode", "compile")),
      new PythonPeer("JAX", "jax_suite.py", "jax", List.of()),
      new PythonPeer("Keras/TensorFlow", "keras_suite.py", "keras", List.of()),
      new PythonPeer(ONNX_RUNTIME.get(0), "onnxruntime_suite.py", "onnxruntime", List.of()));

  @Override
  public Optional<String> missing(Setting setting) {
    if (!Files.isRegularFile(setting.scripts().resolve(script))) {
      return Optional.of("there is no " + setting.scripts().resolve(script));
    }
    try {
      Child child = Child.run(List.of(setting.python(), "-c", "import " + module), Path.of(".").toAbsolutePath());
      return child.exitCode() == 0 ? Optional.empty() : Optional.of(setting.python() + " has no module " + module);
    } catch (IOException e) {
      return Optional.of(setting.python() + " does not start");
    }
  }

  @Override
  public boolean runs(SuiteModel model) {
    return true;
  }

  @Override
  public List<String> command(Setting setting, SuiteModel model, Path json) {
    List<String> command = new ArrayList<>(List.of(setting.python(), setting.scripts().resolve(script).toString(),
        "--only", model.name(), "--seconds", String.valueOf(setting.seconds()), "--threads",
        String.valueOf(setting.threads()), "--json", json.toString()));
    command.addAll(options);
    return command;
  }
}
