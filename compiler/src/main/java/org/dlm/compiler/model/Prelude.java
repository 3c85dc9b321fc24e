package org.dlm.compiler.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;

/**
 * The library written in the language itself. Its files are scanned for the names they declare; a declaration is parsed
 * when it is first asked for, because a model uses a handful of some hundred.
 */
public final class Prelude {
  /** How the names of the library's files begin in messages. */
  public static final String FOLDER = "prelude/";

  /** The files, in reading order. */
  private static final List<String> FILES = List.of("prim", "init", "shape", "activation", "loss", "metric", "nn",
      "conv", "pool", "norm", "attention", "rnn", "optim", "schedule");

  /** The package whose functions give initialisers; its names are seen only where an initialiser is expected. */
  public static final String INITIALISERS = "dlm.init";

  /** The package of learning rates; its names are seen only where a rate is expected. */
  public static final String SCHEDULES = "dlm.schedule";

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+)");
  private static final Pattern START =
      Pattern.compile("(?m)^(?:(?:prim )?fn|layer|optimizer|model|const) +([A-Za-z_]\\w*)");

  /** A declaration that may not be parsed yet: its text, with empty lines before it so that line numbers are right. */
  private static final class Entry {
    private final String packageName;
    private final String file;
    private final int line;
    private final String text;
    private Syntax.Top parsed;

    Entry(String packageName, String file, int line, String text) {
      this.packageName = packageName;
      this.file = file;
      this.line = line;
      this.text = text;
    }

    synchronized Syntax.Top declaration() {
      if (parsed == null) {
        Diagnostics problems = new Diagnostics();
        SourceFile source = new SourceFile(FOLDER + file + ".dlm", "\n".repeat(line - 1) + text);
        List<Syntax.Top> found = Parse.file(source, problems).declarations();
        if (problems.hasErrors() || found.size() != 1) {
          throw new IllegalStateException(source.name() + ":" + line + " does not parse: " + problems.all());
        }
        parsed = found.getFirst();
      }
      return parsed;
    }
  }

  private static final Prelude SHARED = read();

  private final Map<String, Entry> general = new TreeMap<>();
  private final Map<String, Entry> initialisers = new TreeMap<>();
  private final Map<String, Entry> schedules = new TreeMap<>();
  private final Map<String, List<String>> packages = new LinkedHashMap<>();

  private Prelude() {}

  public static Prelude shared() {
    return SHARED;
  }

  private static Prelude read() {
    Prelude prelude = new Prelude();
    for (String file : FILES) {
      try (InputStream in = Prelude.class.getResourceAsStream("/org/dlm/prelude/" + file + ".dlm")) {
        if (in != null) {
          prelude.scan(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return prelude;
  }

  private void scan(String file, String text) {
    Matcher named = PACKAGE.matcher(text);
    String packageName = named.find() ? named.group(1) : "dlm";
    Matcher start = START.matcher(text);
    List<Integer> from = new ArrayList<>();
    List<String> names = new ArrayList<>();
    while (start.find()) {
      from.add(withDocAndTags(text, start.start()));
      names.add(start.group(1));
    }
    for (int i = 0; i < names.size(); i++) {
      int end = i + 1 < from.size() ? from.get(i + 1) : text.length();
      int line = 1 + (int) text.substring(0, from.get(i)).chars().filter(c -> c == '\n').count();
      Entry entry = new Entry(packageName, file, line, text.substring(from.get(i), end));
      entries(packageName).put(names.get(i), entry);
      packages.computeIfAbsent(packageName, p -> new ArrayList<>()).add(names.get(i));
    }
  }

  private Map<String, Entry> entries(String packageName) {
    return switch (packageName) {
      case INITIALISERS -> initialisers;
      case SCHEDULES -> schedules;
      default -> general;
    };
  }

  /** The start of the lines of documentation and tags right above a declaration. */
  private static int withDocAndTags(String text, int declaration) {
    int start = declaration;
    while (start > 0) {
      int lineAbove = text.lastIndexOf('\n', start - 2) + 1;
      if (!text.startsWith("///", lineAbove) && !text.startsWith("#", lineAbove)) {
        break;
      }
      start = lineAbove;
    }
    return start;
  }

  /** A declaration by name, or null; initialisers are not among them. */
  public Syntax.Top find(String name) {
    Entry entry = general.get(name);
    return entry == null ? null : entry.declaration();
  }

  /** An initialiser by name, or null. */
  public Syntax.Fn findInitialiser(String name) {
    Entry entry = initialisers.get(name);
    return entry == null ? null : (Syntax.Fn) entry.declaration();
  }

  /** A declaration of one package of the library, or null. */
  public Syntax.Top find(String packageName, String name) {
    Entry entry = entries(packageName).get(name);
    return entry == null || !entry.packageName.equals(packageName) ? null : entry.declaration();
  }

  /** A schedule by name, or null. */
  public Syntax.Fn findSchedule(String name) {
    return (Syntax.Fn) find(SCHEDULES, name);
  }

  public Collection<String> scheduleNames() {
    return schedules.keySet();
  }

  public Collection<String> names() {
    return general.keySet();
  }

  public Collection<String> initialiserNames() {
    return initialisers.keySet();
  }

  /** The names a package of the library declares, or null where there is no such package. */
  public List<String> inPackage(String packageName) {
    return packages.get(packageName);
  }

  public Collection<String> packageNames() {
    return packages.keySet();
  }

  /** The package that declares the name. */
  public String packageOf(String name) {
    Entry entry = general.get(name);
    return entry == null ? null : entry.packageName;
  }

  /** Does the text belong to the library, and not to the user? */
  public static boolean holds(SourceFile file) {
    return file.name().startsWith(FOLDER);
  }
}
