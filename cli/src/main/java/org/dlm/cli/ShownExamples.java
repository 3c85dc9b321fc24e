package org.dlm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Port;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.data.PassOrder;
import org.dlm.runtime.predict.Predictor;

/** The first test examples of a data set, what a model says of them, and what would be right. */
final class ShownExamples {
  /** More classes of a picture's pixels are not told. */
  private static final int MOST_CLASSES = 5;

  private final Console console;
  private final LoadedModel loaded;
  private final Predictor predictor;
  private final Function asked;
  private final Integer beam;

  /** @param beam how many beginnings a search for letters follows; null for none */
  ShownExamples(Console console, LoadedModel loaded, Predictor predictor, Function asked, Integer beam) {
    this.console = console;
    this.loaded = loaded;
    this.predictor = predictor;
    this.asked = asked;
    this.beam = beam;
  }

  /** @param picture where the examples are drawn with what was said of them; null for nowhere */
  void show(String data, int count, Path picture) {
    DataSet set = DataSources.open(data, predictor.facts());
    Feed feed = Feed.match(asked, set);
    IndexRanges.check(loaded.graph(asked.name()), set, feed);
    List<PictureSheet.Tile> tiles = new ArrayList<>();
    int known = 0;
    int hits = 0;
    try (Batches batches = new Batches(set.test(), 1)) {
      Batches.Inputs inputs = batches.inputs(feed);
      batches.start(PassOrder.AS_THEY_COME, 0);
      for (int i = 0; i < Math.min(count, set.test().count()); i++) {
        batches.next();
        Tensor[] tensors = beam == null ? inputs.tensors() : cut(inputs.tensors());
        List<Tensor> results = predictor.call(asked.name(), tensors);
        if (ClassMap.isGivenBy(asked)) {
          tiles.add(map(i, set, batches, tensors, (FloatTensor) results.getFirst()));
          continue;
        }
        List<String> answers = beam == null ? Answers.of(asked, predictor, results, 1)
            : Answers.spelled(asked, predictor, results, beam);
        if (answers.isEmpty()) {
          throw new InputProblem("`" + asked.name() + "` gives " + asked.outputs()
              + ", neither text nor scores of classes",
              "Name another function with --fn; dlm run writes any tensors.");
        }
        String right = right(set, batches);
        boolean wrong = !right.isEmpty() && !(answers.getFirst() + " ").startsWith(right + " ");
        console.out().println(i + ": " + answers.getFirst() + (wrong ? "  (right: " + right + ")" : ""));
        tiles.add(new PictureSheet.Tile(drawn(tensors), answers.getFirst(), wrong ? right : ""));
        known += right.isEmpty() ? 0 : 1;
        hits += right.isEmpty() || wrong ? 0 : 1;
      }
    }
    if (known > 0) {
      console.out().printf(Locale.ROOT, "%,d of %,d right%n", hits, known);
    }
    if (picture != null) {
      PictureSheet.write(picture, tiles);
      console.err().println("wrote " + picture);
    }
  }

  /** The picture, the class of each of its pixels as the model and as the data set have it; and tells what that is. */
  private PictureSheet.Tile map(int number, DataSet set, Batches batches, Tensor[] tensors, FloatTensor scores) {
    ClassMap found = ClassMap.of(scores).getFirst();
    List<ClassMap> maps = new ArrayList<>(List.of(found));
    String share = "";
    int label = set.columns().stream().map(Column::name).toList().indexOf("label");
    if (label >= 0 && batches.ints(label).length == found.classes().length) {
      ClassMap right = new ClassMap(found.height(), found.width(), batches.ints(label));
      maps.add(right);
      share = String.format(Locale.ROOT, "%.2f %% of the pixels right", 100 * found.share(right));
    }
    console.out().println(number + ": " + found.text(predictor.classNames(), MOST_CLASSES)
        + (share.isEmpty() ? "" : "; " + share));
    return new PictureSheet.Tile(ClassMap.beside((FloatTensor) tensors[0], maps), share, "");
  }

  /** What the data set says of the present example: its text or the name of its class; empty where it says nothing. */
  private String right(DataSet set, Batches batches) {
    List<String> names = set.columns().stream().map(Column::name).toList();
    if ((beam != null || Answers.isText(asked)) && names.contains("text")) {
      int[] letters = batches.ints(names.indexOf("text"));
      return predictor.texts(IntTensor.of(letters, 1, letters.length)).getFirst();
    }
    if (!names.contains("label")) {
      return "";
    }
    int label = batches.ints(names.indexOf("label"))[0];
    List<String> classes = predictor.classNames();
    return label < classes.size() ? classes.get(label) : Integer.toString(label);
  }

  /** One example without what fills it up behind its end, which a search for letters would read on. */
  private Tensor[] cut(Tensor[] tensors) {
    List<String> names = asked.inputs().stream().map(Port::name).toList();
    Tensor[] cut = tensors.clone();
    for (int i = 0; i < cut.length; i++) {
      int length = names.indexOf(names.get(i) + "_length");
      if (length >= 0 && tensors[i] instanceof FloatTensor floats && tensors[length] instanceof IntTensor lengths) {
        int[] shape = floats.shape().clone();
        int step = floats.data().length / shape[1];
        shape[1] = lengths.data()[0];
        cut[i] = new FloatTensor(Arrays.copyOf(floats.data(), shape[1] * step), shape);
      }
    }
    return cut;
  }

  /** The first input with two axes or more for an example; null where there is none. */
  private static FloatTensor drawn(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.type() == ElementType.F32 && (tensor.shape().length == 3 || tensor.shape().length == 4)) {
        FloatTensor floats = (FloatTensor) tensor;
        return new FloatTensor(floats.data().clone(), floats.shape());
      }
    }
    return null;
  }
}
