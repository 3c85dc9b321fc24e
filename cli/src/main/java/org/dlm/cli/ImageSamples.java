package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.SafetensorsWriter;

/** What {@code dlm sample} makes with a model that turns noise into images: a sheet of them, and a file of tensors. */
final class ImageSamples {
  private ImageSamples() {}

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
