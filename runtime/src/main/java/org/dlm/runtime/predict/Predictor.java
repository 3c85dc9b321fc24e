package org.dlm.runtime.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Port;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.DataDescription;
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
    int[] shape = scores.shape();
    if (shape.length != 2) {
      throw new InputProblem("`forward` gives " + first.function("forward").outputs().getFirst()
          + ", no score for each class of each example", "It should give [N, classes].");
    }
    List<String> names = classNames();
    return IntStream.range(0, shape[0]).mapToObj(row -> Prediction.of(scores, row, names)).toList();
  }

  /** What {@code forward} says of a picture, scaled to the size that it wants. */
  public Prediction classify(Path picture) {
    return classify(picture(picture, false)).getFirst();
  }

  /** A picture as {@code forward} wants it; see {@link Pictures#read}. */
  public FloatTensor picture(Path file, boolean invert) {
    Port port = first.function("forward").inputs().getFirst();
    List<String> dims = port.dims();
    if (dims.size() != 4 || !dims.subList(1, 4).stream().allMatch(d -> d.matches("[0-9]{1,6}"))) {
      throw new InputProblem("`forward` takes " + port + ", which a picture does not fit",
          "Pictures fit where it takes [N, channels, height, width] with numbers for the last three.");
    }
    return Pictures.read(file, Integer.parseInt(dims.get(1)), Integer.parseInt(dims.get(2)),
        Integer.parseInt(dims.get(3)), invert);
  }
}
