package org.dlm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Format;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlm new}: a Maven project with a model, its recipe and a program that uses them. */
@Command(name = "new", description = "Make a Maven project with a model, its recipe and a program that uses them.")
final class NewCommand extends BaseCommand {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  @Parameters(paramLabel = "FOLDER", description = "Where the project is made; its last name is that of the project.")
  private Path folder;

  @Option(names = "--package", paramLabel = "P", description = "The package (default: the project's name, letters and "
      + "digits only).")
  private String packageName;

  NewCommand(Console console) {
    super(console);
  }

  @Override
  void execute() throws IOException {
    String name = folder.toAbsolutePath().normalize().getFileName() == null ? ""
        : folder.toAbsolutePath().normalize().getFileName().toString();
    if (!NAME.matcher(name).matches()) {
      throw new InputProblem("`" + name + "` cannot be the name of a project",
          "A name is letters, digits, `-`, `_` and `.`, and begins with a letter.");
    }
    String inPackage = packageName == null ? name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") : packageName;
    requirePackage(inPackage);
    requireFree();
    Map<String, String> words = new LinkedHashMap<>();
    words.put("@name@", name);
    words.put("@package@", inPackage);
    words.put("@folder@", inPackage.replace('.', '/'));
    words.put("@dlm@", Version.number());
    String sources = "src/main/%s/" + words.get("@folder@") + "/";
    write("pom.xml", "pom.xml", words);
    write("digits.dlm", sources.formatted("dlm") + "digits.dlm", words);
    write("digits.train.dlm", sources.formatted("dlm") + "digits.train.dlm", words);
    write("Main.java", sources.formatted("java") + "Main.java", words);
    write("README.md", "README.md", words);
    write("gitignore", ".gitignore", words);
    console.out().println(folder + " is a project now; " + folder.resolve("README.md") + " says how it is built.");
  }

  private static void requirePackage(String name) {
    boolean reserved = Stream.of(name.split("\\.")).anyMatch(SourceVersion::isKeyword);
    if (!PACKAGE.matcher(name).matches() || reserved || !parses("package " + name + "\n")) {
      throw new InputProblem(
          "`" + name + "` cannot be a package: small letters and digits, and no word of Java or of DLM",
          "Give another one with --package, such as `--package models.digits`.");
    }
  }

  private static boolean parses(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Format.text(new SourceFile("package", text), diagnostics);
    return !diagnostics.hasErrors();
  }

  /** Nothing that is there is written over. */
  private void requireFree() throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputProblem(folder + " is a file", "Name a folder that is empty or does not exist yet.");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new InputProblem(folder + " is not empty", "Name a folder that is empty or does not exist yet.");
        }
      }
    }
  }

  private void write(String template, String file, Map<String, String> words) throws IOException {
    String text;
    try (InputStream in = NewCommand.class.getResourceAsStream("skeleton/" + template)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    Path target = folder.resolve(file);
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException e) {
      throw new InputProblem(target.getParent() + " cannot be made: " + e.getMessage(),
          "Name a folder that can be written to.", e);
    }
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, channel -> channel.write(ByteBuffer.wrap(content)));
  }
}
