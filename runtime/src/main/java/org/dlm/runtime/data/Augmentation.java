package org.dlm.runtime.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/**
 * What any data set can be asked for besides its own options: {@code normalize=yes} and
 * {@code augment=crop(4)+flip+mixup(0.2)}.
 */
final class Augmentation {
  static final String AUGMENT = "augment";
  static final String NORMALIZE = "normalize";
  private static final Pattern CALL = Pattern.compile("([a-z_]+)(?:\\(([0-9.]+)\\))?");
  private static final List<String> NAMES = List.of("crop", "flip", "rotate", "mask_time", "mask_bands", "mixup");

  private Augmentation() {}

  /**
   * @param known the normalisation that a trained model learnt with; null where it is measured on the training examples
   */
  static DataSet apply(DataSpec spec, DataSet data, Normalization known) {
    boolean normalize = spec.choice(NORMALIZE, "no", "yes").equals("yes");
    String text = spec.text(AUGMENT, "");
    if (!normalize && text.isEmpty()) {
      return data;
    }
    Column x = data.train().columns().getFirst();
    if (x.type() != ElementType.F32 || !(data.train() instanceof IndexedSource train)) {
      throw new InputProblem("`" + data.name() + "` cannot be normalised or augmented: its first column `" + x.name()
          + "` is " + x.type(), "Leave out normalize and augment.");
    }
    if (normalize && Normalization.of(data.facts()) != null) {
      throw new InputProblem("`" + data.name() + "` is scaled already: " + data.scaling(), "Leave out normalize.");
    }
    List<Transform> transforms = new ArrayList<>();
    double mixup = 0;
    for (String part : text.isEmpty() ? new String[0] : text.split("\\+")) {
      Matcher call = CALL.matcher(part.strip());
      if (!call.matches() || !NAMES.contains(call.group(1))) {
        throw new InputProblem("augment: `" + part + "` is not known"
            + Suggestion.didYouMean(part.replaceFirst("\\(.*", ""), NAMES),
            "Write one or more of crop(4), flip, rotate(10), mask_time(20), mask_bands(8), mixup(0.2), with + between"
                + " them.");
      }
      if (call.group(1).equals("mixup")) {
        mixup = number(call, 0.2);
      } else {
        transforms.add(checked(transform(call), part, x));
      }
    }
    if (mixup > 0 && !TransformedSource.canMix(train)) {
      throw new InputProblem("mixup needs examples of one shape with a `label`", "Leave it out.");
    }
    Normalization normalization = !normalize ? null : known != null ? known : Normalization.measure(train);
    return wrapped(data, transforms, normalization, mixup);
  }

  private static DataSet wrapped(DataSet data, List<Transform> transforms, Normalization normalization, double mixup) {
    Map<DataSource, DataSource> parts = new HashMap<>();
    for (DataSource part : List.of(data.train(), data.validation(), data.test())) {
      parts.computeIfAbsent(part, p -> new TransformedSource((IndexedSource) p, transforms, normalization, mixup));
    }
    Map<String, String> facts = new HashMap<>(data.facts());
    if (normalization != null) {
      facts.putAll(normalization.facts());
    }
    return new DataSet(data.name(), parts.get(data.train()), parts.get(data.validation()), parts.get(data.test()),
        data.scaling() + (normalization == null ? "" : ", then each channel to mean 0, variance 1"), data.classNames(),
        facts);
  }

  private static Transform transform(Matcher call) {
    return switch (call.group(1)) {
      case "crop" -> new Transform.Crop((int) number(call, 4));
      case "flip" -> new Transform.Flip();
      case "rotate" -> new Transform.Rotate(number(call, 10));
      case "mask_time" -> new Transform.Mask(0, (int) number(call, 20));
      default -> new Transform.Mask(1, (int) number(call, 8));
    };
  }

  private static Transform checked(Transform transform, String text, Column x) {
    if (transform.axes() != x.shape().length) {
      throw new InputProblem("augment: `" + text + "` is for " + (transform.axes() == 3 ? "images" : "spectrograms")
          + ", but `" + x.name() + "` has " + x.shape().length + " axes", "Leave it out.");
    }
    int smaller = transform instanceof Transform.Crop ? Math.min(x.shape()[1], x.shape()[2]) : Integer.MAX_VALUE;
    if (transform instanceof Transform.Crop crop && crop.most() >= smaller) {
      throw new InputProblem("augment: `" + text + "` may move the whole image out of sight; its shorter side has "
          + smaller + " pixels", "Move it by less, such as crop(" + Math.max(1, smaller / 8) + ").");
    }
    return transform;
  }

  private static double number(Matcher call, double otherwise) {
    try {
      return call.group(2) == null ? otherwise : Double.parseDouble(call.group(2));
    } catch (NumberFormatException e) {
      throw new InputProblem("augment: `" + call.group() + "` has no number in it", "Write one, such as crop(4).", e);
    }
  }
}
