package org.dlm.compiler.model;

import java.util.List;

/**
 * Which parameters a function trains: {@code generator} selects everything below it, {@code *} stands for one part of a
 * path ({@code blocks.*.norm}); no patterns select all.
 */
public record ParameterPatterns(List<String> patterns) {
  public ParameterPatterns {
    patterns = List.copyOf(patterns);
  }

  public boolean match(String path) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> match(pattern.split("\\."), path.split("\\.")));
  }

  private static boolean match(String[] pattern, String[] path) {
    if (pattern.length > path.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (!pattern[i].equals("*") && !pattern[i].equals(path[i])) {
        return false;
      }
    }
    return true;
  }
}
