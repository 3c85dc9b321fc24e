package org.dlm.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildStateTest {
  @TempDir Path folder;

  @Test
  void nothingIsStaleAfterSavingAndLoading() throws IOException {
    write("a.dlm", "package one\nmodel A = B()");
    BuildState state = built();
    state.save(folder.resolve("state"));
    assertThat(BuildState.load(folder.resolve("state")).stale(now(), output())).isEmpty();
  }

  @Test
  void withoutAStateAllIsStale() throws IOException {
    write("a.dlm", "package one");
    write("b.dlm", "package two");
    assertThat(BuildState.load(folder.resolve("missing")).stale(now(), output())).containsExactly("a.dlm", "b.dlm");
    Files.writeString(folder.resolve("state"), "rubbish");
    assertThat(BuildState.load(folder.resolve("state")).stale(now(), output())).containsExactly("a.dlm", "b.dlm");
  }

  @Test
  void onlyTheChangedFileIsStale() throws IOException {
    write("a.dlm", "package one");
    write("b.dlm", "package two");
    BuildState before = built();
    write("b.dlm", "package two // changed");
    assertThat(before.stale(now(), output())).containsExactly("b.dlm");
  }

  @Test
  void newMeasurementsBesideAFileMakeItStale() throws IOException {
    write("a.dlm", "package one");
    write("b.dlm", "package two");
    BuildState before = built();
    write("b.tune", "model B 0000");
    BuildState measured = built();
    assertThat(before.stale(now(), output())).containsExactly("b.dlm");
    assertThat(measured.stale(now(), output())).isEmpty();
    write("b.tune", "model B 0001");
    assertThat(measured.stale(now(), output())).containsExactly("b.dlm");
    Files.delete(sources().resolve("b.tune"));
    assertThat(measured.stale(now(), output())).containsExactly("b.dlm");
  }

  @Test
  void aChangeReachesThoseThatImportIt() throws IOException {
    write("a.dlm", "package one\nimport two.{X}");
    write("b.dlm", "package two\nimport three.Y");
    write("c.dlm", "package three");
    write("d.dlm", "package four");
    BuildState before = built();
    write("c.dlm", "package three // changed");
    assertThat(before.stale(now(), output())).containsExactlyInAnyOrder("a.dlm", "b.dlm", "c.dlm");
  }

  @Test
  void aChangeOfAModelReachesItsRecipes() throws IOException {
    write("a.dlm", "package one\ntrain T for two.far.M { }");
    write("b.dlm", "package two.far\nmodel M = L()");
    BuildState before = built();
    assertThat(BuildState.withWhatTheyImport(now(), Set.of("a.dlm"))).containsExactly("a.dlm", "b.dlm");
    write("b.dlm", "package two.far\nmodel M = K()");
    assertThat(before.stale(now(), output())).containsExactlyInAnyOrder("a.dlm", "b.dlm");
  }

  @Test
  void aChangeReachesItsOwnPackage() throws IOException {
    write("a.dlm", "package one");
    write("b.dlm", "package one");
    BuildState before = built();
    write("b.dlm", "package one // changed");
    assertThat(before.stale(now(), output())).containsExactlyInAnyOrder("a.dlm", "b.dlm");
  }

  @Test
  void aDeletedFileMakesItsUsersStaleAndItsOutputAnOrphan() throws IOException {
    write("a.dlm", "package one\nimport two.{X}");
    write("b.dlm", "package two");
    BuildState before = built();
    Files.delete(sources().resolve("b.dlm"));
    assertThat(before.stale(now(), output())).containsExactly("a.dlm");
    assertThat(before.orphans(Map.of("a.dlm", before.outputs().get("a.dlm")))).containsExactly("b.dlm.java");
  }

  @Test
  void aMissingOrEditedOutputMakesItsSourceStale() throws IOException {
    write("a.dlm", "package one");
    write("b.dlm", "package two");
    BuildState before = built();
    Files.writeString(output().resolve("a.dlm.java"), "edited");
    assertThat(before.stale(now(), output())).containsExactly("a.dlm");
    Files.delete(output().resolve("b.dlm.java"));
    assertThat(before.stale(now(), output())).containsExactly("a.dlm", "b.dlm");
  }

  @Test
  void theCompilerGetsWhatTheStaleFilesMayName() throws IOException {
    write("a.dlm", "package one\nimport two.{X}");
    write("b.dlm", "package two\nimport three.Y");
    write("c.dlm", "package three");
    write("d.dlm", "package four\nimport one.{Z}");
    assertThat(BuildState.withWhatTheyImport(now(), java.util.Set.of("a.dlm")))
        .containsExactly("a.dlm", "b.dlm", "c.dlm");
  }

  @Test
  void anotherToolMakesAllStaleButKnowsTheOldOutputs() throws IOException {
    write("a.dlm", "package one");
    BuildState other = built().forOtherTool();
    assertThat(other.stale(now(), output())).containsExactly("a.dlm");
    assertThat(other.orphans(Map.of())).containsExactly("a.dlm.java");
  }

  @Test
  void fieldsSurviveTabsAndLineEnds() {
    assertThat(Lines.fields(Lines.of("a\tb", "", "c\\n\n\r"))).containsExactly("a\tb", "", "c\\n\n\r");
  }

  /** The state after a run in which every source gave one file. */
  private BuildState built() throws IOException {
    Map<String, List<BuildState.Output>> outputs = new TreeMap<>();
    for (String name : now().keySet()) {
      Path file = Files.writeString(output().resolve(name + ".java"), "made of " + name);
      outputs.put(name, List.of(new BuildState.Output(name + ".java", Fingerprint.ofFile(file))));
    }
    return new BuildState("tool", now(), outputs);
  }

  private Map<String, ModelSource> now() throws IOException {
    List<ModelSource> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(sources())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList()) {
        found.add(ModelSource.read(sources(), file));
      }
    }
    return BuildState.byName(found);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(sources().resolve(name), text);
  }

  private Path sources() throws IOException {
    return Files.createDirectories(folder.resolve("sources"));
  }

  private Path output() throws IOException {
    return Files.createDirectories(folder.resolve("output"));
  }
}
