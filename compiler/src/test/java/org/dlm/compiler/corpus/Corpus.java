package org.dlm.compiler.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests that are text: every {@code .dlm} file of a folder under {@code src/test/corpus} says on the line at fault what is
 * expected of it, and a file that says nothing must be clean.
 *
 * <pre>
 *   Conv2d(6, 5, pading = 2)   // expect-error E0203 did you mean `padding`
 *   // expect-error@+1 E0102    (where the line itself has no room for a comment; also {@code @-2})
 *   x = f()   // expect-warning W902
 * </pre>
 *
 * Behind the code may stand a piece of the message, of the label, or of a note or help. The whole text a user would see
 * stands beside the file as {@code .txt}, but for line numbers of the library, which change often; {@code -Dupdate}
 * rewrites it, a missing one is written and fails once.
 */
public final class Corpus {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "src", "test", "corpus");
  private static final Pattern EXPECTATION =
      Pattern.compile("// *expect-(error|warning)(?:@([+-]\\d+))? +([EW]\\d+)(.*?)(?=// *expect-|$)");

  private Corpus() {}

  /** One test a file of the folder and the folders below; {@code check} is the stage under test. */
  public static Stream<DynamicTest> tests(String folder, Function<SourceFile, Diagnostics> check) {
    List<Path> files = files(folder);
    assertThat(files).as("corpus files in " + folder).isNotEmpty();
    return files.stream().map(path -> dynamicTest(ROOT.relativize(path).toString(), () -> test(path, check)));
  }

  /** The files of a folder and the folders below, for tests of another kind over the same texts. */
  public static List<Path> files(String folder) {
    try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
      return found.filter(path -> path.toString().endsWith(".dlm")).sorted().toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** A file of the corpus under a name that is the same on every machine. */
  public static SourceFile read(Path path) {
    try {
      return new SourceFile(ROOT.relativize(path).toString().replace('\\', '/'), Files.readString(path));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void test(Path path, Function<SourceFile, Diagnostics> check) throws IOException {
    SourceFile file = read(path);
    List<Diagnostic> reported = check.apply(file).all();
    String rendered = Render.text(reported, false).replaceAll("(in the library, \\w+\\.dlm):\\d+", "$1:*");
    List<Expectation> open = expectations(file);
    List<Diagnostic> unexpected = new ArrayList<>();
    for (Diagnostic diagnostic : reported) {
      open.stream().filter(e -> e.matches(diagnostic)).findFirst()
          .ifPresentOrElse(open::remove, () -> unexpected.add(diagnostic));
    }
    assertThat(unexpected.stream().map(d -> Render.text(d, false)).toList())
        .as("reported, but not expected on that line")
        .isEmpty();
    assertThat(open).as("expected, but not reported; reported was\n%s", rendered).isEmpty();
    golden(path, rendered);
  }

  private static void golden(Path path, String rendered) throws IOException {
    Path golden = path.resolveSibling(path.getFileName().toString().replace(".dlm", ".txt"));
    if (rendered.isEmpty()) {
      assertThat(golden).as("a golden of a clean file").doesNotExist();
      return;
    }
    boolean missing = !Files.exists(golden);
    if (missing || System.getProperty("update") != null) {
      Files.writeString(golden, rendered);
    }
    assertThat(missing).as("%s was missing; it is written now, read it", golden).isFalse();
    assertThat(rendered).as("what the user sees (-Dupdate rewrites %s)", golden).isEqualTo(Files.readString(golden));
  }

  private record Expectation(int line, Severity severity, String code, String piece) {
    boolean matches(Diagnostic diagnostic) {
      return diagnostic.code().id().equals(code)
          && diagnostic.code().severity() == severity
          && diagnostic.primary().span().line() == line
          && Stream.concat(
                  Stream.of(diagnostic.message(), diagnostic.primary().text()),
                  Stream.concat(diagnostic.notes().stream(), diagnostic.helps().stream().map(Diagnostic.Help::text)))
              .anyMatch(text -> text.contains(piece));
    }
  }

  private static List<Expectation> expectations(SourceFile file) {
    List<Expectation> found = new ArrayList<>();
    for (int line = 1; line <= file.lineCount(); line++) {
      String text = file.lineText(line);
      Matcher matcher = EXPECTATION.matcher(text);
      int count = 0;
      while (matcher.find()) {
        int offset = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        Severity severity = matcher.group(1).equals("error") ? Severity.ERROR : Severity.WARNING;
        found.add(new Expectation(line + offset, severity, matcher.group(3), matcher.group(4).strip()));
        count++;
      }
      assertThat(text.split("expect-", -1).length - 1).as("expectations understood in %s:%d", file, line).isEqualTo(count);
    }
    return found;
  }
}
