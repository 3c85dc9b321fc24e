package org.dlm.compiler.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An optimizer as named on a command line, {@code Adam(lr=1e-3)}: which one, and which hyper-parameters differ from
 * their defaults.
 */
public record OptimizerChoice(String name, Map<String, Double> settings) {
  private static final Pattern WHOLE = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=\\s*([^\\s=]+)\\s*");

  public OptimizerChoice {
    settings = Map.copyOf(settings);
  }

  /** Reads the text, or gives nothing where it is not of the form {@code Name(key = number, ...)}. */
  public static Optional<OptimizerChoice> parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      return Optional.empty();
    }
    Map<String, Double> settings = new LinkedHashMap<>();
    String inside = whole.group(2) == null ? "" : whole.group(2);
    for (String part : inside.isBlank() ? new String[0] : inside.split(",")) {
      Matcher setting = SETTING.matcher(part);
      Optional<Double> value = setting.matches() ? number(setting.group(2)) : Optional.empty();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      settings.put(setting.group(1), value.get());
    }
    return Optional.of(new OptimizerChoice(whole.group(1), settings));
  }

  private static Optional<Double> number(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(text.equals("true") ? 1.0 : 0.0);
    }
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
