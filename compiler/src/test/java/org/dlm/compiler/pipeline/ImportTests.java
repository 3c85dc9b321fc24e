package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files and packages: what they see of each other, in the files given, in folders and in jars. */
class ImportTests {
  private static final String PARTS = """
      package parts
      import parts.base.{Dense}
      const wide = 8
      fn twice(x: [...]) -> [...] = 2 * x
      layer Block(out: int) = [Dense(out), twice, hidden]
      fn hidden(x: [...]) -> [...] = x + 1
      optimizer Plain(lr: float = 0.1) {
        fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g
      }
      model Lonely { fn f(x: [N]) -> [N] = twice(x) }
      """;

  private static final String BASE = """
      package parts.base
      layer Dense(out: int) = Linear(out)
      """;

  private static final String USER = """
      package app
      import parts.{Block, wide}
      import parts.twice as double
      model Net {
        net = Block(wide)
        fn f(x: [N, 3]) -> [N, 8] = double(net(x))
      }
      """;

  private static SourceFile file(String name, String text) {
    return new SourceFile(name, text);
  }

  private static Result check(String... texts) {
    List<SourceFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(file("f" + files.size() + ".dlm", text));
    }
    return Compiler.checkSources(files, Options.DEFAULT);
  }

  private static void assertClean(Result result, String... models) {
    assertThat(result.diagnostics().stream().map(d -> Render.text(d, false))).isEmpty();
    assertThat(result.models().stream().map(m -> m.name())).containsExactly(models);
  }

  private static Diagnostic only(Result result) {
    assertThat(result.diagnostics()).as(Render.text(result.diagnostics(), false)).hasSize(1);
    return result.diagnostics().getFirst();
  }

  @Test
  void filesCompiledTogether() {
    assertClean(check(USER, PARTS, BASE), "Net", "Lonely");
    assertClean(check("package a\nfn f(x: [...]) -> [...] = g(x)\nmodel M { fn h(x: [N]) -> _ = f(x) }",
        "package a\nfn g(x: [...]) -> [...] = x"), "M");
  }

  @Test
  void wholePackagesAndNewNames() {
    assertClean(check("package a\nimport parts\nimport parts.base.*\nmodel M { b = [Block(2), Dense(1)]\n fn f(x: [N, 3]) -> _ = b(x) }",
        PARTS, BASE), "M", "Lonely");
    assertClean(check("package a\nimport parts.Block as Part\nmodel M { b = Part(2)\n fn f(x: [N, 3]) -> _ = b(x) }", PARTS, BASE),
        "M", "Lonely");
  }

  @Test
  void foldersAndJars(@TempDir Path folder) throws IOException {
    Path models = Files.createDirectories(folder.resolve("dlm/parts"));
    Files.writeString(models.resolve("parts.dlm"), PARTS);
    Path jar = folder.resolve("base.jar");
    try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("parts/base/dense.dlm"));
      zip.write(BASE.getBytes(StandardCharsets.UTF_8));
    }
    Path user = Files.writeString(folder.resolve("user.dlm"), USER);
    Options options = Options.DEFAULT.withPath(List.of(folder.resolve("dlm"), jar));
    assertClean(Compiler.check(List.of(user), options), "Net");
    Path own = Files.writeString(models.resolve("own.dlm"), "package parts.more\nimport parts.{twice}\nmodel M { fn f(x: [N]) -> _ = twice(x) }");
    assertClean(Compiler.check(List.of(own), options), "M");
    Result missing = Compiler.check(List.of(user), Options.DEFAULT.withPath(List.of(jar)));
    assertThat(missing.diagnostics().stream().map(Diagnostic::code)).containsExactly(Code.E0701, Code.E0701);
    assertThat(Render.text(missing.diagnostics().getFirst(), false)).contains("--path");
  }

  @Test
  void aRecipeNamesAModelThatIsOnlyInAJar(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("zoo.jar");
    try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("zoo.dlm"));
      zip.write("""
          package far.zoo
          import far.parts.{Twice}
          model Net {
            net = Twice(2)
            spare = relu
            fn loss(x: [N, 3], y: [N, 2]) -> [] = net(x) |> mse(y)
          }
          model Other { fn f(x: [N]) -> [N] = x }
          """.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("parts.dlm"));
      zip.write("package far.parts\nlayer Twice(n: int) = [Linear(n), Linear(n)]\noptimizer Plain(lr: float = 0.1) "
          .concat("{ fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g }").getBytes(StandardCharsets.UTF_8));
    }
    Options options = Options.DEFAULT.withPath(List.of(jar));
    Path recipe = folder.resolve("net.train.dlm");
    Files.writeString(recipe, "package app\ntrain Mine for far.zoo.Net { optimizer = Plain(lr = 0.5) }");
    Result result = Compiler.compile(List.of(recipe), options);
    assertClean(result, "Net");
    assertThat(result.files().stream().map(GeneratedFile::relativePath))
        .containsExactly("far/zoo/Net.java", "far/parts/Plain.java", "app/Mine.java");
    assertClean(Compiler.check(List.of(recipe), options.withModels(Set.of("Net"))), "Net");
    // a file of the package itself sees what the jar has of it
    Files.writeString(recipe, "package far.zoo\ntrain Mine for Net { optimizer = SGD() }");
    assertClean(Compiler.check(List.of(recipe), options), "Net");
    Files.writeString(recipe, "package app\ntrain Mine for far.zoo.Nat { optimizer = SGD() }");
    assertThat(only(Compiler.check(List.of(recipe), options)).primary().text()).isEqualTo("did you mean `Net`?");
    Files.writeString(recipe, "package app\ntrain Mine for Net { optimizer = SGD() }");
    assertThat(Render.text(only(Compiler.check(List.of(recipe), options)), false)).contains("there is no model `Net`", "--path");
  }

  @Test
  void whatIsWrongInALibraryIsShownThere(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("bad.jar");
    try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("bad.dlm"));
      zip.write("package bad\nlayer Bad(out: int) = [Linear(out),, relu]".getBytes(StandardCharsets.UTF_8));
    }
    Path user = Files.writeString(folder.resolve("user.dlm"),
        "package a\nimport bad.{Bad}\nmodel M { b = Bad(2)\n fn f(x: [N, 3]) -> _ = b(x) }");
    Diagnostic problem = only(Compiler.check(List.of(user), Options.DEFAULT.withPath(List.of(jar))));
    assertThat(problem.primary().span().file().name()).endsWith("bad.jar!/bad.dlm");
    assertThat(problem.primary().span().line()).isEqualTo(2);
  }

  @Test
  void aPathThatIsNone(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("no.jar"), "no jar");
    for (Path path : List.of(text, folder.resolve("missing"))) {
      Path user = Files.writeString(folder.resolve("user.dlm"), "import dlm.nn.{Linear}\nmodel M { b = Linear(2)\n fn f(x: [N, 3]) -> _ = b(x) }");
      assertThat(only(Compiler.check(List.of(user), Options.DEFAULT.withPath(List.of(path)))).code()).isEqualTo(Code.E0109);
    }
  }

  @Test
  void circles() {
    Result result = check("package a\nimport b.{f}\nfn g(x: [...]) -> [...] = f(x)", "package b\nimport c.{h}\nfn f(x: [...]) -> [...] = h(x)",
        "package c\nimport a.{g}\nfn h(x: [...]) -> [...] = g(x)");
    Diagnostic problem = only(result);
    assertThat(problem.code()).isEqualTo(Code.E0702);
    assertThat(problem.primary().text()).isEqualTo("a → b → c → a");
  }

  @Test
  void ambiguity() {
    String one = "package one\nfn f(x: [...]) -> [...] = x";
    String two = "package two\nfn f(x: [...]) -> [...] = x + 1";
    assertThat(only(check("package a\nimport one\nimport two\nfn g(x: [...]) -> [...] = f(x)", one, two)).code()).isEqualTo(Code.E0703);
    assertThat(only(check("package a\nimport one.{f}\nimport two.{f}\nfn g(x: [...]) -> [...] = f(x)", one, two)).code())
        .isEqualTo(Code.E0703);
    assertClean(check("package a\nimport one.{f}\nimport two.f as k\nfn g(x: [...]) -> [...] = f(k(x))", one, two));
    assertClean(check("package a\nimport one\nimport two.{f}\nfn g(x: [...]) -> [...] = f(x)\nfn h(x: [...]) -> [...] = g(x)", two,
        "package one\nfn f(x: [...]) -> [...] = x\nfn h(x: [...]) -> [...] = x"));
  }

  @Test
  void ownDeclarations() {
    assertThat(only(check("package a\nimport b.{f}\nfn f(x: [...]) -> [...] = x", "package b\nfn f(x: [...]) -> [...] = x")).code())
        .isEqualTo(Code.E0202);
    assertThat(only(check("package a\nfn f(x: [...]) -> [...] = x", "package a\nfn f(x: [...]) -> [...] = x")).code())
        .isEqualTo(Code.E0202);
    // a name of the library may be declared anew; the file's own is meant
    assertClean(check("package a\nfn relu(x: [...]) -> [..., 1] = unsqueeze(x, -1)\nmodel M { fn f(x: [N]) -> [N, 1] = relu(x) }"), "M");
  }

  @Test
  void namesThatAreElsewhere() {
    Diagnostic problem = only(check("package a\nfn g(x: [...]) -> [...] = twice(x)", PARTS, BASE));
    assertThat(problem.code()).isEqualTo(Code.E0201);
    assertThat(Render.text(problem, false)).contains("package `parts` has it: import parts.twice");
    assertThat(Render.text(check("package a\nlayer L() = [Lonely()]", PARTS, BASE).diagnostics(), false))
        .contains("`Lonely` is a model");
  }

  @Test
  void aBrokenImportIsOneMistake() {
    Diagnostic problem = only(check("package a\nimport parts.{Block, twice as double}\nlayer L() = [Block(2), double]", PARTS, BASE));
    assertThat(problem.code()).isEqualTo(Code.E0101);
  }

  @Test
  void mistakesOfImports() {
    assertThat(only(check("package a\nimport parts.{Blok}", PARTS, BASE)).primary().text()).isEqualTo("did you mean `Block`?");
    assertThat(only(check("package a\nimport part.{Block}\nlayer L() = Linear(1)", PARTS, BASE)).primary().text())
        .isEqualTo("did you mean `parts`?");
    assertThat(only(check("package a\nimport parts as p\nfn f(x: [...]) -> [...] = twice(x)", PARTS, BASE)).code()).isEqualTo(Code.E0701);
    assertThat(only(check("package a\nimport parts.Block as block\nlayer L() = block(1)", PARTS, BASE)).code()).isEqualTo(Code.E0207);
    assertThat(only(check("package a\nimport parts.{twice}", PARTS, BASE)).code()).isEqualTo(Code.W0903);
    assertThat(only(check("package a\nimport parts", PARTS, BASE)).code()).isEqualTo(Code.W0903);
  }
}
