package org.dlm.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the last successful run read and wrote; decides what is stale now. */
final class BuildState {
  private static final String FORMAT = "dlm-build-state-1";

  /** A generated file and the hash of what was written. */
  record Output(String path, String hash) {}

  private final String tool;
  private final Map<String, ModelSource> sources;
  private final Map<String, List<Output>> outputs;

  BuildState(String tool, Map<String, ModelSource> sources, Map<String, List<Output>> outputs) {
    this.tool = tool;
    this.sources = sources;
    this.outputs = outputs;
  }

  static BuildState empty() {
    return new BuildState("", Map.of(), Map.of());
  }

  /** Reads the state; anything unreadable counts as no state, so that all is built anew. */
  static BuildState load(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return empty();
    }
    if (lines.isEmpty() || !lines.get(0).startsWith(FORMAT + "\t")) {
      return empty();
    }
    Map<String, ModelSource> sources = new TreeMap<>();
    Map<String, List<Output>> outputs = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> f = Lines.fields(line);
      if (f.size() == 5 && f.get(0).equals("source")) {
        Set<String> imports = new TreeSet<>(Arrays.asList(f.get(4).split(",", -1)));
        imports.remove("");
        sources.put(f.get(1), new ModelSource(f.get(1), f.get(2), f.get(3), imports));
      } else if (f.size() == 4 && f.get(0).equals("output")) {
        outputs.computeIfAbsent(f.get(1), k -> new ArrayList<>()).add(new Output(f.get(2), f.get(3)));
      }
    }
    return new BuildState(Lines.fields(lines.get(0)).get(1), sources, outputs);
  }

  void save(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Lines.of(FORMAT, tool));
    sources.values().forEach(s ->
        lines.add(Lines.of("source", s.name(), s.hash(), s.packageName(), String.join(",", s.imports()))));
    outputs.forEach((source, list) ->
        list.forEach(o -> lines.add(Lines.of("output", source, o.path(), o.hash()))));
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, lines, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  String tool() {
    return tool;
  }

  /** What another compiler made: all sources are stale, but what they gave is known and can be cleaned up. */
  BuildState forOtherTool() {
    return new BuildState("", Map.of(), outputs);
  }

  Map<String, List<Output>> outputs() {
    return outputs;
  }

  /** True for names whose outputs are all there as they were written. */
  boolean intact(String name, Path outputDirectory) throws IOException {
    for (Output output : outputs.getOrDefault(name, List.of())) {
      Path file = outputDirectory.resolve(output.path());
      if (!Files.isRegularFile(file) || !Fingerprint.ofFile(file).equals(output.hash())) {
        return false;
      }
    }
    return true;
  }

  /** The sources to compile again: changed ones, and those that may see a changed, new or deleted one by package. */
  Set<String> stale(Map<String, ModelSource> now, Path outputDirectory) throws IOException {
    Set<String> stale = new LinkedHashSet<>();
    Set<String> touchedPackages = new LinkedHashSet<>();
    for (ModelSource source : now.values()) {
      ModelSource before = sources.get(source.name());
      if (before == null || !before.hash().equals(source.hash())) {
        stale.add(source.name());
        touchedPackages.add(source.packageName());
        if (before != null) {
          touchedPackages.add(before.packageName());
        }
      } else if (!intact(source.name(), outputDirectory)) {
        stale.add(source.name());
      }
    }
    sources.values().stream().filter(s -> !now.containsKey(s.name()))
        .forEach(s -> touchedPackages.add(s.packageName()));
    spread(now, stale, touchedPackages);
    return stale;
  }

  private static void spread(Map<String, ModelSource> now, Set<String> stale, Set<String> touchedPackages) {
    boolean more = true;
    while (more) {
      more = false;
      for (ModelSource source : now.values()) {
        boolean seesTouched = touchedPackages.contains(source.packageName())
            || source.imports().stream().anyMatch(touchedPackages::contains);
        if (seesTouched && (stale.add(source.name()) | touchedPackages.add(source.packageName()))) {
          more = true;
        }
      }
    }
  }

  /** The sources to hand to the compiler so that it can see all that the stale ones may name. */
  static Set<String> withWhatTheyImport(Map<String, ModelSource> now, Set<String> stale) {
    Set<String> needed = new TreeSet<>(stale);
    boolean more = true;
    while (more) {
      Set<String> packages = new TreeSet<>();
      needed.stream().map(now::get).forEach(s -> {
        packages.add(s.packageName());
        packages.addAll(s.imports());
      });
      more = false;
      for (ModelSource source : now.values()) {
        if (packages.contains(source.packageName()) && needed.add(source.name())) {
          more = true;
        }
      }
    }
    return needed;
  }

  /** The files that sources of the last run gave and no source gives any more. */
  Set<String> orphans(Map<String, List<Output>> outputsNow) {
    Set<String> orphans = new TreeSet<>();
    outputs.values().forEach(list -> list.forEach(o -> orphans.add(o.path())));
    outputsNow.values().forEach(list -> list.forEach(o -> orphans.remove(o.path())));
    return orphans;
  }

  static Map<String, ModelSource> byName(List<ModelSource> sources) {
    Map<String, ModelSource> map = new LinkedHashMap<>();
    sources.forEach(s -> map.put(s.name(), s));
    return map;
  }
}
