package org.dlm.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A system that runs the same models: how it is started, and how one finds out whether it is there. */
sealed interface Peer permits PythonPeer, JavaPeer {
  /** Its column in the table. */
  String name();

  /** Why this peer cannot run here, or nothing. */
  Optional<String> missing(Setting setting);

  /** Whether it has this model. */
  boolean runs(SuiteModel model);

  /** The command that times one model and writes its rows as JSON. */
  List<String> command(Setting setting, SuiteModel model, Path json) throws IOException;

  /** What its process needs in the environment. */
  default Map<String, String> environment(Setting setting) {
    return Map.of();
  }

  /**
   * What all peers are told.
   *
   * @param project the project's folder
   * @param scripts the folder of the peers' scripts
   * @param python the Python that may have them
   * @param seconds time for a training step
   * @param threads threads of every system
   */
  record Setting(Path project, Path scripts, String python, double seconds, int threads) {}

  /** All peers. */
  static List<Peer> all() {
    return Stream.concat(PythonPeer.ALL.stream(), JavaPeer.ALL.stream()).toList();
  }

  /** PyTorch's two columns: the better of them is what DLM is measured against. */
  List<String> PYTORCH = List.of("PyTorch eager", "torch.compile");

  /** What inference is also measured against. */
  List<String> ONNX_RUNTIME = List.of("ONNX Runtime");
}
