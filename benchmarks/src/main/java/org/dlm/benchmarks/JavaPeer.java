package org.dlm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A peer on the Java virtual machine, for inference of small models. Its source in {@code benchmarks/peers} is started
 * as it is, with the jars that {@code benchmarks/suite install-jvm-peers} has fetched: the build knows nothing of it.
 *
 * @param name its column in the table
 * @param source its source file
 * @param jars the folder of its jars, below {@code benchmarks/target/peers}
 * @param exported whether it runs the model that {@code dlm export} writes
 */
record JavaPeer(String name, String source, String jars, boolean exported) implements Peer {
  static final List<Peer> ALL = List.of(
      new JavaPeer("DJL (PyTorch)", "Djl.java", "djl", false),
      new JavaPeer("ND4J", "Nd4jPeer.java", "nd4j", false),
      new JavaPeer("ONNX Runtime (Java)", "OnnxRuntime.java", "onnxruntime", true));

  private static final Set<String> MODELS = Set.of("mlp", "lenet5");

  @Override
  public Optional<String> missing(Setting setting) {
    return Files.isDirectory(folder(setting)) ? Optional.empty()
        : Optional.of("its jars are fetched by benchmarks/suite install-jvm-peers");
  }

  private Path folder(Setting setting) {
    return setting.project().resolve("benchmarks/target/peers").resolve(jars).toAbsolutePath();
  }

  @Override
  public boolean runs(SuiteModel model) {
    return MODELS.contains(model.name());
  }

  @Override
  public Map<String, String> environment(Setting setting) {
    return Map.of("OMP_NUM_THREADS", String.valueOf(setting.threads()));
  }

  @Override
  public List<String> command(Setting setting, SuiteModel model, Path json) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-DDJL_CACHE_DIR=" + folder(setting).resolve("cache"), "-Doffline=true", "-cp", folder(setting) + "/*",
        setting.project().resolve("benchmarks/peers").resolve(source).toAbsolutePath().toString(), "--only",
        model.name(), "--seconds", String.valueOf(setting.seconds()), "--threads", String.valueOf(setting.threads()),
        "--json", json.toString()));
    if (exported) {
      command.addAll(List.of("--model", export(setting, model).toString()));
    }
    return command;
  }

  private Path export(Setting setting, SuiteModel model) throws IOException {
    Path file = folder(setting).resolve(model.name() + ".onnx");
    Child child = Child.run(List.of(setting.project().resolve("dlm").toAbsolutePath().toString(), "export",
        setting.project().resolve("stdlib-models/src/main/dlm").resolve(model.file()).toAbsolutePath().toString(),
        "--model", model.model(), "-o", file.toString()), setting.project().toAbsolutePath());
    if (child.exitCode() != 0) {
      throw new IOException("dlm export " + model.name() + ": " + child.output());
    }
    return file;
  }
}
