package org.dlm.runtime.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.BrokenFiles;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.IndexedSource;
import org.dlm.runtime.data.Selection;
import org.dlm.runtime.data.StratifiedSplit;

/** Pictures in a folder for each class. */
public final class FolderKind implements DataKind {
  private static final List<String> OPTIONS = List.of("size", "channels", "corrupt", "validation", "test");
  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

  /** Pictures are kept in memory as bytes as long as they take less than this share of it. */
  private static final int MEMORY_SHARE = 4;

  @Override
  public String name() {
    return "images";
  }

  @Override
  public String usage() {
    return "images:DIR    pictures (PNG, JPEG) in a folder for each class, or in train/, validation/ and test/ with"
        + " such folders: x [3, height, width], label; options: size=64 or 48x64, channels=3|1, corrupt=fail|skip,"
        + " test=0.2, validation=0";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(OPTIONS);
    Path folder = spec.folder("a folder of pictures for each class");
    boolean parted = Files.isDirectory(folder.resolve("train"));
    Path trainFolder = parted ? folder.resolve("train") : folder;
    List<String> classes = List.copyOf(classes(trainFolder));
    if (classes.size() < 2) {
      throw new InputProblem(trainFolder + ": " + classes.size() + " folders with pictures in them; two are needed",
          "Put the pictures of each class into a folder with the name of the class.");
    }
    int channels = spec.choice("channels", "3", "1").equals("1") ? 1 : 3;
    BrokenFiles broken = new BrokenFiles(spec.choice("corrupt", "fail", "skip").equals("skip"));
    int[] shape = shape(spec, pictures(trainFolder.resolve(classes.getFirst())), channels);
    FolderSource train = source(trainFolder, classes, shape, spec, broken);
    IndexedSource test = parted && Files.isDirectory(folder.resolve("test"))
        ? source(folder.resolve("test"), classes, shape, spec, broken) : null;
    IndexedSource validation = parted && Files.isDirectory(folder.resolve("validation"))
        ? source(folder.resolve("validation"), classes, shape, spec, broken) : null;
    return parts(spec, folder, train, validation, test, classes, broken);
  }

  private static DataSet parts(DataSpec spec, Path folder, FolderSource all, IndexedSource validation,
      IndexedSource test, List<String> classes, BrokenFiles broken) {
    IndexedSource train = all;
    int[] labels = all.labels();
    IndexedSource tested = test;
    if (test == null) {
      StratifiedSplit split = StratifiedSplit.of(labels, spec.share("test", 0.2));
      tested = new Selection(all, split.test());
      train = new Selection(all, split.train());
      labels = java.util.Arrays.stream(split.train()).map(i -> all.labels()[i]).toArray();
    }
    IndexedSource validated = validation;
    double share = spec.share("validation", 0);
    if (validation == null && share > 0) {
      StratifiedSplit split = StratifiedSplit.of(labels, share);
      validated = new Selection(train, split.test());
      train = new Selection(train, split.train());
    }
    if (train.count() == 0 || tested.count() == 0 || validated != null && validated.count() == 0) {
      throw new InputProblem(folder + ": " + train.count() + " pictures to train and " + tested.count() + " to test",
          "Give more pictures, or another share with `,test=0.5`.");
    }
    return new DataSet(folder.getFileName().toString(), train, validated == null ? tested : validated, tested,
        "pixels 0 to 255 divided by 255" + broken.text(), classes,
        Map.of("size", all.shape()[1] + "x" + all.shape()[2], "channels", Integer.toString(all.shape()[0])));
  }

  private static TreeSet<String> classes(Path folder) {
    TreeSet<String> names = new TreeSet<>();
    for (Path sub : list(folder)) {
      if (Files.isDirectory(sub) && !sub.getFileName().toString().startsWith(".") && !pictures(sub).isEmpty()) {
        names.add(sub.getFileName().toString());
      }
    }
    return names;
  }

  private static FolderSource source(Path folder, List<String> classes, int[] shape, DataSpec spec,
      BrokenFiles broken) {
    Map<Path, Integer> labels = new TreeMap<>();
    for (String name : classes(folder)) {
      if (!classes.contains(name)) {
        throw new InputProblem(folder.resolve(name) + ": a class that there is no folder for among those to train on",
            "There are " + String.join(", ", classes) + ".");
      }
      pictures(folder.resolve(name)).forEach(file -> labels.put(file, classes.indexOf(name)));
    }
    boolean skip = spec.text("corrupt", "fail").equals("skip");
    FolderSource source = new FolderSource(folder.toString(), List.copyOf(labels.keySet()),
        labels.values().stream().mapToInt(Integer::intValue).toArray(), classes.size(), shape, skip, null);
    long bytes = (long) labels.size() * shape[0] * shape[1] * shape[2];
    return bytes < Runtime.getRuntime().maxMemory() / MEMORY_SHARE ? source.inMemory(broken) : source;
  }

  /** Without {@code size}, that of the first picture that can be read. */
  private static int[] shape(DataSpec spec, List<Path> files, int channels) {
    String size = spec.text("size", "");
    if (size.matches("[1-9][0-9]{0,4}")) {
      return new int[] {channels, Integer.parseInt(size), Integer.parseInt(size)};
    }
    if (size.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
      String[] sides = size.split("x");
      return new int[] {channels, Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
    }
    if (!size.isEmpty()) {
      throw spec.notUnderstood("size", "Write size=64, or height and width: size=48x64.");
    }
    for (Path file : files) {
      try {
        Picture first = Picture.read(file, channels);
        return new int[] {channels, first.height(), first.width()};
      } catch (IOException e) {
        new BrokenFiles(spec.text("corrupt", "fail").equals("skip")).told(file, e);
      }
    }
    throw new InputProblem(files.getFirst() + ": cannot be read, as none beside it", "Were these pictures?");
  }

  private static List<Path> pictures(Path folder) {
    return list(folder).stream().filter(file -> SUFFIXES.stream()
        .anyMatch(suffix -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix))).toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be read: " + e.getMessage(), "Check the folder and your rights to it.",
          e);
    }
  }
}
