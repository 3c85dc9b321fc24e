package org.dlm.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/**
 * A data set as a user names it: {@code KIND:PLACE,option=value,option=value}.
 *
 * @param place a file or folder, empty where none is named
 */
public record DataSpec(String kind, String place, Map<String, String> options) {
  private static final String BETWEEN_OPTIONS = ",(?=[a-z]+=)";

  static DataSpec parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text.replaceFirst(",.*", "") : text.substring(0, colon);
    String rest = text.substring(Math.min(text.length(), colon < 0 ? kind.length() : colon + 1));
    String[] parts = rest.split(BETWEEN_OPTIONS, 2);
    return new DataSpec(kind, parts[0], options(parts.length == 1 ? "" : parts[1]));
  }

  static Map<String, String> options(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : text.isEmpty() ? new String[0] : text.split(BETWEEN_OPTIONS)) {
      int equals = option.indexOf('=');
      if (options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
        throw new InputProblem("the data option `" + option.substring(0, equals) + "` is given twice", "Give it once.");
      }
    }
    return options;
  }

  /** The same with further options, {@code option=value,option=value}, for what is not said here. */
  DataSpec or(String others) {
    Map<String, String> all = options(others);
    all.putAll(options);
    return new DataSpec(kind, place, all);
  }

  /** The options as they are written, one after the other. */
  String optionText() {
    return options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue()).collect(Collectors.joining(","));
  }

  /** Nothing but these options may be given. */
  public void allow(List<String> names) {
    for (String key : options.keySet()) {
      if (!names.contains(key)) {
        throw new InputProblem("`" + kind + "` has no option `" + key + "`" + Suggestion.didYouMean(key, names),
            names.isEmpty() ? "It has none." : "There are " + String.join(", ", names) + ".");
      }
    }
  }

  /** The same without an option. */
  public DataSpec without(String option) {
    Map<String, String> others = new LinkedHashMap<>(options);
    others.remove(option);
    return new DataSpec(kind, place, others);
  }

  /** Refuses a place, for a kind that has none. */
  public void requireNoPlace() {
    if (!place.isEmpty()) {
      throw new InputProblem("`" + kind + "` is no file or folder: `" + place + "` says nothing to it",
          "Write --data " + kind + ", and options behind a comma.");
    }
  }

  /** The place as a file. */
  public Path file() {
    if (place.isEmpty()) {
      throw new InputProblem("`" + kind + "` needs a file", "Write --data " + kind + ":FILE.");
    }
    return Path.of(place);
  }

  /** The place as a folder that is there. */
  public Path folder(String holding) {
    if (place.isEmpty()) {
      throw new InputProblem("`" + kind + "` needs a folder", "Write --data " + kind + ":DIR.");
    }
    Path folder = Path.of(place);
    if (!Files.isDirectory(folder)) {
      throw new InputProblem(folder + (Files.exists(folder) ? " is not a folder" : ": no such folder"),
          "Name the folder that holds " + holding + ".");
    }
    return folder;
  }

  /** The option's text, or what counts without it. */
  public String text(String option, String otherwise) {
    return options.getOrDefault(option, otherwise);
  }

  /** One of several words. */
  public String choice(String option, String... words) {
    String value = options.getOrDefault(option, words[0]);
    if (!List.of(words).contains(value)) {
      throw notUnderstood(option, "Write " + option + "=" + String.join(" or " + option + "=", words) + ".");
    }
    return value;
  }

  /** A share between 0 and 1; 0 is allowed where {@code otherwise} is 0. */
  public double share(String option, double otherwise) {
    double share = real(option, otherwise);
    if (!(share >= 0 && share < 1 && (share > 0 || otherwise == 0))) {
      throw new InputProblem(kind + " option " + option + "=" + options.get(option) + " is not a share between 0 and 1",
          "Write " + option + "=0.2.");
    }
    return share;
  }

  /** A number. */
  public double real(String option, double otherwise) {
    String text = options.get(option);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw notUnderstood(option, "Write a number.");
    }
  }

  /** A whole number of at least {@code least}. */
  public int count(String option, int otherwise, int least) {
    String text = options.get(option);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
      throw notUnderstood(option, "Write a whole number of at least " + least + ".");
    }
    return Integer.parseInt(text);
  }

  /** What is said of a value that makes no sense. */
  public InputProblem notUnderstood(String option, String help) {
    return new InputProblem(kind + " option " + option + "=" + options.get(option) + " is not understood", help);
  }
}
