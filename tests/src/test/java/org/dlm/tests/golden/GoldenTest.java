package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Generated code against PyTorch: forward, every gradient, buffers, and parameters after training. */
@OnEveryWidth
class GoldenTest {
  private static final ParityErrors ERRORS = new ParityErrors();

  /** {@code -Dupdate} writes the table of errors anew, on the machine's own vectors. */
  @AfterAll
  static void writeParityPage() throws IOException {
    if (System.getProperty("update") != null && System.getProperty("dlm.lanes") == null) {
      ParityPage.write(ERRORS.all());
    }
  }

  @TestFactory
  List<DynamicContainer> tables() {
    return GoldenFiles.tables().stream().map(t -> dynamicContainer(t, tests(GoldenFiles.table(t)))).toList();
  }

  @TestFactory
  List<DynamicTest> models() {
    return tests(GoldenFiles.models().stream().map(GoldenFiles::model).toList());
  }

  @TestFactory
  List<DynamicTest> trajectories() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : GoldenFiles.models()) {
      Trajectory of = new Trajectory(GoldenFiles.model(name));
      for (int k = 0; k < of.runs().size(); k++) {
        int run = k;
        tests.add(dynamicTest(name + ": " + of.runs().get(k), () ->
            ERRORS.add(of.runs().get(run), new ParityErrors.Errors(of.check(run), Double.NaN))));
      }
    }
    return tests;
  }

  /** Compiles the cases one by one, so that an error fails its own test, then calls javac once for all. */
  static List<DynamicTest> tests(List<GoldenCase> cases) {
    Map<String, List<GeneratedFile>> sources = new LinkedHashMap<>();
    Map<String, Throwable> failures = new LinkedHashMap<>();
    for (GoldenCase of : cases) {
      try {
        sources.put(of.name(), Compiled.java(of, List.of()).files());
      } catch (RuntimeException | AssertionError e) {
        failures.put(of.name(), e);
      }
    }
    Map<String, GeneratedCode> code = compile(sources, failures);
    return cases.stream().map(of -> dynamicTest(of.name(), () -> {
      if (failures.containsKey(of.name())) {
        throw failures.get(of.name());
      }
      ERRORS.add(of.source().replaceFirst(".*/", "").replaceFirst("\\..*", "") + "/" + of.name(),
          GoldenCheck.check(of, new GeneratedEngine(of, code.get(of.name()).model(of.className()))));
    })).toList();
  }

  private static Map<String, GeneratedCode> compile(Map<String, List<GeneratedFile>> sources, Map<String, Throwable> failures) {
    Map<String, GeneratedCode> code = new LinkedHashMap<>();
    if (sources.isEmpty()) {
      return code;
    }
    try {
      GeneratedCode all = GeneratedCode.compile(sources.values().stream().flatMap(List::stream).toList());
      sources.keySet().forEach(name -> code.put(name, all));
    } catch (AssertionError someFails) {
      sources.forEach((name, files) -> {
        try {
          code.put(name, GeneratedCode.compile(files));
        } catch (AssertionError e) {
          failures.put(name, e);
        }
      });
    }
    return code;
  }
}
