package org.dlm.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;

/** MNIST and its look-alikes: four IDX files in a folder, gzipped or not. Pixels 0 to 255 become 0 to 1. */
final class MnistSource implements DataSource {
  private static final float BRIGHTEST = 255;

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public String usage() {
    return "mnist:DIR     train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-... in DIR, gzipped or not:"
        + " x [1, 28, 28], label";
  }

  @Override
  public DataSet open(String argument) {
    if (argument.isEmpty()) {
      throw new InputProblem("`mnist` needs a folder", "Write --data mnist:DIR.");
    }
    Path folder = Path.of(argument);
    if (!Files.isDirectory(folder)) {
      throw new InputProblem(folder + (Files.exists(folder) ? " is not a folder" : ": no such folder"),
          "Name the folder that holds MNIST's four IDX files.");
    }
    Examples train = part(folder, "train");
    Examples test = part(folder, "t10k");
    int[] trained = train.columns().getFirst().shape();
    int[] tested = test.columns().getFirst().shape();
    if (!Arrays.equals(trained, tested)) {
      throw new InputProblem(folder + ": training images are " + Arrays.toString(trained) + ", test images "
          + Arrays.toString(tested), "Both must be of one size.");
    }
    int classes = 1 + Math.max(largest(train), largest(test));
    return new DataSet("mnist", train, test, "pixels 0 to 255 divided by 255",
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private static Examples part(Path folder, String part) {
    Path imageFile = find(folder, part, "images", 3);
    Path labelFile = find(folder, part, "labels", 1);
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    if (images.shape()[0] != labels.shape()[0]) {
      throw new InputProblem(imageFile + " holds " + images.shape()[0] + " images, but " + labelFile + " "
          + labels.shape()[0] + " labels", "The two must be of one set.");
    }
    float[] pixels = new float[images.data().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.data()[i] & 0xFF) / BRIGHTEST;
    }
    int[] classes = new int[labels.data().length];
    Arrays.setAll(classes, i -> labels.data()[i] & 0xFF);
    return new Examples(labelFile.toString(), List.of(
        new Column.Floats("x", pixels, 1, images.shape()[1], images.shape()[2]), new Column.Ints("label", classes)));
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

  private static int largest(Examples examples) {
    return Arrays.stream(((Column.Ints) examples.columns().get(1)).data()).max().orElse(0);
  }
}
