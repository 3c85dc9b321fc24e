package org.dlm.runtime.data.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.Examples;
import org.dlm.runtime.data.StratifiedSplit;
import org.dlm.runtime.store.NumpyFile;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.StoredTensor;

/** Tensors of a safetensors file or arrays of a NumPy file: an example for each index of the first axis. */
public final class ArraysKind implements DataKind {
  private static final String TEST = "test.";

  @Override
  public String name() {
    return "arrays";
  }

  @Override
  public String usage() {
    return "arrays:FILE   tensors of a .safetensors, .npz or .npy file under their names, examples along the first"
        + " axis; those named test.NAME for testing; options: test=0.2, validation=0";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(List.of("test", "validation"));
    Path file = spec.file();
    Map<String, Tensor> tensors = NumpyFile.is(file) ? NumpyFile.read(file) : safetensors(file);
    Examples all = examples(file, tensors, false);
    Examples test = tensors.keySet().stream().anyMatch(n -> n.startsWith(TEST)) ? examples(file, tensors, true) : null;
    if (test != null) {
      test = alike(file, all, test);
    } else {
      StratifiedSplit split = StratifiedSplit.of(classes(all), spec.share("test", 0.2));
      requireSome(file, split);
      test = all.select(split.test());
      all = all.select(split.train());
    }
    Examples validation = test;
    if (spec.share("validation", 0) > 0) {
      StratifiedSplit split = StratifiedSplit.of(classes(all), spec.share("validation", 0));
      requireSome(file, split);
      validation = all.select(split.test());
      all = all.select(split.train());
    }
    return new DataSet(file.getFileName().toString(), all, validation, test, "none", List.of(), Map.of());
  }

  /** Test examples with the columns in the order of those to train on; a problem where they are others. */
  private static Examples alike(Path file, Examples train, Examples test) {
    List<Column> columns = new ArrayList<>();
    for (Column column : train.columns()) {
      Column other = test.columns().stream().filter(c -> c.name().equals(column.name())).findFirst()
          .orElseThrow(() -> new InputProblem(file + ": there is no `" + TEST + column.name() + "` for `"
              + column.name() + "`",
              "Tensors for testing are those to train on, with " + TEST + " before their names."));
      if (other.type() != column.type() || !Arrays.equals(other.shape(), column.shape())) {
        throw new InputProblem(file + ": examples of `" + TEST + column.name() + "` are " + other.type()
            + Arrays.toString(other.shape()) + ", those of `" + column.name() + "` " + column.type()
            + Arrays.toString(column.shape()), "They must be alike.");
      }
      columns.add(other);
    }
    if (test.columns().size() > train.columns().size()) {
      throw new InputProblem(file + ": there is a tensor for testing that is not there for training",
          "Tensors for testing are those to train on, with " + TEST + " before their names.");
    }
    return new Examples(test.origin(), columns);
  }

  private static void requireSome(Path file, StratifiedSplit split) {
    if (split.train().length == 0 || split.test().length == 0) {
      throw new InputProblem(file + ": its examples leave " + split.train().length + " to train and "
          + split.test().length + " to test or validate", "Give more, or another share with `,test=0.5`.");
    }
  }

  private static Map<String, Tensor> safetensors(Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      for (StoredTensor stored : open.tensors().values()) {
        boolean real = stored.type().name().matches("B?F.*");
        tensors.put(stored.name(), open.read(stored.name(), real ? ElementType.F32 : ElementType.I32));
      }
    }
    return tensors;
  }

  private static Examples examples(Path file, Map<String, Tensor> tensors, boolean test) {
    List<Column> columns = new ArrayList<>();
    int count = -1;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (entry.getKey().startsWith(TEST) != test) {
        continue;
      }
      String name = test ? entry.getKey().substring(TEST.length()) : entry.getKey();
      int[] shape = entry.getValue().shape();
      if (shape.length == 0 || Tensor.size(shape) == 0 || count >= 0 && shape[0] != count) {
        throw new InputProblem(file + ": `" + entry.getKey() + "` has the shape " + Arrays.toString(shape)
            + (count >= 0 ? ", others have " + count + " examples" : ", which gives no examples"),
            "The first axis counts the examples, alike for all.");
      }
      count = shape[0];
      int[] each = Arrays.copyOfRange(shape, 1, shape.length);
      columns.add(switch (entry.getValue()) {
        case FloatTensor floats -> new Column.Floats(name, floats.data(), each);
        case IntTensor ints -> new Column.Ints(name, ints.data(), each);
      });
    }
    if (columns.isEmpty()) {
      throw new InputProblem(file + ": no tensors to train on in it", "Was the right file named?");
    }
    return new Examples(file.toString(), columns);
  }

  private static int[] classes(Examples examples) {
    return examples.columns().stream()
        .filter(c -> c.name().equals("label") && c.shape().length == 0 && c instanceof Column.Ints)
        .map(c -> ((Column.Ints) c).data()).filter(d -> IntStream.of(d).allMatch(v -> v >= 0)).findFirst()
        .orElseGet(() -> new int[examples.count()]);
  }
}
