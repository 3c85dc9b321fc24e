package org.dlm.runtime.data;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** All kinds of data set, by the name in front of a spec's colon. */
public final class DataSources {
  /** Among the facts of a data set: its kind and its options, {@code text sequence=128,test=0.2}. */
  private static final String OPTIONS = "options";

  private DataSources() {}

  /** Opens {@code digits}, {@code mnist:DIR}, {@code csv:FILE,test=0.3} and so on. */
  public static DataSet open(String text) {
    return open(text, "");
  }

  /** The same with options, {@code option=value,option=value}, that count where the spec does not say them. */
  public static DataSet open(String text, String otherwise) {
    return open(DataSpec.parse(text).or(otherwise), null);
  }

  /**
   * As a model needs it that was trained on data of which this is known: what the spec does not say is as it was there,
   * and numbers are normalised as those were, where the kind is the same.
   */
  public static DataSet open(String text, Map<String, String> trainedOn) {
    DataSpec spec = DataSpec.parse(text);
    String[] known = trainedOn.getOrDefault(OPTIONS, "").split(" ", 2);
    return known[0].equals(spec.kind()) ? open(spec.or(known[1]), Normalization.of(trainedOn)) : open(spec, null);
  }

  /** An option that the data set had from which these facts are. */
  public static Optional<String> option(String name, Map<String, String> facts) {
    String[] known = facts.getOrDefault(OPTIONS, "").split(" ", 2);
    return known.length < 2 ? Optional.empty() : Optional.ofNullable(DataSpec.options(known[1]).get(name));
  }

  private static DataSet open(DataSpec spec, Normalization known) {
    List<DataKind> kinds = kinds();
    DataKind kind = kinds.stream().filter(k -> k.name().equals(spec.kind())).findFirst()
        .orElseThrow(() -> new InputProblem("no data source `" + spec.kind() + "`"
            + Suggestion.didYouMean(spec.kind(), kinds.stream().map(DataKind::name).toList()),
            "There are\n" + usage()));
    DataSet data = Augmentation.apply(spec,
        kind.open(spec.without(Augmentation.AUGMENT).without(Augmentation.NORMALIZE)), known);
    return spec.options().isEmpty() ? data : data.with(OPTIONS, spec.kind() + " " + spec.optionText());
  }

  private static List<DataKind> kinds() {
    return ServiceLoader.load(DataKind.class, DataKind.class.getClassLoader()).stream().map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(DataKind::name)).toList();
  }

  /** A line for each kind. */
  public static String usage() {
    return kinds().stream().map(k -> "  " + k.usage()).collect(Collectors.joining("\n"))
        + "\n  any of them takes normalize=yes and augment=crop(4)+flip+rotate(10)+mask_time(20)+"
        + "mask_bands(8)+mixup(0.2)";
  }
}
