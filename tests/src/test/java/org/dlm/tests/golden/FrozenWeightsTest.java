package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.store.Weights;
import org.dlm.runtime.train.ParallelUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that stay are kept in order from call to call: the same bits as without, and no change is missed. */
@OnEveryWidth
class FrozenWeightsTest {
  private static final String MODELS = """
      model Dense {
        net = [Linear(96), relu, Linear(40), tanh, Linear(10)]
        fn forward(x: [N, 784]) -> [N, 10] = net(x)
        fn loss(x: [N, 784]) -> [] = sum(net(x) * net(x))
      }

      model Convolutions {
        net = [Conv2d(6, 5, padding = 2), relu, MaxPool2d(2), Conv2d(64, 3, padding = 1), relu, Conv2d(72, 3, padding = 1),
          relu, Conv2d(8, 1), flatten, Linear(5)]
        fn forward(x: [N, 3, 12, 12]) -> [N, 5] = net(x)
        fn loss(x: [N, 3, 12, 12]) -> [] = sum(net(x) * net(x))
      }

      model Transposed {
        net = [ConvTranspose2d(24, 4), relu, ConvTranspose2d(20, 4, stride = 2, padding = 1), relu,
          ConvTranspose2d(3, 4, stride = 2, padding = 1), tanh]
        fn forward(x: [N, 10, 1, 1]) -> [N, 3, 16, 16] = net(x)
        fn loss(x: [N, 10, 1, 1]) -> [] = sum(net(x) * net(x))
      }

      model Recurrent {
        r    = LSTM(48)
        head = Linear(7)
        fn forward(x: [N, 9, 33]) -> [N, 9, 7] = head(r(x))
        fn loss(x: [N, 9, 33]) -> [] = sum(head(r(x)) * head(r(x)))
      }
      """;

  private static final GeneratedCode CODE = GeneratedCode.compile(Compiler.compileSources(
      List.of(new SourceFile("models.dlm", MODELS)), Options.DEFAULT.withOptimizers(List.of("SGD"))).files());

  @TempDir Path folder;

  private record Case(String model, int... shape) {
    FloatTensor input(int examples) {
      int[] all = shape.clone();
      all[0] = examples;
      return new FloatTensor(Hashed.numbers(examples, all, 1), all);
    }

    float[] run(Model model, int examples) {
      Program program = model.function("forward").inference();
      program.bind(input(examples));
      program.run();
      return ((FloatTensor) program.output(0)).data();
    }

    /** For one example, few and many. */
    List<float[]> results(Model model) {
      return Stream.of(1, 5, 40).map(n -> run(model, n)).toList();
    }

    /** By a model that was never said to stay. */
    List<float[]> expected(float[] parameters) {
      Model fresh = CODE.model(model);
      System.arraycopy(parameters, 0, fresh.parameters, 0, parameters.length);
      return results(fresh);
    }

    void check(Model model, String when) {
      List<float[]> expected = expected(model.parameters);
      List<float[]> actual = results(model);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i)).as("%s, %s, input %s", this.model, when, i).isEqualTo(expected.get(i));
      }
    }
  }

  static List<Case> models() {
    return List.of(new Case("Dense", 0, 784), new Case("Convolutions", 0, 3, 12, 12), new Case("Transposed", 0, 10, 1, 1),
        new Case("Recurrent", 0, 9, 33));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theBitsAreTheSame(Case of) {
    Model model = CODE.model(of.model());
    List<float[]> before = of.results(model);
    model.freeze();
    assertThat(model.frozen()).isTrue();
    of.check(model, "first call");
    of.check(model, "kept");
    model.unfreeze();
    assertThat(model.frozen()).isFalse();
    of.check(model, "no longer");
    assertThat(of.results(model).getFirst()).isEqualTo(before.getFirst());
  }

  @ParameterizedTest
  @MethodSource("models")
  void noChangeIsMissed(Case of) {
    Model model = CODE.model(of.model());
    model.freeze();
    of.check(model, "as it began");
    model.initialize(5);
    of.check(model, "initialised anew");
    step(model, of);
    of.check(model, "after a step");
    Path file = folder.resolve("w.safetensors");
    Model other = CODE.model(of.model());
    other.initialize(11);
    Weights.save(other, file);
    Weights.load(model, file);
    of.check(model, "loaded");
    change(model);
    model.weightsChanged();
    of.check(model, "changed by hand and told so");
    change(model);
    model.freeze();
    of.check(model, "changed by hand and frozen once more");
    model.unfreeze();
    change(model);
    of.check(model, "changed when no longer frozen");
    model.freeze();
    change(model);
    model.weightsChanged();
    of.check(model, "frozen, changed, then called");
  }

  /** What is kept is in use, in one of the products at least: who writes without a word is not noticed there. */
  @Test
  void whatIsKeptIsRead() {
    boolean read = false;
    for (Case of : models()) {
      Model model = CODE.model(of.model());
      model.freeze();
      of.results(model);
      Arrays.fill(model.parameters, 0);
      read |= of.results(model).stream().anyMatch(FrozenWeightsTest::isNotZero);
      model.weightsChanged();
      assertThat(of.results(model)).noneMatch(FrozenWeightsTest::isNotZero);
    }
    assertThat(read).isTrue();
  }

  private static boolean isNotZero(float[] numbers) {
    return !Arrays.equals(numbers, new float[numbers.length]);
  }

  @ParameterizedTest
  @MethodSource("models")
  void instancesWithTheSameWeightsAreFrozenTogether(Case of) {
    Model model = CODE.model(of.model());
    Model second = model.sharing(() -> CODE.model(of.model()));
    second.freeze();
    of.check(model, "frozen by the other");
    of.check(second, "frozen");
    model.initialize(3);
    of.check(second, "initialised by the other");
    of.check(model, "initialised");
  }

  private static void change(Model model) {
    for (int i = 0; i < model.parameters.length; i++) {
      model.parameters[i] = model.parameters[i] * 0.5f + 0.01f;
    }
  }

  private static void step(Model model, Case of) {
    Program program = model.function("loss").gradient();
    Optimizer rule = CODE.optimizer("dlm.optim.SGD");
    rule.prepare(model.parameters.length);
    program.bind(of.input(4));
    program.run();
    float[] before = model.parameters.clone();
    new ParallelUpdate(model, rule).apply(1);
    assertThat(model.parameters).isNotEqualTo(before);
  }
}
