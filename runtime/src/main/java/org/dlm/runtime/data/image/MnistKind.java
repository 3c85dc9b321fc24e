package org.dlm.runtime.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;

/** MNIST and its look-alikes: four IDX files in a folder, gzipped or not. */
public final class MnistKind implements DataKind {
  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public String usage() {
    return "mnist:DIR     train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-... in DIR, gzipped or not:"
        + " x [1, 28, 28], label; option: validation=0";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(List.of("validation"));
    Path folder = spec.folder("MNIST's four IDX files");
    IdxSource train = part(folder, "train");
    IdxSource test = part(folder, "t10k");
    int[] trained = train.columns().getFirst().shape();
    int[] tested = test.columns().getFirst().shape();
    if (!Arrays.equals(trained, tested)) {
      throw new InputProblem(folder + ": training images are " + Arrays.toString(trained) + ", test images "
          + Arrays.toString(tested), "Both must be of one size.");
    }
    int classes = Math.max(train.classes(), test.classes());
    return new DataSet("mnist", train, test, "pixels 0 to 255 divided by 255",
        IntStream.range(0, classes).mapToObj(Integer::toString).toList())
        .validatedOn(spec.share("validation", 0), train.classOfEach());
  }

  private static IdxSource part(Path folder, String part) {
    Path imageFile = find(folder, part, "images", 3);
    Path labelFile = find(folder, part, "labels", 1);
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    if (images.shape()[0] != labels.shape()[0]) {
      throw new InputProblem(imageFile + " holds " + images.shape()[0] + " images, but " + labelFile + " "
          + labels.shape()[0] + " labels", "The two must be of one set.");
    }
    byte[] classes = new byte[labels.shape()[0]];
    try {
      labels.data().read(0, classes, classes.length);
    } catch (IOException e) {
      throw new InputProblem(labelFile + ": cannot be read: " + e.getMessage(), "Check the file.", e);
    }
    int largest = 0;
    for (byte label : classes) {
      largest = Math.max(largest, label & 0xFF);
    }
    return new IdxSource(imageFile.toString(), images, classes, largest + 1,
        new byte[images.shape()[1] * images.shape()[2]]);
  }

  private static Path find(Path folder, String part, String what, int axes) {
    List<String> names = List.of(part + "-" + what + "-idx" + axes + "-ubyte",
        part + "-" + what + ".idx" + axes + "-ubyte");
    return names.stream().flatMap(name -> List.of(name, name + ".gz").stream()).map(folder::resolve)
        .filter(Files::exists)
        .findFirst().orElseThrow(() -> new InputProblem(
            folder + ": no file " + names.getFirst() + " (or with .gz) in it",
            "Name the folder that holds MNIST's four IDX files."));
  }
}
