package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compiled model in a user's program: many threads, one array of weights. */
class SharedWeightsTest {
  private static final String MODELS = """
      model Picture {
        net = [Conv2d(8, 3, padding = 1), BatchNorm2d(), relu, MaxPool2d(2), flatten, Linear(64), relu, Linear(10)]
        fn forward(x: [N, 1, 16, 16]) -> [N, 10] = net(x)
      }

      model Other {
        fn forward(x: [N, 4]) -> [N, 4] = x
      }
      """;

  private static final GeneratedCode CODE = GeneratedCode.compile(
      Compiler.compileSources(List.of(new SourceFile("models.dlm", MODELS)), Options.DEFAULT).files());

  @TempDir Path folder;

  private static FloatTensor input(int number) {
    int examples = 1 + number % 5;
    return new FloatTensor(Hashed.numbers(number, new int[] {examples, 1, 16, 16}, 1), examples, 1, 16, 16);
  }

  @Test
  void manyThreadsAskTheSameWeightsAtOnce() throws Exception {
    Model trained = CODE.model("Picture");
    trained.initialize(7);
    Path file = folder.resolve("w.safetensors");
    Weights.save(trained, file);
    Set<Model> made = ConcurrentHashMap.newKeySet();
    Predictor predictor = Predictor.of(() -> {
      Model model = CODE.model("Picture");
      made.add(model);
      return model;
    }, file);
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      expected.add(predictor.forward(input(i)).data());
    }
    assertThat(made).hasSize(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int start = t * 7;
        running.add(threads.submit(() -> {
          for (int k = 0; k < 120; k++) {
            int i = (start + k) % 40;
            assertThat(predictor.forward(input(i)).data()).as("input " + i).isEqualTo(expected.get(i));
          }
        }));
      }
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(made.size()).isBetween(1, 6);
    assertThat(made).allSatisfy(m -> assertThat(m.parameters).isSameAs(made.iterator().next().parameters));
  }

  @Test
  void weightsInAJarAreAStream() throws Exception {
    Model trained = CODE.model("Picture");
    trained.initialize(3);
    Path file = folder.resolve("w.safetensors");
    Weights.save(trained, file);
    Predictor predictor = Predictor.of(() -> CODE.model("Picture"), Files.newInputStream(file));
    assertThat(predictor.forward(input(1)).data())
        .isEqualTo(Predictor.of(() -> CODE.model("Picture"), trained).forward(input(1)).data());
  }

  @Test
  void onlyTheSameModelShares() {
    Model picture = CODE.model("Picture");
    Model second = picture.sharing(() -> CODE.model("Picture"));
    assertThat(second.parameters).isSameAs(picture.parameters);
    assertThat(second.buffers).isSameAs(picture.buffers);
    assertThat(CODE.model("Picture").parameters).isNotSameAs(picture.parameters);
    assertThatThrownBy(() -> picture.sharing(() -> CODE.model("Other"))).isInstanceOf(IllegalArgumentException.class);
  }
}
