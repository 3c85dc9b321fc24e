package org.dlm.cli;

import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Function;
import org.dlm.runtime.Port;

/**
 * A class for each pixel of a picture.
 *
 * @param classes row by row
 */
record ClassMap(int height, int width, int[] classes) {
  private static final int GAP = 2;

  /** For the classes 0, 1, ...; further ones begin again behind the first, which is mostly the ground. */
  private static final List<Color> COLOURS = List.of(new Color(0x202020), new Color(0xE69F00), new Color(0x56B4E9),
      new Color(0x009E73), new Color(0xF0E442), new Color(0x0072B2), new Color(0xD55E00), new Color(0xCC79A7),
      new Color(0xFFFFFF), new Color(0x8C564B), new Color(0x9467BD));

  /** Whether a function gives a score for each class and pixel of the picture that it takes. */
  static boolean isGivenBy(Function function) {
    List<Port> outputs = function.outputs();
    List<Port> inputs = function.inputs();
    return outputs.size() == 1 && isImages(outputs.getFirst()) && !inputs.isEmpty() && isImages(inputs.getFirst())
        && outputs.getFirst().dims().subList(2, 4).equals(inputs.getFirst().dims().subList(2, 4))
        && !outputs.getFirst().dims().get(1).equals("1");
  }

  private static boolean isImages(Port port) {
    return port.type() == ElementType.F32 && port.dims().size() == 4;
  }

  /** The class with the largest score at each pixel of {@code [N, classes, height, width]}, for each example. */
  static List<ClassMap> of(FloatTensor scores) {
    int[] shape = scores.shape();
    int plane = shape[2] * shape[3];
    return IntStream.range(0, shape[0]).mapToObj(n -> {
      int[] best = new int[plane];
      for (int i = 0; i < plane; i++) {
        int from = n * shape[1] * plane + i;
        for (int c = 1; c < shape[1]; c++) {
          best[i] = scores.data()[from + c * plane] > scores.data()[from + best[i] * plane] ? c : best[i];
        }
      }
      return new ClassMap(shape[2], shape[3], best);
    }).toList();
  }

  /** How the pixels spread over the classes, the most frequent ones first. */
  String text(List<String> names, int top) {
    int[] counts = new int[IntStream.of(classes).max().orElse(0) + 1];
    IntStream.of(classes).forEach(c -> counts[c]++);
    return IntStream.range(0, counts.length).boxed().filter(c -> counts[c] > 0)
        .sorted(Comparator.comparing(c -> -counts[c])).limit(top)
        .map(c -> String.format(Locale.ROOT, "%s %.2f %%", c < names.size() ? names.get(c) : c.toString(),
            100.0 * counts[c] / classes.length)).collect(Collectors.joining(", ")) + " of the pixels";
  }

  /** The share of the pixels that are the same in both. */
  double share(ClassMap other) {
    return IntStream.range(0, classes.length).filter(i -> classes[i] == other.classes[i]).count()
        / (double) classes.length;
  }

  /** A picture {@code [1, channels, height, width]} and maps of it, from left to right, in colours. */
  static FloatTensor beside(FloatTensor picture, List<ClassMap> maps) {
    int[] shape = picture.shape();
    int width = (shape[3] + GAP) * (maps.size() + 1) - GAP;
    FloatTensor all = FloatTensor.zeros(1, 3, shape[2], width);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < shape[2]; y++) {
        int row = (c * shape[2] + y) * width;
        java.util.Arrays.fill(all.data(), row, row + width, 1);
        int channel = shape[1] == 3 ? c : 0;
        System.arraycopy(picture.data(), (channel * shape[2] + y) * shape[3], all.data(), row, shape[3]);
        for (int m = 0; m < maps.size(); m++) {
          for (int x = 0; x < shape[3]; x++) {
            all.data()[row + (m + 1) * (shape[3] + GAP) + x] =
                colour(maps.get(m).classes[y * shape[3] + x]).getRGBColorComponents(null)[c];
          }
        }
      }
    }
    return all;
  }

  private static Color colour(int number) {
    return COLOURS.get(number < COLOURS.size() ? number : 1 + (number - 1) % (COLOURS.size() - 1));
  }
}
