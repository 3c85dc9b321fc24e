package org.dlm.compiler.model;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which parameters a recipe speaks of: {@code *} stands for any text ({@code *.weight}); a pattern that ends at a dot
 * of the path selects everything below. The trainer decides in the same way while it runs.
 */
public record PathPattern(String pattern) {
  public boolean selects(String path) {
    String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return path.matches(regex + "(\\..*)?");
  }
}
