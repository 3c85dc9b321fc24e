package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.dlm.runtime.store.StoredType;
import org.dlm.tests.cli.Dlm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dlm run} on a model, weights and inputs from PyTorch gives PyTorch's numbers. */
class RunCommandTest {
  private static final GoldenCase CASE = GoldenFiles.model("conv_net");

  @TempDir Path folder;

  @BeforeEach
  void packaged() {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
    SafetensorsWriter weights = new SafetensorsWriter();
    CASE.under("param.").forEach(weights::add);
    CASE.under("buffer.").forEach(weights::add);
    weights.write(folder.resolve("weights.safetensors"), Map.of());
    SafetensorsWriter inputs = new SafetensorsWriter();
    CASE.inputs().forEach(inputs::add);
    inputs.write(folder.resolve("inputs.safetensors"), Map.of());
  }

  @Test
  void forward() throws IOException, InterruptedException {
    Map<String, Tensor> results = run("--fn", "forward");
    Closeness.check("out", results.get("out"), CASE.numbers().get("eval.out.forward.out"), 1, Closeness.FORWARD, 0);
  }

  /** A state dict has the names of PyTorch's own module, a Sequential: `0.weight`. */
  @Test
  void namesOfTheFileByATable() throws IOException, InterruptedException {
    SafetensorsWriter weights = new SafetensorsWriter();
    CASE.under("param.net.").forEach(weights::add);
    CASE.under("buffer.net.").forEach(weights::add);
    weights.write(folder.resolve("weights.safetensors"), Map.of());
    Files.writeString(folder.resolve("names.txt"), "* -> net.*\n");
    Map<String, Tensor> results = run("--fn", "forward", "--rename", "names.txt");
    Closeness.check("out", results.get("out"), CASE.numbers().get("eval.out.forward.out"), 1, Closeness.FORWARD, 0);
  }

  @Test
  void gradientsAndBuffers() throws IOException, InterruptedException {
    Map<String, Tensor> results = run("--fn", "loss", "--grad", "--training");
    Closeness.check("out", results.get("out"), CASE.numbers().get("train.out.loss.out"), 1, Closeness.FORWARD, 0);
    Map<String, Tensor> gradients = CASE.under("train.grad.loss.");
    assertThat(gradients).isNotEmpty();
    gradients.forEach((path, expected) ->
        Closeness.check("grad." + path, results.get("grad." + path), expected, 1, Closeness.GRADIENT, 0));
    CASE.under("train.buffer.loss.").forEach((path, expected) ->
        Closeness.check("buffer." + path, results.get("buffer." + path), expected, 1, Closeness.FORWARD, 0));
  }

  @Test
  void trainingSteps() throws IOException, InterruptedException {
    String[] words = CASE.metadata().get("steps.2").split(" ", 2);
    Map<String, Tensor> results = run("--fn", "loss", "--optimizer", words[1], "--steps", words[0]);
    CASE.under("steps.2.").forEach((path, expected) -> {
      String key = results.containsKey("param." + path) ? "param." + path : "buffer." + path;
      Closeness.check(key, results.get(key), expected, 1, Closeness.GRADIENT, 0);
    });
  }

  private Map<String, Tensor> run(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", Path.of("golden", "cases", "conv_net.dlm").toAbsolutePath().toString(),
        "--weights", "weights.safetensors", "--inputs", "inputs.safetensors", "--outputs", "out.safetensors"));
    arguments.addAll(List.of(options));
    new Dlm(folder).run(arguments.toArray(String[]::new)).succeeds();
    Map<String, Tensor> results = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("out.safetensors"))) {
      file.tensors().forEach((name, stored) ->
          results.put(name, file.read(name, stored.type() == StoredType.I32 ? ElementType.I32 : ElementType.F32)));
    }
    return results;
  }
}
