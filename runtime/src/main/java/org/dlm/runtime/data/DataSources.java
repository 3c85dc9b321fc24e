package org.dlm.runtime.data;

import java.util.List;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** All kinds of data set, by the name in front of a spec's colon. */
public final class DataSources {
  private static final List<DataSource> ALL = List.of(new CsvSource(), new DigitsSource(), new MnistSource());

  private DataSources() {}

  /** Opens {@code digits}, {@code mnist:DIR} or {@code csv:FILE}. */
  public static DataSet open(String spec) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    String argument = colon < 0 ? "" : spec.substring(colon + 1);
    return ALL.stream().filter(s -> s.name().equals(name)).findFirst()
        .orElseThrow(() -> new InputProblem("no data source `" + name + "`"
            + Suggestion.didYouMean(name, ALL.stream().map(DataSource::name).toList()), "There are\n" + usage()))
        .open(argument);
  }

  /** A line for each kind. */
  public static String usage() {
    return ALL.stream().map(s -> "  " + s.usage()).collect(Collectors.joining("\n"));
  }
}
