package org.dlm.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may see whom, as ARCHITECTURE.md tells it. */
class RoomsTest {
  private static final String COMPILER = "org.dlm.compiler.";

  /** Lowest first: a room sees the rooms before it. */
  private static final List<String> DATA_ROOMS =
      List.of("source", "diagnostic", "shape", "loop", "graph", "op", "syntax", "model");

  /** Each sees the data rooms, never another pass. */
  private static final List<String> PASSES = List.of("build", "gradient", "rewrite", "fuse", "schedule", "memory", "emit", "onnx");

  private static final List<String> TOP = List.of("pipeline", "vocabulary", "batch");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.dlm");

  @TestFactory
  List<DynamicTest> everyRoomSeesOnlyTheRoomsBelowIt() {
    List<String> all = new ArrayList<>(DATA_ROOMS);
    all.addAll(PASSES);
    all.addAll(TOP);
    return all.stream().map(room -> dynamicTest(room, () -> {
      String[] hidden = all.stream().filter(other -> !other.equals(room) && !sees(room, other))
          .map(other -> COMPILER + other + "..").toArray(String[]::new);
      if (hidden.length > 0) {
        noClasses().that().resideInAPackage(COMPILER + room + "..").should().dependOnClassesThat()
            .resideInAnyPackage(hidden).allowEmptyShould(false).check(CLASSES);
      }
    })).toList();
  }

  private static boolean sees(String room, String other) {
    if (room.equals("diagnostic") && other.equals("shape") || room.equals("emit") && other.equals("syntax")) {
      return false;
    }
    if (TOP.contains(room)) {
      return TOP.indexOf(other) < TOP.indexOf(room);
    }
    if (PASSES.contains(room)) {
      return DATA_ROOMS.contains(other);
    }
    return DATA_ROOMS.contains(other) && DATA_ROOMS.indexOf(other) < DATA_ROOMS.indexOf(room);
  }

  @Test
  void everyPackageOfTheCompilerIsARoom() {
    List<String> known = new ArrayList<>(DATA_ROOMS);
    known.addAll(PASSES);
    known.addAll(TOP);
    Assertions.assertThat(CLASSES.stream().map(c -> c.getPackageName()).filter(p -> p.startsWith(COMPILER))
        .map(p -> p.substring(COMPILER.length()).split("\\.")[0]).distinct()).isSubsetOf(known);
  }

  @Test
  void theArchitecturePageNamesEveryRoom() throws java.io.IOException {
    String page = Files.readString(Path.of("..", "ARCHITECTURE.md"));
    List<String> rooms = new ArrayList<>(DATA_ROOMS);
    rooms.addAll(PASSES);
    rooms.addAll(TOP);
    for (String room : rooms) {
      Assertions.assertThat(page).containsPattern(Pattern.compile("^\\| `" + room + "/` \\|", Pattern.MULTILINE));
    }
  }

  @Test
  void onlySyntaxSeesAntlr() {
    noClasses().that().resideOutsideOfPackages(COMPILER + "syntax..", "org.dlm.grammar..").should().dependOnClassesThat()
        .resideInAnyPackage("org.antlr..", "org.dlm.grammar..").check(CLASSES);
  }

  @Test
  void onlyEmitSeesJavaPoet() {
    noClasses().that().resideOutsideOfPackage(COMPILER + "emit..").should().dependOnClassesThat()
        .resideInAnyPackage("com.palantir.javapoet..").check(CLASSES);
  }

  @Test
  void theCompilerAndTheRuntimeDoNotSeeEachOther() {
    noClasses().that().resideInAPackage("org.dlm.compiler..").should().dependOnClassesThat()
        .resideInAnyPackage("org.dlm.runtime..", "org.dlm.cli..").check(CLASSES);
    noClasses().that().resideInAPackage("org.dlm.runtime..").should().dependOnClassesThat()
        .resideInAnyPackage("org.dlm.compiler..", "org.dlm.cli..", "org.dlm.grammar..").check(CLASSES);
  }

  @Test
  void onlyTheEditorServerSeesItsProtocol() {
    noClasses().that().resideOutsideOfPackage("org.dlm.editor..").should().dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.lsp4j..", "com.google.gson..").check(CLASSES);
    noClasses().that().resideInAPackage("org.dlm.editor..").should().dependOnClassesThat()
        .resideInAnyPackage("org.dlm.runtime..", "org.dlm.cli..", "org.dlm.grammar..").check(CLASSES);
    noClasses().that().resideOutsideOfPackages("org.dlm.editor..", "org.dlm.cli..").should().dependOnClassesThat()
        .resideInAPackage("org.dlm.editor..").check(CLASSES);
  }

  @Test
  void theRuntimeNeedsOnlyTheJdk() {
    noClasses().that().resideInAPackage("org.dlm.runtime..").should().dependOnClassesThat()
        .resideOutsideOfPackages("org.dlm.runtime..", "java..", "javax..", "jdk..").check(CLASSES);
  }

  @Test
  void nobodyButTheCommandLinePrints() {
    noClasses().that().resideOutsideOfPackages("org.dlm.cli..", "org.dlm.grammar..").should()
        .accessField(System.class, "out").orShould().accessField(System.class, "err")
        .orShould().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
  }

  @Test
  void nobodyButTheCommandLineEndsTheProcess() {
    noClasses().that().resideOutsideOfPackage("org.dlm.cli..").should().callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
