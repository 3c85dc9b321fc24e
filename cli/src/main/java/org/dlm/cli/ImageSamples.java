package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Port;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.RandomStream;
import org.dlm.runtime.store.SafetensorsWriter;

/** What {@code dlm sample} makes with a model that turns noise into images: a sheet of them, and a file of tensors. */
final class ImageSamples {
  /** Images that are computed together. */
  private static final int BATCH = 64;

  private ImageSamples() {}

  /** {@code fn sample(z: [N, ...]) -> [N, channels, height, width]}, with numbers for all but N. */
  static boolean makes(Function function) {
    return function.name().equals("sample") && function.inputs().size() == 1
        && isFixed(function.inputs().getFirst(), 2) && function.outputs().size() == 1
        && isFixed(function.outputs().getFirst(), 4);
  }

  private static boolean isFixed(Port port, int axes) {
    return port.type() == ElementType.F32 && port.dims().size() >= axes && !port.dims().getFirst().matches("[0-9]+")
        && port.dims().subList(1, port.dims().size()).stream().allMatch(d -> d.matches("[0-9]{1,6}"));
  }

  /** So many images out of noise of the standard normal distribution, {@code [count, channels, height, width]}. */
  static FloatTensor make(Predictor predictor, Function sample, int count, long seed) {
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

  /** Writes the images as a picture, as a tensor {@code x}, or both. */
  static void write(Console console, FloatTensor images, Path picture, Path tensors) {
    if (images.shape()[1] != 1 && images.shape()[1] != 3 && picture != null) {
      throw new InputProblem("`sample` gives images of " + images.shape()[1] + " channels",
          "Pictures have one or three; --tensors writes them all.");
    }
    if (picture != null) {
      PictureSheet.writeGrid(picture, images);
    }
    if (tensors != null) {
      SafetensorsWriter writer = new SafetensorsWriter();
      writer.add("x", images.data(), 0, images.shape());
      writer.write(tensors, Map.of());
    }
    List.of(picture == null ? "" : picture.toString(), tensors == null ? "" : tensors.toString()).stream()
        .filter(name -> !name.isEmpty()).forEach(name -> console.out().println("wrote " + name));
  }
}
