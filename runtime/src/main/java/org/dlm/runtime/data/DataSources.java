package org.dlm.runtime.data;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** All kinds of data set, by the name in front of a spec's colon. */
public final class DataSources {
  private DataSources() {}

  /** Opens {@code digits}, {@code mnist:DIR}, {@code csv:FILE,test=0.3} and so on. */
  public static DataSet open(String text) {
    DataSpec spec = DataSpec.parse(text);
    List<DataKind> kinds = kinds();
    DataKind kind = kinds.stream().filter(k -> k.name().equals(spec.kind())).findFirst()
        .orElseThrow(() -> new InputProblem("no data source `" + spec.kind() + "`"
            + Suggestion.didYouMean(spec.kind(), kinds.stream().map(DataKind::name).toList()),
            "There are\n" + usage()));
    return Augmentation.apply(spec, kind.open(spec.without(Augmentation.AUGMENT).without(Augmentation.NORMALIZE)));
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
