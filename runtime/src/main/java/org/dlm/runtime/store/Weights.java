package org.dlm.runtime.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.Variable;

/** Parameters and buffers of a model, to and from safetensors files in which each tensor has the variable's path. */
public final class Weights {
  /** PyTorch's batch norm keeps a counter that only its momentum = None uses; we have no such variable. */
  private static final String TORCH_COUNTER = "num_batches_tracked";

  private static final int LONGEST_LIST = 8;

  private Weights() {}

  /** Fills all parameters and buffers from the file; names and shapes must match exactly, else nothing is changed. */
  public static void load(Model model, Path file) {
    load(model, file, Renaming.NONE);
  }

  /** As {@link #load(Model, Path)}, where the file's names are others than the model's paths. */
  public static void load(Model model, Path file, Renaming renaming) {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      load(model, weights, renaming);
    }
  }

  /** A problem that tells every difference where the file's weights are not those of the model. */
  static void check(Model model, SafetensorsFile weights) {
    check(weights, Renaming.NONE.namesByPath(weights.tensors().keySet()), variables(model));
  }

  static void load(Model model, SafetensorsFile weights, Renaming renaming) {
    Map<String, String> names = renaming.namesByPath(weights.tensors().keySet());
    check(weights, names, variables(model));
    for (Variable v : model.parameterList()) {
      weights.readFloats(names.get(v.path()), model.parameters, v.offset());
    }
    for (Variable v : model.bufferList()) {
      weights.readFloats(names.get(v.path()), model.buffers, v.offset());
    }
    model.weightsChanged();
  }

  /** Writes all parameters and buffers under their paths. */
  public static void save(Model model, Path file) {
    SafetensorsWriter writer = new SafetensorsWriter();
    add(model, writer);
    Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "dlm"));
    metadata.putAll(Signature.of(model));
    writer.write(file, metadata);
  }

  /** A sentence where weights that fit were those of a model that computes something else; empty where all is well. */
  public static Optional<String> warning(Model model, Path file) {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      return Signature.warning(weights, model);
    }
  }

  static void add(Model model, SafetensorsWriter writer) {
    model.parameterList().forEach(v -> writer.add(v.path(), model.parameters, v.offset(), v.shape()));
    model.bufferList().forEach(v -> writer.add(v.path(), model.buffers, v.offset(), v.shape()));
  }

  private static Map<String, Variable> variables(Model model) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    model.parameterList().forEach(v -> variables.put(v.path(), v));
    model.bufferList().forEach(v -> variables.put(v.path(), v));
    return variables;
  }

  /** {@code names}: what the file calls each path. */
  private static void check(SafetensorsFile weights, Map<String, String> names, Map<String, Variable> variables) {
    List<String> unexpected = new ArrayList<>(names.keySet().stream()
        .filter(path -> !variables.containsKey(path) && !ignored(names.get(path))).map(names::get).toList());
    List<Variable> missing = variables.values().stream().filter(v -> !names.containsKey(v.path())).toList();
    List<String> different = variables.values().stream()
        .filter(v -> names.containsKey(v.path()))
        .filter(v -> !Arrays.equals(v.shape(), weights.tensor(names.get(v.path())).shape()))
        .map(v -> v.path() + " is " + Arrays.toString(weights.tensor(names.get(v.path())).shape()) + " in the file, "
            + Arrays.toString(v.shape()) + " in the model").toList();
    if (unexpected.isEmpty() && missing.isEmpty() && different.isEmpty()) {
      return;
    }
    String wrote = Signature.name(weights.metadata());
    List<String> lines = new ArrayList<>(List.of(weights.file() + ": these weights are not those of the model"
        + (wrote.isEmpty() ? "" : "; they are of " + wrote)));
    lines.addAll(list("missing in the file", missing.stream()
        .map(v -> v.path() + " " + Arrays.toString(v.shape()) + similar(v, unexpected, weights)).toList()));
    lines.addAll(list("not in the model", unexpected));
    lines.addAll(list("of another shape", different));
    throw new InputProblem(String.join("\n", lines), unexpected.isEmpty() || missing.isEmpty()
        ? "Was the file saved from this model?"
        : "Was the file saved from this model? Names in the file must be the parameter paths that `dlm summary`"
            + " shows, or a table must say which is which (--rename).");
  }

  /** Whether a tensor of that name is a parameter or buffer, and not what training or PyTorch keeps beside them. */
  public static boolean isWeight(String name) {
    return !ignored(name);
  }

  /** Names with a slash are the state of a training run in a checkpoint; no path of a model has one. */
  private static boolean ignored(String name) {
    return name.startsWith(Checkpoint.STATE_PREFIX) || name.startsWith(Checkpoint.TRAINING_PREFIX)
        || name.endsWith("." + TORCH_COUNTER);
  }

  private static String similar(Variable v, Collection<String> unexpected, SafetensorsFile weights) {
    Optional<String> best = Suggestion.closest(v.path(), unexpected).or(() -> unexpected.stream()
        .filter(name -> Arrays.equals(v.shape(), weights.tensor(name).shape()))
        .filter(name -> last(name).equals(last(v.path())))
        .min(Comparator.comparingInt(name -> Suggestion.distance(v.path(), name))));
    return best.map(name -> " (the file has `" + name + "`)").orElse("");
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static List<String> list(String title, List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("  " + title + ":"));
    names.stream().limit(LONGEST_LIST).forEach(name -> lines.add("    " + name));
    if (names.size() > LONGEST_LIST) {
      lines.add("    and " + (names.size() - LONGEST_LIST) + " more");
    }
    return lines;
  }
}
