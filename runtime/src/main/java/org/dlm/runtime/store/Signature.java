package org.dlm.runtime.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.dlm.runtime.Function;
import org.dlm.runtime.Model;

/**
 * What files of weights say of the model they are of: its name, and what each of its functions computes. With it a
 * model is told from another one whose parameters happen to have the same names and shapes.
 */
public final class Signature {
  private static final String MODEL = "model";
  private static final String COMPUTES = "computes.";

  /** The function by which models are told apart where nobody says which one matters. */
  private static final String USUAL = "forward";

  private Signature() {}

  /** For the metadata of a file. */
  static Map<String, String> of(Model model) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(MODEL, model.getClass().getName());
    for (Function function : model.functions()) {
      if (!function.computes().isEmpty()) {
        all.put(COMPUTES + function.name(), function.computes());
      }
    }
    return all;
  }

  /** The name of the model that a file's metadata are of; empty where they do not say. */
  static String name(Map<String, String> metadata) {
    return metadata.getOrDefault(MODEL, "");
  }

  /**
   * How what a function computes differs from what it computed in the model that wrote a file; empty where it is the
   * same, or where one of both does not say. {@code inTraining}: whether the training form counts too.
   */
  public static List<String> differences(Map<String, String> metadata, Function function, boolean inTraining) {
    String before = metadata.getOrDefault(COMPUTES + function.name(), "");
    String now = function.computes();
    if (before.isEmpty() || now.isEmpty() || number(before, inTraining).equals(number(now, inTraining))) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Map<String, Integer> countsBefore = counts(before);
    Map<String, Integer> countsNow = counts(now);
    TreeSet<String> ops = new TreeSet<>(countsBefore.keySet());
    ops.addAll(countsNow.keySet());
    for (String op : ops) {
      int there = countsBefore.getOrDefault(op, 0);
      int here = countsNow.getOrDefault(op, 0);
      if (there != here) {
        lines.add("`" + op + "` is done " + times(there) + " in the file's model, " + times(here) + " in this one");
      }
    }
    if (lines.isEmpty()) {
      lines.add(number(before, false).equals(number(now, false))
          ? "only the training form differs (such as the share that dropout drops)"
          : "the same operations in another order, or with other numbers (such as an epsilon)");
    }
    return lines;
  }

  /** A sentence where a file's weights fit the model, but were those of a model that computes something else. */
  static Optional<String> warning(SafetensorsFile file, Model model) {
    return model.functions().stream().filter(f -> f.name().equals(USUAL))
        .map(f -> differences(file.metadata(), f, false)).filter(lines -> !lines.isEmpty()).findFirst()
        .map(lines -> file.file() + ": its weights fit, but they are those of a model whose `" + USUAL
            + "` computes something else: " + String.join("; ", lines));
  }

  private static String times(int count) {
    return count == 0 ? "never" : count == 1 ? "once" : count + " times";
  }

  private static String number(String computes, boolean inTraining) {
    String number = computes.substring(computes.indexOf('#') + 1);
    int slash = number.indexOf('/');
    return inTraining || slash < 0 ? number : number.substring(0, slash);
  }

  private static Map<String, Integer> counts(String computes) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String part : computes.substring(0, Math.max(0, computes.indexOf('#'))).split(";")) {
      String counted = part.strip();
      int space = counted.lastIndexOf(' ');
      if (space > 0 && counted.substring(space + 1).matches("[0-9]{1,9}")) {
        counts.put(counted.substring(0, space), Integer.parseInt(counted.substring(space + 1)));
      }
    }
    return counts;
  }
}
