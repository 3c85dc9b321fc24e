package org.dlm.runtime.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Port;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.DataDescription;
import org.dlm.runtime.data.Normalization;
import org.dlm.runtime.data.table.TableRows;
import org.dlm.runtime.data.audio.SpectrogramFormat;
import org.dlm.runtime.data.text.Vocabulary;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.Weights;

/**
 * A trained model in use. Any number of threads may ask at the same time: each gets an instance of the model of its
 * own, and all of these compute with the same weights.
 *
 * <pre>{@code
 * Predictor lenet = Predictor.of(LeNet5::new, Path.of("lenet.safetensors"));
 * Prediction seven = lenet.classify(Path.of("seven.png"));
 * System.out.println(seven.name() + ", " + seven.probability());
 * }</pre>
 */
public final class Predictor {
  private final Supplier<? extends Model> maker;
  private final Model first;
  private final Map<String, String> facts;
  private final Queue<Model> idle = new ConcurrentLinkedQueue<>();

  private Predictor(Supplier<? extends Model> maker, Model first, Map<String, String> facts) {
    this.maker = maker;
    this.first = first;
    this.facts = facts;
    first.freeze();
    idle.add(first);
  }

  /** Of weights in a file: a checkpoint, or any safetensors file with the model's paths. */
  public static Predictor of(Supplier<? extends Model> maker, Path weights) {
    return of(maker, weights, Renaming.NONE);
  }

  /** As above, where the file's names are others than the model's paths. */
  public static Predictor of(Supplier<? extends Model> maker, Path weights, Renaming renaming) {
    Model model = maker.get();
    Weights.load(model, weights, renaming);
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      return new Predictor(maker, model, Checkpoint.data(file));
    }
  }

  /**
   * Of weights that lie in a jar:
   * {@code Predictor.of(LeNet5::new, Main.class.getResourceAsStream("/lenet.safetensors"))}.
   */
  public static Predictor of(Supplier<? extends Model> maker, InputStream weights) {
    try (InputStream in = weights) {
      Path copy = Files.createTempFile("dlm-weights", ".safetensors");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return of(maker, copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new InputProblem("the weights cannot be read: " + e.getMessage(), "Is there room for temporary files?", e);
    }
  }

  /** Of a model that has its weights already; they must not be trained meanwhile. */
  public static Predictor of(Supplier<? extends Model> maker, Model trained) {
    return new Predictor(maker, trained, Map.of());
  }

  /** What is known of the data that the weights were trained on. */
  public Map<String, String> facts() {
    return facts;
  }

  /** What the classes are called; empty where the weights do not know. */
  public List<String> classNames() {
    return facts.containsKey(DataDescription.CLASSES) ? facts.get(DataDescription.CLASSES).lines().toList() : List.of();
  }

  /** The model's function of that name, where it has one: what it takes and gives. */
  Optional<Function> find(String function) {
    return first.functions().stream().filter(f -> f.name().equals(function)).findFirst();
  }

  /**
   * Numbers as they were in the data, {@code [N, ...]}, brought to the scale that the model was trained on, where the
   * weights know one ({@code data.mean}, {@code data.scale}).
   */
  public FloatTensor scaled(FloatTensor raw) {
    Normalization scales = Normalization.of(facts);
    if (scales == null) {
      return raw;
    }
    FloatTensor scaled = new FloatTensor(raw.data().clone(), raw.shape());
    return scales.applyToBatch(scaled.data(), scaled.shape()) ? scaled : raw;
  }

  /**
   * The rows of a table as {@code forward} wants them: the columns that the model was trained on, scaled as they were.
   */
  public FloatTensor table(Path file) {
    return scaled(TableRows.read(file, facts));
  }

  /** Calls a function for inference. */
  public List<Tensor> call(String function, Tensor... inputs) {
    Model free = idle.poll();
    Model model = free != null ? free : first.sharing(maker);
    try {
      Function called = model.function(function);
      Program program = called.inference();
      program.bind(inputs);
      program.run();
      return IntStream.range(0, called.outputs().size()).mapToObj(program::output).toList();
    } finally {
      idle.add(model);
    }
  }

  /** The first result of {@code forward}. */
  public FloatTensor forward(Tensor... inputs) {
    return (FloatTensor) call("forward", inputs).getFirst();
  }

  /** What {@code forward} says of each example, where it gives a score for each class. */
  public List<Prediction> classify(Tensor... inputs) {
    FloatTensor scores = forward(inputs);
    if (scores.shape().length != 2) {
      throw new InputProblem("`forward` gives " + first.function("forward").outputs().getFirst()
          + ", no score for each class of each example", "It should give [N, classes].");
    }
    return predictions(scores);
  }

  /** What scores {@code [N, classes]} say of each example. */
  public List<Prediction> predictions(FloatTensor scores) {
    List<String> names = classNames();
    return IntStream.range(0, scores.shape()[0]).mapToObj(row -> Prediction.of(scores, row, names)).toList();
  }

  /** What {@code forward} says of a picture, scaled to the size that it wants. */
  public Prediction classify(Path picture) {
    return classify(picture(picture, false)).getFirst();
  }

  /** A picture as {@code forward} wants it; see {@link Pictures#read}. */
  public FloatTensor picture(Path file, boolean invert) {
    return picture("forward", file, invert);
  }

  private FloatTensor picture(String function, Path file, boolean invert) {
    Port port = first.function(function).inputs().getFirst();
    List<String> dims = port.dims();
    if (dims.size() != 4 || !dims.subList(1, 4).stream().allMatch(d -> d.matches("[0-9]{1,6}"))) {
      throw new InputProblem("`" + function + "` takes " + port + ", which a picture does not fit",
          "Pictures fit where it takes [N, channels, height, width] with numbers for the last three.");
    }
    return scaled(Pictures.read(file, Integer.parseInt(dims.get(1)), Integer.parseInt(dims.get(2)),
        Integer.parseInt(dims.get(3)), invert));
  }

  /**
   * What a function takes of a file: of a picture, or of a recording (.wav), whose frames its first input gets and
   * whose number of frames goes to an input for lengths, where it has one.
   *
   * @param invert exchanges black and white in a picture
   */
  public Tensor[] inputs(String function, Path file, boolean invert) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".wav")) {
      return new Tensor[] {picture(function, file, invert)};
    }
    List<Port> ports = first.function(function).inputs();
    SpectrogramFormat format = SpectrogramFormat.of(facts).orElseThrow(() -> new InputProblem(
        "the weights do not know how recordings become numbers",
        "Train with --data audio:DIR; the checkpoint then keeps it."));
    boolean fits = ports.getFirst().type() == ElementType.F32 && ports.getFirst().dims().size() == 3
        && (ports.size() == 1 || ports.size() == 2 && ports.get(1).type() == ElementType.I32
            && ports.get(1).dims().size() == 1);
    if (!fits) {
      throw new InputProblem("`" + function + "` takes "
          + ports.stream().map(Port::toString).collect(Collectors.joining(", ")) + ", which a recording does not fit",
          "Recordings fit where it takes (audio: [N, T, bands], audio_length: i32[N]).");
    }
    FloatTensor audio = format.read(file);
    return ports.size() == 1 ? new Tensor[] {audio}
        : new Tensor[] {audio, IntTensor.of(new int[] {audio.shape()[1]}, 1)};
  }

  /**
   * The text that {@code write} gives for each example: {@code fn write(...) -> i32[N, L]} gives the numbers of
   * letters, in the vocabulary of the checkpoint, up to the first 0.
   */
  public List<String> write(Tensor... inputs) {
    return texts((IntTensor) call("write", inputs).getFirst());
  }

  /** What {@code write} says of a picture or a recording. */
  public String write(Path file) {
    return write(inputs("write", file, false)).getFirst();
  }

  /** The texts of rows of letters, each up to its first 0. */
  public List<String> texts(IntTensor letters) {
    Vocabulary vocabulary = Vocabulary.of(facts).orElseThrow(() -> new InputProblem(
        "the weights know no vocabulary", "Train on data that has texts; the checkpoint then keeps the vocabulary."));
    int length = letters.shape()[letters.shape().length - 1];
    List<String> texts = new ArrayList<>();
    for (int at = 0; at + length <= letters.data().length && length > 0; at += length) {
      int[] row = Arrays.copyOfRange(letters.data(), at, at + length);
      texts.add(vocabulary.decode(Arrays.stream(row).takeWhile(letter -> letter != 0).toArray()));
    }
    return texts;
  }
}
