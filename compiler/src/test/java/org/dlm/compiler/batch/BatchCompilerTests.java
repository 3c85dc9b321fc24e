package org.dlm.compiler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler's process answers: which classes it made, and of which files. */
class BatchCompilerTests {
  private static final String NET = """
      package demo

      model Net {
        net = Linear(2)
        fn loss(x: [N, 3], y: [N, 2]) -> [] = net(x) |> mse(y)
      }
      """;

  @TempDir Path folder;

  /** Folders and jars with imported packages. */
  private List<Path> path = List.of();

  private Set<String> compile(List<String> optimizers, String... files) throws IOException {
    Properties request = new Properties();
    request.setProperty("output", folder.resolve("out").toString());
    for (int i = 0; i < files.length; i++) {
      request.setProperty("file." + i, folder.resolve(files[i]).toString());
    }
    for (int i = 0; i < optimizers.size(); i++) {
      request.setProperty("optimizer." + i, optimizers.get(i));
    }
    for (int i = 0; i < path.size(); i++) {
      request.setProperty("path." + i, path.get(i).toString());
    }
    try (Writer writer = Files.newBufferedWriter(folder.resolve("request"))) {
      request.store(writer, null);
    }
    BatchCompiler.main(new String[] {folder.resolve("request").toString(), folder.resolve("answer").toString()});
    Properties answer = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("answer"))) {
      answer.load(reader);
    }
    assertThat(answer.getProperty("diagnostic.0.text")).isNull();
    Set<String> made = new TreeSet<>();
    for (int i = 0; answer.containsKey("generated." + i + ".path"); i++) {
      String source = answer.getProperty("generated." + i + ".source");
      made.add(answer.getProperty("generated." + i + ".path") + " of "
          + (source.isEmpty() ? "the request" : folder.relativize(Path.of(source))));
    }
    return made;
  }

  @Test
  void anOptimizerOfTheLibraryIsMadeOfEveryRecipeThatUsesIt() throws IOException {
    Files.writeString(folder.resolve("net.dlm"), NET);
    Files.writeString(folder.resolve("a.train.dlm"), "package demo\n\ntrain Slow for Net { optimizer = Lion() rate = 1e-4 }\n");
    Files.writeString(folder.resolve("b.train.dlm"),
        "package demo\n\ntrain Fast for Net { optimizer = Lion(beta1 = 0.8) rate = cosine(1e-2) }\n");
    assertThat(compile(List.of(), "net.dlm", "a.train.dlm", "b.train.dlm")).containsExactlyInAnyOrder(
        "demo/Net.java of net.dlm", "demo/Slow.java of a.train.dlm", "demo/Fast.java of b.train.dlm",
        "dlm/optim/Lion.java of a.train.dlm", "dlm/optim/Lion.java of b.train.dlm");
    assertThat(compile(List.of("Lion"), "net.dlm", "a.train.dlm")).containsExactlyInAnyOrder("demo/Net.java of net.dlm",
        "demo/Slow.java of a.train.dlm", "dlm/optim/Lion.java of a.train.dlm", "dlm/optim/Lion.java of the request");
    assertThat(Files.readString(folder.resolve("out/demo/Fast.java"))).contains("extends Recipe", "set(\"beta1\", 0.8)");
  }

  @Test
  void aModelOfALibraryIsMadeOfTheRecipeThatNamesItUnlessItsClassIsThere() throws IOException {
    Path library = Files.createDirectories(folder.resolve("library/demo"));
    Files.writeString(library.resolve("net.dlm"), NET);
    Files.writeString(folder.resolve("far.train.dlm"), "package app\n\ntrain Far for demo.Net { optimizer = SGD() }\n");
    path = List.of(folder.resolve("library"));
    assertThat(compile(List.of(), "far.train.dlm")).containsExactlyInAnyOrder("app/Far.java of far.train.dlm",
        "demo/Net.java of far.train.dlm", "dlm/optim/SGD.java of far.train.dlm");
    Path jar = folder.resolve("library.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("models/net.dlm"));
      zip.write(NET.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("demo/Net.class"));
    }
    path = List.of(jar);
    assertThat(compile(List.of(), "far.train.dlm")).containsExactlyInAnyOrder("app/Far.java of far.train.dlm",
        "dlm/optim/SGD.java of far.train.dlm");
  }
}
