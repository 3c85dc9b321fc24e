package org.dlm.runtime.store;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;

/**
 * A table that says what tensors of a file are called in a model: lines {@code NAME -> PATH}. A {@code *} stands for
 * any text, which is put where the path has its {@code *}; without a path the tensor is left out. The first line that
 * fits a name counts; a name that no line fits is kept. {@code #} starts a comment.
 */
public final class Renaming {
  /** Every name stays. */
  public static final Renaming NONE = new Renaming("", List.of());

  private static final String ARROW = "->";

  private record Line(int number, Pattern name, List<String> path) {
    /** The path for a name that fits; null for one that is left out. */
    String path(Matcher fits) {
      if (path == null) {
        return null;
      }
      StringBuilder text = new StringBuilder(path.getFirst());
      for (int i = 1; i < path.size(); i++) {
        text.append(fits.group(i)).append(path.get(i));
      }
      return text.toString();
    }
  }

  private final String source;
  private final List<Line> lines;

  private Renaming(String source, List<Line> lines) {
    this.source = source;
    this.lines = lines;
  }

  /** Reads the table from a file. */
  public static Renaming read(Path file) {
    return of(file.toString(), lines(file));
  }

  /** Reads the same table the other way round: what paths of a model are called in a file. */
  public static Renaming readBackwards(Path file) {
    List<String> turned = new ArrayList<>();
    int number = 0;
    for (String text : lines(file)) {
      number++;
      String[] sides = text.replaceFirst("#.*", "").split(ARROW, 2);
      boolean both = sides.length == 2 && !sides[0].isBlank() && !sides[1].isBlank();
      if (both && parts(sides[0]).size() != parts(sides[1]).size()) {
        throw new InputProblem(file + ":" + number + ": `" + text.strip() + "` cannot be read backwards",
            "Both sides need as many `*`.");
      }
      turned.add(both ? sides[1].strip() + " " + ARROW + " " + sides[0].strip() : "");
    }
    return of(file.toString(), turned);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InputProblem(file + ": no such file", "Check the path.", e);
    } catch (CharacterCodingException e) {
      throw new InputProblem(file + ": this is no text", "A line of a renaming table reads `NAME -> PATH`.", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), "Check the file and your rights to it.", e);
    }
  }

  static Renaming of(String source, List<String> text) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        lines.add(line(source, i + 1, line));
      }
    }
    return new Renaming(source, lines);
  }

  private static Line line(String source, int number, String line) {
    int arrow = line.indexOf(ARROW);
    String name = arrow < 0 ? "" : line.substring(0, arrow).strip();
    if (name.isEmpty()) {
      throw new InputProblem(source + ":" + number + ": `" + line + "` is no renaming",
          "Write the name in the file, `->`, and the model's path: `encoder.*.w -> layers.*.weight`.");
    }
    String path = line.substring(arrow + ARROW.length()).strip();
    int stars = parts(name).size();
    if (!path.isEmpty() && parts(path).size() > stars) {
      throw new InputProblem(source + ":" + number + ": `" + path + "` has more `*` than `" + name + "`",
          "Each `*` of the path takes what the `*` in the same order stood for.");
    }
    Pattern pattern = Pattern.compile(parts(name).stream().map(Pattern::quote).collect(Collectors.joining("(.*?)")));
    return new Line(number, pattern, path.isEmpty() ? null : parts(path));
  }

  private static List<String> parts(String text) {
    return List.of(text.split("\\*", -1));
  }

  /** What each tensor of the file that is not left out is called in the model: path to name. */
  public Map<String, String> namesByPath(Collection<String> names) {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (String name : names) {
      String path = path(name);
      String other = path == null ? null : byPath.put(path, name);
      if (other != null) {
        throw new InputProblem(source + ": `" + other + "` and `" + name + "` would both be `" + path + "`",
            "Leave one of them out: `" + name + " ->`.");
      }
    }
    return byPath;
  }

  private String path(String name) {
    for (Line line : lines) {
      Matcher fits = line.name().matcher(name);
      if (fits.matches()) {
        return line.path(fits);
      }
    }
    return name;
  }
}
