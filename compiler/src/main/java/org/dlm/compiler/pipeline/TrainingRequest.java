package org.dlm.compiler.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of a recipe from outside of the files, such as from a command line: {@code rate}, {@code cosine(1e-3)}.
 *
 * @param recipe the recipe whose settings they replace; null for the only one, or for none where there is none
 * @param settings as they would be written in a recipe, by name
 */
public record TrainingRequest(String recipe, Map<String, String> settings) {
  public TrainingRequest {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
