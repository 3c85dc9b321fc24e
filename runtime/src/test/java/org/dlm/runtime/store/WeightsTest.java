package org.dlm.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.SoftmaxRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  @TempDir Path folder;

  @Test
  void savesAndLoads() {
    SoftmaxRegression saved = new SoftmaxRegression(3, 2);
    saved.initialize(5);
    saved.buffers[0] = 9;
    Weights.save(saved, folder.resolve("w"));
    SoftmaxRegression loaded = new SoftmaxRegression(3, 2);
    Weights.load(loaded, folder.resolve("w"));
    assertThat(loaded.parameters).isEqualTo(saved.parameters);
    assertThat(loaded.buffers).isEqualTo(saved.buffers);
  }

  @Test
  void namesEveryWeightThatDoesNotFit() {
    new SafetensorsWriter().add("net.wieght", new float[6], 0, 2, 3).add("net.bias", new float[3], 0, 3)
        .add("bn.num_batches_tracked", new float[1], 0).add("extra", new float[1], 0)
        .write(folder.resolve("w"), Map.of());
    SoftmaxRegression model = new SoftmaxRegression(3, 2);
    float[] before = model.parameters.clone();
    assertThatThrownBy(() -> Weights.load(model, folder.resolve("w"))).isInstanceOf(InputProblem.class).hasMessage(
        folder.resolve("w") + """
        : these weights are not those of the model
          missing in the file:
            net.weight [2, 3] (the file has `net.wieght`)
            net.calls [1]
          not in the model:
            net.wieght
            extra
          of another shape:
            net.bias is [3] in the file, [2] in the model""");
    assertThat(model.parameters).isEqualTo(before);
  }

  @Test
  void aTableRenames() {
    new SafetensorsWriter().add("model.w", new float[] {1, 2, 3, 4, 5, 6}, 0, 2, 3)
        .add("model.b", new float[] {7, 8}, 0, 2).add("calls.0", new float[] {9}, 0, 1)
        .add("head.w", new float[6], 0, 2, 3).write(folder.resolve("w"), Map.of());
    SoftmaxRegression model = new SoftmaxRegression(3, 2);
    Weights.load(model, folder.resolve("w"), Renaming.of("table", List.of("# ours, theirs", "", "head.* ->",
        "calls.0 -> net.calls  # a counter", "*.w -> net.weight", "model.* -> net.*ias", "*.w -> never")));
    assertThat(model.parameters).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(model.buffers).containsExactly(9);
  }

  @Test
  void whatIsWrongWithATable() {
    assertThatThrownBy(() -> Renaming.of("table", List.of("", "a b"))).isInstanceOf(InputProblem.class)
        .hasMessageContaining("table:2: `a b` is no renaming");
    assertThatThrownBy(() -> Renaming.of("table", List.of("a.* -> *.*"))).isInstanceOf(InputProblem.class)
        .hasMessageContaining("`*.*` has more `*` than `a.*`");
    assertThatThrownBy(() -> Renaming.of("table", List.of("*.w -> w")).namesByPath(List.of("a.w", "b.w")))
        .isInstanceOf(InputProblem.class).hasMessageContaining("`a.w` and `b.w` would both be `w`");
    assertThatThrownBy(() -> Renaming.read(folder.resolve("none"))).hasMessageContaining("no such file");
    assertThatThrownBy(() -> Renaming.read(folder)).isInstanceOf(InputProblem.class);
  }

  @Test
  void aCheckpointBringsBackTheWholeRun() {
    SoftmaxRegression model = new SoftmaxRegression(3, 2);
    Optimizer rule = new MomentumByHand();
    rule.prepare(model.parameters.length);
    for (int i = 0; i < model.parameters.length; i++) {
      model.gradients[i] = i;
    }
    rule.update(model.parameters, model.gradients, 0, model.parameters.length, 1);
    Path file = folder.resolve("c");
    Checkpoint written = new Checkpoint(3, 4, 99, -7, 64, "Momentum(lr=0.1)", 0.5, 0.9);
    written.write(file, model, rule);

    SoftmaxRegression other = new SoftmaxRegression(3, 2);
    Optimizer otherRule = new MomentumByHand();
    assertThat(Checkpoint.peek(file)).isEqualTo(written);
    assertThat(Checkpoint.restore(file, other, otherRule)).isEqualTo(written);
    assertThat(other.parameters).isEqualTo(model.parameters);
    assertThat(otherRule.state("velocity")).isEqualTo(rule.state("velocity"));
    Weights.load(other, file);
  }

  @Test
  void plainWeightsAreNoCheckpoint() {
    SoftmaxRegression model = new SoftmaxRegression(3, 2);
    Weights.save(model, folder.resolve("w"));
    assertThatThrownBy(() -> Checkpoint.peek(folder.resolve("w"))).isInstanceOf(InputProblem.class)
        .hasMessageContaining("no checkpoint");
    SafetensorsWriter writer = new SafetensorsWriter();
    Weights.add(model, writer);
    writer.write(folder.resolve("c"), Map.of("format", "dlm checkpoint 1", "epoch", "1", "batch", "0", "step", "1",
        "seed", "0", "batch_size", "8", "optimizer", "SGD"));
    assertThatThrownBy(() -> Checkpoint.restore(folder.resolve("c"), model, new MomentumByHand()))
        .isInstanceOf(InputProblem.class).hasMessageContaining("written by the optimizer SGD");
    writer.write(folder.resolve("d"), Map.of("format", "dlm checkpoint 1", "epoch", "-1"));
    assertThatThrownBy(() -> Checkpoint.peek(folder.resolve("d"))).isInstanceOf(InputProblem.class)
        .hasMessageContaining("`epoch`");
  }
}
