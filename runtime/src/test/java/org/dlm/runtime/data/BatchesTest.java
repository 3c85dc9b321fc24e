package org.dlm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
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
      batches.start(PassOrder.shuffled(7, epoch % 2), 0);
      List<Integer> seen = new ArrayList<>();
      for (int batch = 0; batch < batches.count(); batch++) {
        batches.next();
        FloatTensor x = (FloatTensor) inputs.tensors()[0];
        IntTensor label = (IntTensor) inputs.tensors()[1];
        assertThat(x.shape()).containsExactly(batch == 2 ? 2 : 4, 1, 2, 2);
        for (int i = 0; i < batches.size(batch); i++) {
          assertThat(x.data()[i * 4 + 3]).isEqualTo(label.data()[i] + 0.03f);
          assertThat(batches.example(i)).isEqualTo(label.data()[i]);
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

  /** 1,000 numbered examples with a length of their own each, that never were in memory. */
  private record Counted(int count, int block) implements IndexedSource {
    @Override
    public String origin() {
      return "counted";
    }

    @Override
    public List<Column> columns() {
      return List.of(new Column.Described("x", ElementType.F32, 0, 40, Column.OPEN, 2), Column.ints("label", count));
    }

    @Override
    public void read(int example, Example into) throws IOException {
      if (example == 666 && count < 1000) {
        throw new IOException("disk on fire");
      }
      int length = 1 + example % 40;
      Arrays.fill(into.floats(0, length), 0, 2 * length, into.random() == null ? 1 : (float) into.random().uniform());
      into.ints(1)[0] = example;
    }
  }

  private static List<Integer> numbers(DataSource source, PassOrder order, int size, int first) {
    List<Integer> seen = new ArrayList<>();
    try (Batches batches = new Batches(source, size)) {
      batches.start(order, first);
      for (int batch = first; batch < batches.count(); batch++) {
        batches.next();
        for (int i = 0; i < batches.size(batch); i++) {
          seen.add(batches.ints(1)[i]);
        }
      }
    }
    return seen;
  }

  /** Reads the same one after the other only. */
  private record Streamed(Counted source) implements StreamedSource {
    @Override
    public String origin() {
      return "streamed";
    }

    @Override
    public List<Column> columns() {
      return source.columns();
    }

    @Override
    public int count() {
      return source.count();
    }

    @Override
    public int window() {
      return 100;
    }

    @Override
    public Reader open() {
      int[] at = new int[1];
      return into -> source.read(at[0]++, into);
    }
  }

  @Test
  void anyEpochCanBeReadFromAnyBatchOnWhateverTheKindOfSource() {
    List<Integer> all = IntStream.range(0, 1000).boxed().toList();
    for (DataSource source : List.of(new Counted(1000, 1), new Counted(1000, 7), new Streamed(new Counted(1000, 1)),
        new Selection(new Counted(1001, 1), IntStream.range(0, 1000).toArray()))) {
      List<Integer> whole = numbers(source, PassOrder.shuffled(5, 3), 64, 0);
      assertThat(whole).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
      assertThat(numbers(source, PassOrder.shuffled(5, 3), 64, 9)).isEqualTo(whole.subList(9 * 64, 1000));
      assertThat(numbers(source, PassOrder.shuffled(5, 4), 64, 0)).isNotEqualTo(whole);
      assertThat(numbers(source, PassOrder.AS_THEY_COME, 64, 0)).isEqualTo(all);
    }
    List<Integer> blocks = numbers(new Counted(1000, 10), PassOrder.shuffled(5, 3), 160, 0);
    assertThat(blocks.subList(0, 160).stream().map(n -> n / 10).distinct()).as("blocks mixed at a time").hasSize(16);
  }

  @Test
  void openLengthsArePaddedToAFewAndTold() {
    Counted source = new Counted(1000, 1);
    assertThat(DataSet.batchColumns(source)).extracting(Column::name).containsExactly("x", "label", "x_length");
    Feed feed = new Feed(List.of(0, 2), List.of(new int[] {Column.OPEN, 2}, new int[0]), 0);
    Set<Integer> lengths = new HashSet<>();
    List<float[]> twice = new ArrayList<>();
    for (int epoch : new int[] {0, 1, 0}) {
      try (Batches batches = new Batches(source, 2)) {
        Batches.Inputs inputs = batches.inputs(feed);
        batches.start(PassOrder.shuffled(1, epoch), 0);
        for (int batch = 0; batch < batches.count(); batch++) {
          batches.next();
          FloatTensor x = (FloatTensor) inputs.tensors()[0];
          int[] told = ((IntTensor) inputs.tensors()[1]).data();
          int padded = x.shape()[1];
          assertThat(x.shape()).containsExactly(2, padded, 2);
          for (int i = 0; i < 2; i++) {
            assertThat(told[i]).isEqualTo(1 + batches.example(i) % 40).isLessThanOrEqualTo(padded);
            for (int k = 0; k < 2 * padded; k++) {
              assertThat(x.data()[i * 2 * padded + k] != 0).isEqualTo(k < 2 * told[i]);
            }
          }
          lengths.add(padded);
          if (batch == 17) {
            twice.add(x.data().clone());
          }
        }
      }
    }
    assertThat(lengths).containsExactlyInAnyOrder(10, 20, 30, 40);
    assertThat(twice.get(0)).isEqualTo(twice.get(2)).isNotEqualTo(twice.get(1));
    assertThat(IntStream.of(1, 2, 3, 5, 8, 9).map(n -> BatchBuffer.padded(n, 0))).containsExactly(1, 2, 4, 8, 8, 16);
  }

  @Test
  void whatGoesWrongInTheReadingThreadIsSaidByTheSourcesName() {
    assertThatThrownBy(() -> numbers(new Counted(700, 1), PassOrder.AS_THEY_COME, 64, 0))
        .isInstanceOf(InputProblem.class).hasMessageContainingAll("counted: cannot be read on (batch 11)", "disk on fire");
    IndexedSource wrong = new Selection(new Counted(10, 1), new int[] {1, 2, -50});
    assertThatThrownBy(() -> numbers(wrong, PassOrder.AS_THEY_COME, 2, 0)).isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("counted: the data source failed in batch 2", "IllegalArgument");
    assertThatThrownBy(() -> new Batches(new Counted(0, 1), 2)).isInstanceOf(InputProblem.class)
        .hasMessageContaining("no examples");
  }

  @Test
  void aPassThatIsGivenUpEndsItsThread() throws Exception {
    Batches batches = new Batches(new Counted(500, 1), 4);
    for (int i = 0; i < 20; i++) {
      batches.start(PassOrder.shuffled(0, i), i);
      batches.next();
    }
    batches.close();
    Thread.sleep(20);
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("dlm-reader"));
  }
}
