package org.dlm.runtime.predict;

import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Port;
import org.dlm.runtime.store.RandomStream;

/**
 * Images out of noise, by a model {@code fn sample(z: [N, ...]) -> [N, channels, height, width]} with numbers for all
 * sizes but N.
 *
 * <pre>{@code
 * Predictor gan = Predictor.of(DigitGan::new, Path.of("gan.safetensors"));
 * Pictures.write(new ImageGenerator(gan).draw(1, 7), 0, Path.of("digit.png"));
 * }</pre>
 */
public final class ImageGenerator {
  /** Images that are computed together. */
  private static final int BATCH = 64;

  private final Predictor predictor;
  private final Function sample;

  /** Refuses a model without such a function. */
  public ImageGenerator(Predictor predictor) {
    this.predictor = predictor;
    sample = predictor.find("sample").filter(ImageGenerator::draws).orElseThrow(() -> new InputProblem(
        "the model has no `sample` that makes images of noise",
        "Images are made by fn sample(z: [N, 64]) -> [N, 1, 28, 28]."));
  }

  /** Whether a function makes images of noise. */
  public static boolean draws(Function function) {
    return function.name().equals("sample") && function.inputs().size() == 1
        && isFixed(function.inputs().getFirst(), 2) && function.outputs().size() == 1
        && isFixed(function.outputs().getFirst(), 4);
  }

  private static boolean isFixed(Port port, int axes) {
    return port.type() == ElementType.F32 && port.dims().size() >= axes && !port.dims().getFirst().matches("[0-9]+")
        && port.dims().subList(1, port.dims().size()).stream().allMatch(d -> d.matches("[0-9]{1,6}"));
  }

  /**
   * So many images out of noise of the standard normal distribution, {@code [count, channels, height, width]}; the seed
   * decides which.
   */
  public FloatTensor draw(int count, long seed) {
    RandomStream random = new RandomStream(seed);
    int[] noise = shape(sample.inputs().getFirst());
    int[] image = shape(sample.outputs().getFirst());
    image[0] = count;
    FloatTensor all = FloatTensor.zeros(image);
    int size = all.data().length / count;
    for (int from = 0; from < count; from += BATCH) {
      noise[0] = Math.min(BATCH, count - from);
      FloatTensor z = FloatTensor.zeros(noise);
      for (int i = 0; i < z.data().length; i++) {
        z.data()[i] = (float) random.normal();
      }
      FloatTensor made = (FloatTensor) predictor.call("sample", z).getFirst();
      System.arraycopy(made.data(), 0, all.data(), from * size, noise[0] * size);
    }
    return all;
  }

  private static int[] shape(Port port) {
    return port.dims().stream().mapToInt(d -> d.matches("[0-9]+") ? Integer.parseInt(d) : 1).toArray();
  }
}
