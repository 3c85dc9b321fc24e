package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.runtime.Model;
import org.dlm.runtime.Variable;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.SafetensorsWriter;
import org.dlm.runtime.store.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renaming tables of the zoo: weights named as other projects name them find their places. */
class ZooNamesTest {
  private static final Path NAMES = Path.of("..", "stdlib-models", "names");
  private static final Pattern DENSE_LAYER = Pattern.compile("(denseblock\\d)\\.(\\d+)\\.(.*)");

  @TempDir Path folder;

  @Test
  void densenetOfTorchvision() {
    check("densenet", path -> {
      var layer = DENSE_LAYER.matcher(path);
      return layer.matches()
          ? "features." + layer.group(1) + ".denselayer" + (Integer.parseInt(layer.group(2)) + 1) + "." + layer.group(3)
          : path.startsWith("classifier") ? path : "features." + path;
    }, "features.norm0.num_batches_tracked");
  }

  @Test
  void gpt2OfHuggingFace() {
    check("gpt2", path -> "transformer." + path, "transformer.h.1.attn.bias", "lm_head.weight");
  }

  @Test
  void bertOfHuggingFace() {
    check("bert", path -> path
        .replaceFirst("^(word|position|segment)s\\.", "embeddings.$1_embeddings.").replace("segment_", "token_type_")
        .replaceFirst("^norm\\.", "embeddings.LayerNorm.")
        .replaceFirst("^blocks\\.(\\d+)\\.", "encoder.layer.$1.")
        .replaceFirst("attention\\.(query|key|value)", "attention.self.$1")
        .replace("attention.dense", "attention.output.dense")
        .replace("intermediate", "intermediate.dense")
        .replaceFirst("(\\d)\\.output\\.", "$1.output.dense.")
        .replaceFirst("norm1", "attention.output.LayerNorm").replaceFirst("norm2", "output.LayerNorm")
        .replace("pooler", "pooler.dense"), "embeddings.position_ids");
  }

  /** {@code surplus}: what the other project stores besides. */
  private void check(String table, UnaryOperator<String> otherName, String... surplus) {
    GoldenCase of = GoldenFiles.zoo().stream().filter(c -> c.name().equals(table)).findFirst().orElseThrow();
    Model model = GeneratedCode.compile(Compiled.java(of, java.util.List.of()).files()).model(of.className());
    SafetensorsWriter writer = new SafetensorsWriter();
    Stream.concat(model.parameterList().stream(), model.bufferList().stream()).forEach(
        v -> writer.add(otherName.apply(v.path()), Filled.numbers(v.path(), v.shape()), 0, v.shape()));
    for (String name : surplus) {
      writer.add(name, new float[] {1}, 0, 1);
    }
    Path file = folder.resolve("weights.safetensors");
    writer.write(file, Map.of());
    Weights.load(model, file, Renaming.read(NAMES.resolve(table + ".txt")));
    for (Variable v : model.parameterList()) {
      float[] loaded = java.util.Arrays.copyOfRange(model.parameters, v.offset(), v.offset() + v.size());
      assertThat(loaded).as(v.path()).isEqualTo(Filled.numbers(v.path(), v.shape()));
    }
  }
}
