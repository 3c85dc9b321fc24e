package org.dlm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static DataSet data(int count, int... shape) {
    int size = Tensor.size(shape);
    float[] x = new float[count * size];
    int[] label = new int[count];
    for (int i = 0; i < count; i++) {
      label[i] = i;
      for (int k = 0; k < size; k++) {
        x[i * size + k] = i + k * 0.01f;
      }
    }
    Examples examples = new Examples("made", List.of(new Column.Floats("x", x, shape), new Column.Ints("label", label)));
    return new DataSet("made", examples, examples, "none", List.of());
  }

  @Test
  void everyExampleComesOnceAnEpochWithItsOwnLabel() {
    DataSet data = data(10, 1, 2, 2);
    Batches batches = new Batches(data.train(), 4);
    Batches.Inputs inputs = batches.inputs(Feed.match(new SoftmaxRegression(4, 10, "1", "2", "2").function("loss"), data));
    List<List<Integer>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      batches.shuffle(7, epoch % 2);
      List<Integer> seen = new ArrayList<>();
      for (int batch = 0; batch < batches.count(); batch++) {
        batches.fill(batch);
        FloatTensor x = (FloatTensor) inputs.tensors()[0];
        IntTensor label = (IntTensor) inputs.tensors()[1];
        assertThat(x.shape()).containsExactly(batch == 2 ? 2 : 4, 1, 2, 2);
        for (int i = 0; i < batches.size(batch); i++) {
          assertThat(x.data()[i * 4 + 3]).isEqualTo(label.data()[i] + 0.03f);
          assertThat(batches.example(batch, i)).isEqualTo(label.data()[i]);
          seen.add(label.data()[i]);
        }
      }
      assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      epochs.add(seen);
    }
    assertThat(epochs.get(0)).isEqualTo(epochs.get(2)).isNotEqualTo(epochs.get(1));
  }

  @Test
  void aBatchLargerThanTheSetIsTheWholeSet() {
    Batches batches = new Batches(data(10, 3).train(), 64);
    assertThat(batches.count()).isEqualTo(1);
    assertThat(batches.size(0)).isEqualTo(10);
  }

  @Test
  void imagesFlatForAModelThatWantsThemSo() {
    Feed feed = Feed.match(new SoftmaxRegression(4, 10).function("loss"), data(3, 1, 2, 2));
    assertThat(feed.shapes().getFirst()).containsExactly(4);
    Feed without = Feed.match(new SoftmaxRegression(4, 10, "2", "2").function("forward"), data(3, 1, 2, 2));
    assertThat(without.shapes().getFirst()).containsExactly(2, 2);
    Feed open = Feed.match(new SoftmaxRegression(4, 10, "1", "H", "H").function("forward"), data(3, 1, 2, 2));
    assertThat(open.shapes().getFirst()).containsExactly(1, 2, 2);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThatThrownBy(() -> Feed.match(new SoftmaxRegression(9, 10, "1", "3", "3").function("loss"), data(3, 1, 2, 2)))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("`x: [N, 1, 3, 3]` of `loss`", "examples of shape [1, 2, 2]");
    assertThatThrownBy(() -> Feed.match(new SoftmaxRegression(6, 10, "1", "H", "H").function("loss"), data(3, 1, 2, 3)))
        .isInstanceOf(InputProblem.class);
    assertThatThrownBy(() -> Feed.match(new SoftmaxRegression(4, 10, "4", "1").function("loss"), data(3, 1, 2, 2)))
        .isInstanceOf(InputProblem.class);
    Examples onlyX = new Examples("x", List.of(new Column.Floats("x", new float[4], 4)));
    assertThatThrownBy(() -> Feed.match(new SoftmaxRegression(4, 10).function("loss"),
        new DataSet("bare", onlyX, onlyX, "", List.of()))).isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("nothing for the input `label: i32[N]`", "x: F32[4]");
  }
}
