package vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dlm.optim.Adam;
import dlm.optim.SGD;
import java.util.function.DoubleSupplier;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.store.RandomStream;
import org.junit.jupiter.api.Test;

/** The compiled zoo as Java code uses it: plain classes with typed methods. */
class ZooTest {
  private static final int N = 12;
  private final RandomStream random = new RandomStream(3);
  private final IntTensor labels = IntTensor.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1}, N);

  @Test
  void mlpLearnsABatch() {
    Mlp model = new Mlp();
    FloatTensor x = images(N, 784);
    assertThat(model.forward(x).shape()).containsExactly(N, 10);
    learns(model, new Adam(), () -> model.lossAndGradient(x, labels));
    assertThat(model.hits(x, labels)).isCloseTo(1, within(1e-6f));
  }

  @Test
  void leNetLearnsABatch() {
    LeNet5 model = new LeNet5();
    FloatTensor x = images(N, 1, 28, 28);
    assertThat(model.forward(x).shape()).containsExactly(N, 10);
    learns(model, new Adam(), () -> model.lossAndGradient(x, labels));
  }

  @Test
  void digitsLearnsABatch() {
    Digits model = new Digits();
    FloatTensor x = images(N, 1, 8, 8);
    SGD optimizer = new SGD();
    optimizer.set("lr", 0.05f);
    optimizer.set("momentum", 0.9f);
    learns(model, optimizer, () -> model.lossAndGradient(x, labels));
  }

  @Test
  void anyBatchSizeWorksAndGivesTheSameRows() {
    LeNet5 model = new LeNet5();
    FloatTensor x = images(5, 1, 28, 28);
    float[] all = model.forward(x).data();
    float[] first = model.forward(new FloatTensor(java.util.Arrays.copyOf(x.data(), 784), 1, 1, 28, 28)).data();
    for (int i = 0; i < 10; i++) {
      assertThat(first[i]).isCloseTo(all[i], within(1e-5f));
    }
  }

  @Test
  void aWrongShapeIsNamedWithTheLineOfTheModel() {
    assertThatThrownBy(() -> new LeNet5().forward(images(2, 1, 28, 27)))
        .hasMessageContaining("lenet.dlm").hasMessageContaining("28").hasMessageContaining("27");
  }

  private FloatTensor images(int... shape) {
    FloatTensor x = FloatTensor.zeros(shape);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) random.normal();
    }
    return x;
  }

  /** After a few dozen steps on one batch the network knows it by heart. */
  private static void learns(Model model, Optimizer optimizer, DoubleSupplier lossAndGradient) {
    model.initialize(1);
    double before = lossAndGradient.getAsDouble();
    assertThat(before).isBetween(1.8, 3.5);
    for (int step = 1; step <= 60; step++) {
      lossAndGradient.getAsDouble();
      optimizer.update(model.parameters, model.gradients, 0, model.parameters.length, step);
    }
    assertThat(lossAndGradient.getAsDouble()).isLessThan(0.25 * before);
  }
}
